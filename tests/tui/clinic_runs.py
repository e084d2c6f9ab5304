"""The therapist's app on a caseload of invented patients, run by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from pilots import Pilot
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import import_all
from reloadpt.demo.behaviours import FLARES, HURTS, STEADY, WARNS, Behaviour
from reloadpt.demo.complaints import LOW_BACK
from reloadpt.demo.life import Life
from reloadpt.files import Places
from reloadpt.program.library import Library
from reloadpt.tui.clinic.app import ClinicApp
from reloadpt.tui.widgets.key_line import KeyLine

NOW = datetime.fromisoformat("2026-11-26T18:00:00+01:00")
WHO: dict[str, Behaviour] = {"W-1": WARNS, "F-2": FLARES, "S-3": STEADY, "H-4": HURTS}


def write_reports(folder: Path, *aliases: str, weeks: int = 4) -> Path:
    """Bare logs of invented patients, each named by its alias."""
    folder.mkdir(parents=True, exist_ok=True)
    for alias in aliases or WHO:
        life = Life(Library(), LOW_BACK, WHO[alias], alias, alias, NOW, weeks)
        (folder / f"{alias}.jsonl").write_bytes(life.live())
    return folder


def home_of(folder: Path) -> Places:
    return Places(data=folder / "home", config=folder / "home")


def imported(folder: Path, reports: Path) -> Places:
    """A home whose caseload has these reports."""
    places = home_of(folder)
    kinds = {each.kind for each in import_all([reports], Caseload(places.caseload), None)}
    assert kinds == {"new"}
    return places


class Keys:
    """Presses keys, waits for what comes of them, and reads the screen."""

    def __init__(self, app: ClinicApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        names = {
            " ": "space",
            "/": "slash",
            "-": "minus",
            ".": "full_stop",
            "_": "underscore",
            ",": "comma",
            ":": "colon",
        }
        for sign in text:
            await self.pilot.press(names.get(sign, sign))
        await self.pilot.pause()

    @property
    def screen(self) -> str:
        return type(self.app.screen).__name__

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """The same on one line, without the bars beside notes."""
        return " ".join(self.text.replace("▌", " ").replace("█", " ").split())

    @property
    def notes(self) -> str:
        """What is said above the keys, on any of the screens."""
        lines = [line for screen in self.app.screen_stack for line in screen.query(KeyLine)]
        return " ".join(said for line in lines for said in line.said)

    async def until(self, held: Callable[[], object]) -> None:
        """Let the app work, and the threads behind it, until something holds."""
        import asyncio

        try:
            while not held():
                await asyncio.sleep(0.02)
                await self.pilot.pause()
        except BaseException as ended:
            ended.add_note(f"never came, on {self.screen}:\n{self.text}")
            raise
        await self.pilot.pause()

    async def until_screen(self, name: str) -> None:
        await self.until(lambda: self.screen == name and self.app.screen.is_mounted)


@asynccontextmanager
async def clinic(places: Places, out: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Keys]:
    """The app, everybody listed."""
    app = ClinicApp(places, out, wall=lambda: NOW)
    async with app.run_test(size=size, notifications=True) as pilot:
        keys = Keys(app, pilot)
        await keys.until(lambda: "patients" in keys.text)
        yield keys
