"""The doses of the picked muscles by phase, each as the programme has it until it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.content import Content
from textual.widget import Widget

from reloadpt.program.exercise_words import PHASE_DAYS
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseOverride
from reloadpt.program.plan_words import overridden_dose
from reloadpt.program.programme import Dose, Exercise, Frequency
from reloadpt.tui.kit.actions import bindings
from reloadpt.tui.kit.plan_actions import DOSES_PAGE, LOWER, OMIT, ON, PAGE_BACK, RAISE, RESTORE, TURN_ON
from reloadpt.tui.plan.draft import OFTEN, PlanDraft, asks_first, target_exercises, with_change
from reloadpt.tui.plan.page import PlanPage, pointer
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.rows import Rows

COLUMNS = ("sets", "reps", "hold_s", "often")
WIDTHS = (6, 6, 7, 10)
MOST = {"sets": 10, "reps": 100, "hold_s": 300}
LONG_HOLD_S, HOLD_STEP_S = 10, 5
NAME_WIDTH = 32
EACH_SIDE = "each side"
PER = {"day": "a day", "week": "a week", "two_days": "in 2 days", "needling": "a needling"}


class DosesPage(PlanPage):
    """Shows what will be dealt and how much of it; one key accepts it all."""

    BINDINGS = bindings(*DOSES_PAGE)
    GOES_ROUND = False
    HEADING = "The doses to begin with"
    SAYS = (
        f"{'':<{NAME_WIDTH + 2}}"
        + "".join(f"{word:<{width}}" for word, width in zip(("sets", "reps", "hold", "often"), WIDTHS, strict=True))
    )  # fmt: skip

    def __init__(self, draft: PlanDraft, library: Library) -> None:
        super().__init__(draft)
        self._library = library
        self._exercises = list(target_exercises(draft, library))
        self._column = 0

    def parts(self) -> Iterator[Widget]:
        """A line for each exercise, under its muscle and phase."""
        yield Rows()

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(KeyLine).show(
            ON, (RAISE, "More"), (LOWER, "Less"), OMIT, TURN_ON, RESTORE, PAGE_BACK
        )  # fmt: skip
        self.renew()

    def _lines(self) -> Iterator[tuple[int | None, Content]]:
        """The lines, each with the number of its exercise, or None for a heading."""
        above: tuple[str, str] | None = None
        for number, (muscle, exercise) in enumerate(self._exercises):
            if (muscle, exercise.phase) != above:
                above = muscle, exercise.phase
                name = self._library.programme(muscle).short_name
                heading = f"{name}: {exercise.phase}, {PHASE_DAYS[exercise.phase]}"
                yield None, Content.styled(heading, "$quiet")
            yield number, self._line(exercise, number == self.cursor)

    def renew(self) -> None:
        """Show the lines as they are now."""
        lines = list(self._lines())
        at = next((row for row, (number, _) in enumerate(lines) if number == self.cursor), 0)
        self.query_one(Rows).show([line for _, line in lines], at)

    def _line(self, exercise: Exercise, current: bool) -> Content:  # noqa: FBT001
        change = self.draft.doses.get(exercise.id)
        dose = overridden_dose(exercise.dose, change)
        parts: list[Content | str | tuple[str, str]] = [
            pointer(current=current),
            Content(exercise.name).truncate(NAME_WIDTH - 1, ellipsis=True).truncate(NAME_WIDTH, pad=True),
        ]
        for at, (column, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            own = change is not None and getattr(change, column) is not None
            text = f"{_value(dose, column)}{'*' if own else ''}"
            style = "reverse" if current and at == self._column else "bold" if own else ""
            parts += [(text, style), " " * max(1, width - len(text))]
        state = _state(exercise, change, self.draft, self.key(TURN_ON))
        parts.append((state, "$quiet" if state == EACH_SIDE else "$warning"))
        return Content.assemble(*parts)

    @property
    def line_count(self) -> int:
        """One for each exercise."""
        return len(self._exercises)

    @property
    def _exercise(self) -> Exercise:
        return self._exercises[self.cursor][1]

    def action_left(self) -> None:
        """The column to the left."""
        self._column = max(0, self._column - 1)
        self.renew()

    def action_right(self) -> None:
        """The column to the right."""
        self._column = min(len(COLUMNS) - 1, self._column + 1)
        self.renew()

    def action_at(self, row: int) -> None:
        """A line was clicked."""
        number = list(self._lines())[row][0]
        if number is not None:
            self.cursor = number
            self.renew()

    def action_more(self) -> None:
        """More of what is marked."""
        self._step(1)

    def action_less(self) -> None:
        """Less of what is marked."""
        self._step(-1)

    def _step(self, by: int) -> None:
        exercise, column = self._exercise, COLUMNS[self._column]
        dose = overridden_dose(exercise.dose, self.draft.doses.get(exercise.id))
        if column == "often":
            self._set(often=_next_often(dose.often, by))
        elif column == "hold_s" and not dose.hold_s:
            self.complain("This one is paced by repetitions; it has no hold.")
        else:
            value: int = getattr(dose, column)
            step = HOLD_STEP_S if column == "hold_s" and value + by >= LONG_HOLD_S else 1
            self._set(**{column: max(1, min(value + by * step, MOST[column]))})

    def _set(self, **values: int | Frequency | None) -> None:
        self.draft = with_change(self.draft, self._exercise, **values)
        self.renew()

    def action_omit(self) -> None:
        """Leave this exercise out, or take it in again."""
        change = self.draft.doses.get(self._exercise.id)
        self.draft = with_change(self.draft, self._exercise, omit=not (change and change.omit))
        self.renew()

    def action_turn_on(self) -> None:
        """Deal what is dealt only where a plan says so, or leave it off again."""
        if not asks_first(self._exercise):
            self.complain("This one is dealt anyway.")
            return
        self.draft = replace(self.draft, turned_on=self.draft.turned_on ^ {self._exercise.id})
        self.renew()

    def action_restore(self) -> None:
        """As the programme has it."""
        doses = {
            exercise_id: change
            for exercise_id, change in self.draft.doses.items()
            if exercise_id != self._exercise.id
        }
        self.draft = replace(self.draft, doses=doses, turned_on=self.draft.turned_on - {self._exercise.id})
        self.renew()


def _value(dose: Dose, column: str) -> str:
    if column == "often":
        return f"{dose.often.times} {PER[dose.often.per]}"
    if column == "hold_s":
        return f"{dose.hold_s} s" if dose.hold_s else "–"
    return str(getattr(dose, column))


def _state(exercise: Exercise, change: DoseOverride | None, draft: PlanDraft, key: str) -> str:
    if change and change.omit:
        return "left out"
    if not asks_first(exercise):
        return EACH_SIDE if exercise.dose.per_side else ""
    return "turned on" if exercise.id in draft.turned_on else f"off ({key})"


def _next_often(often: Frequency, by: int) -> Frequency:
    """One step more often or less; what follows a needling stays so."""
    if often not in OFTEN:
        return often
    return OFTEN[max(0, min(OFTEN.index(often) + by, len(OFTEN) - 1))]
