"""A figure that does its exercise over and over, at the pace of its dose."""

from __future__ import annotations

from textual.timer import Timer

from reloadpt.figure.mirror import mirrored
from reloadpt.figure.model import Figure
from reloadpt.program.programme import Exercise
from reloadpt.program.showing import shown_moment
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.figure_view import FigureView

FRAME_S = 1 / 12


class MovingFigure(FigureView):
    """A figure that does its exercise over and over, at the pace of its dose, while its screen is looked at."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's name)
        super().__init__(id=id)
        self._exercise: Exercise | None = None
        self._began = 0.0
        self._stopped_at: float | None = None
        self._timer: Timer | None = None

    @property
    def exercise(self) -> Exercise | None:
        """What it does."""
        return self._exercise

    @exercise.setter
    def exercise(self, exercise: Exercise | None) -> None:
        self._exercise = exercise
        self._began = self._now()
        self._stopped_at = None
        self.figure = Figure.model_validate(exercise.figure) if exercise and exercise.figure else None
        self.set_class(self.figure is None, "without")
        self.step()

    @property
    def stands(self) -> bool:
        """Whether it was told to stand still, or nothing may move here."""
        return self._stopped_at is not None or self.app.animation_level == "none"

    def on_mount(self) -> None:
        """Move by the clock; where nothing may move, show the end of the movement."""
        self._timer = self.set_interval(FRAME_S, self.step)

    def step(self) -> None:
        """Show where it is now."""
        if self._exercise is None or not self.screen.is_current:
            return
        if self.app.animation_level == "none":
            self.show(1.0)
        else:
            now = self._now() if self._stopped_at is None else self._stopped_at
            self.show(shown_moment(self._exercise.dose, now - self._began))

    def stop_or_go(self) -> None:
        """Stand still, or go on from there."""
        if self._stopped_at is None:
            self._stopped_at = self._now()
        else:
            self._began += self._now() - self._stopped_at
            self._stopped_at = None

    def turn(self) -> None:
        """Do it on the other side."""
        if self.figure is not None:
            self.figure = mirrored(self.figure)
            self.refresh()

    def _now(self) -> float:
        screen = self.screen
        assert isinstance(screen, PatientPage)  # noqa: S101
        return screen.record_app.ticks()
