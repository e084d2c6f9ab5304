"""The pages that make a plan, run on real folders with keys alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from textual.widgets import Input

from pilots import Pilot
from reloadpt.files import Places
from reloadpt.tui.plan.app import PlanApp

AT = datetime.fromisoformat("2026-11-20T09:30:00+01:00")
NAMED_KEYS = {" ": "space", "-": "minus", "+": "plus", "=": "equals_sign", "\n": "enter"}


class Keys:
    """Presses keys and counts them."""

    def __init__(self, app: PlanApp, pilot: Pilot[tuple[Path, ...]]) -> None:
        self.app = app
        self.pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            await self.pilot.press(key)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*(NAMED_KEYS.get(sign, sign) for sign in text))

    @property
    def page(self) -> str:
        return type(self.app.screen).__name__

    async def until_page(self, *names: str) -> None:
        try:
            while not (self.page in names and self.app.screen.is_mounted):
                await self.pilot.pause()
        except BaseException as ended:
            ended.add_note(f"never came to {names}, on {self.page}: {self.text}")
            raise
        await self.pilot.pause()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@asynccontextmanager
async def making(folder: Path, size: tuple[int, int] = (80, 24), at: datetime = AT) -> AsyncIterator[Keys]:
    """The pages, open on the first; plans go to ``folder / "plans"``."""
    home, plans = folder / "home", folder / "plans"
    plans.mkdir(exist_ok=True)
    app = PlanApp(Places(data=home, config=home), plans, wall=lambda: at)
    async with app.run_test(size=size, notifications=True) as pilot:
        keys = Keys(app, pilot)
        await keys.until_page("FormPage")
        yield keys


def plans_in(folder: Path) -> list[str]:
    return sorted(path.name for path in _files(folder / "plans"))


def _files(folder: Path) -> Iterable[Path]:
    return folder.iterdir() if folder.exists() else ()


async def to_doses(keys: Keys) -> None:
    """The low back example as far as the doses."""
    await keys.type("A-17\n")
    await keys.until_page("MusclesPage")
    await keys.type("lum\nmul\n\n")
    await keys.until_page("TargetsPage")
    await keys.press("down", "e", "enter")
    await keys.until_page("ScreeningPage")
    for _page in ("the needle", "the exercises", "the wider list"):
        await keys.press("n")
    await keys.until_page("DosesPage")


def numbers(keys: Keys) -> None:
    """Type whom to call where nothing stands: no clinic's number, and an emergency number."""
    inputs = list(keys.app.screen.query(Input))
    for line, number in ((1, "none"), (3, "112")):
        inputs[line].value = inputs[line].value or number
