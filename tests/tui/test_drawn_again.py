"""Of a moving figure and a pace only what changed is drawn again: the screen must be the one drawn whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from pilots import Pilot
from reloadpt.figure.model import Figure
from reloadpt.program.library import Library
from reloadpt.tui.kit.themes import THEMES
from reloadpt.tui.widgets.bar import Bar
from reloadpt.tui.widgets.figure_view import FigureView
from reloadpt.tui.widgets.pace import Pace, PacePart


class Drawing(App[None]):
    """A figure, a pace and a bar, and nothing else."""

    CSS = "Bar { color: $primary; }"

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        yield FigureView()
        yield Pace()
        yield Bar()


def figure() -> Figure:
    exercise = Library().exercise("multifidus/bird-dog")
    return Figure.model_validate(exercise.figure)


def parts(now: int, passed: float) -> tuple[PacePart, ...]:
    return tuple(
        PacePart(name, 2, float(n < now) if n != now else passed, now=n == now)
        for n, name in enumerate(("Out", "Hold", "Return"))
    )


@asynccontextmanager
async def drawing() -> AsyncIterator[tuple[Drawing, Pilot[None]]]:
    app = Drawing()
    async with app.run_test(size=(60, 24)) as pilot:
        app.query_one(FigureView).figure = figure()
        yield app, pilot


def shown(app: Drawing) -> list[Strip]:
    """What stands on the screen, line by line, as it was drawn piece by piece."""
    return [strip.simplify() for strip in app.screen._compositor.render_strips()]


def waits(widget: Widget) -> bool:
    """Whether it is going to be drawn again."""
    return widget._repaint_required


async def test_what_was_drawn_piece_by_piece_is_what_is_drawn_whole() -> None:
    async with drawing() as (app, pilot):
        seen = set()
        for step in range(1, 12):
            app.query_one(FigureView).show(step / 11)
            app.query_one(Pace).parts = parts(step // 4, step % 4 / 4)
            app.query_one(Bar).fraction = step / 11
            await pilot.pause()
            piecewise = shown(app)
            app.screen.refresh()
            for widget in app.query("*"):
                widget.refresh()
            await pilot.pause()
            assert piecewise == shown(app)
            seen.add("\n".join(strip.text for strip in piecewise))
        assert len(seen) == 11


async def test_a_moment_that_looks_the_same_draws_nothing() -> None:
    async with drawing() as (app, pilot):
        await pilot.pause()
        view = app.query_one(FigureView)
        view.moment = view.moment
        app.query_one(Bar).fraction = 0.0001
        assert not waits(view)
        assert not waits(app.query_one(Bar))
        view.show(1)
        app.query_one(Bar).fraction = 0.5
        assert waits(view)
        assert waits(app.query_one(Bar))


@pytest.mark.parametrize("name", [theme.name for theme in THEMES[1:]])
async def test_another_theme_colours_what_was_drawn_before(name: str) -> None:
    async with drawing() as (app, pilot):
        app.query_one(Pace).parts = parts(0, 0.5)
        await pilot.pause()
        before = shown(app)
        app.theme = name
        await pilot.pause()
        after = shown(app)
        assert all(one != other for one, other in zip(before, after, strict=True) if one.text.strip())
