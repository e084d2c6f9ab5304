"""``python packaging/pictures.py OUT``: the pictures in the README, made from the real program on invented data.

Writes ``session.gif``, in which a session moves, and ``today.png``, ``caseload.png``, ``report.png`` and
``handout.png``. The app's clock is turned by hand. Needs the extras ``test`` and ``pictures``, Chromium, and the font
DejaVu Sans Mono.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from textual.app import App
from textual.pilot import Pilot

from reloadpt.clock import now
from reloadpt.demo import homes
from reloadpt.files import Places
from reloadpt.tui.clinic.app import ClinicApp
from reloadpt.tui.patient.app import ReloadApp

SMALL, LARGE = (80, 24), (120, 40)
FRAME_S = 0.25
MOST_FRAMES = 84
LONG_MS, SHORT_MS = 1600, 250
COLOURS = 16
MOST_SCREENS = 12
ANSWERS = {"SheetScreen": ("2", "space"), "SignsScreen": ("n",), "SeveralScreen": ("space", "enter")}
"""What is pressed on a screen before the session; on any other Space."""
PAPER = (794, 1000)
"""A page of A4 in pixels, cut at its foot."""
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Clock:
    """A time of day and seconds that pass when they are told to."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.seconds = 0.0

    def wall(self) -> datetime:
        """The time of day."""
        return self.at

    def ticks(self) -> float:
        """The seconds that passed."""
        return self.seconds

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds


async def settled(pilot: Pilot[Any]) -> str:
    """What the app shows once it has nothing left to do, as SVG."""
    await pilot.pause()
    await pilot.pause()
    return pilot.app.export_screenshot()


async def session(places: Places) -> list[tuple[str, int]]:
    """From Today through the check-in into the first sets: each picture, and how long it stands in ms."""
    clock = Clock(now())
    app = ReloadApp(places, wall=clock.wall, ticks=clock.ticks)
    frames: list[tuple[str, int]] = []
    async with app.run_test(size=SMALL) as pilot:
        frames.append((await settled(pilot), LONG_MS))
        for _ in range(MOST_SCREENS):
            screen = type(app.screen).__name__
            if screen == "SessionScreen":
                break
            clock.turn(1.5)
            for key in ANSWERS.get(screen, ("space",)):
                await pilot.press(key)
                frames.append((await settled(pilot), LONG_MS // 2))
        frames.append((await settled(pilot), LONG_MS))
        await pilot.press("space")
        clock.turn(1)
        await pilot.press("d")
        while len(frames) < MOST_FRAMES:
            clock.turn(FRAME_S)
            frames.append((await settled(pilot), SHORT_MS))
    return frames


async def still(app: App[Any], size: tuple[int, int]) -> str:
    """The first screen of an app."""
    async with app.run_test(size=size) as pilot:
        return await settled(pilot)


def picture(page: Page, svg: str) -> Image.Image:
    """An SVG of the app as a picture, in a font of this machine."""
    plain = re.sub(r"@font-face\s*{[^}]*}", "", svg).replace("Fira Code", "DejaVu Sans Mono")
    page.set_content(f"<style>body{{margin:0}} svg{{width:100vw}}</style>{plain}")
    return Image.open(io.BytesIO(page.locator("svg").first.screenshot()))


@contextmanager
def browser() -> Iterator[Page]:
    """A page of Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started.new_page(viewport={"width": 720, "height": 540})
        started.close()


def draw(out: Path, pages: Path) -> None:
    """Make all pictures; ``pages`` is a folder for what is thrown away."""
    out.mkdir(parents=True, exist_ok=True)
    with homes.invented_home() as places:
        homes.fill_for_patient(places, now())
        clock = Clock(now())
        today = asyncio.run(still(ReloadApp(places, wall=clock.wall, ticks=clock.ticks), LARGE))
        for name, command in (("report", "share"), ("handout", "handout")):
            subprocess.run(
                [sys.executable, "-m", "reloadpt", command, "-o", str(places.data / f"{name}.html")],
                env={**os.environ, "RELOADPT_HOME": str(places.data)},
                check=True,
                capture_output=True,
            )
        for name in ("report", "handout"):
            shutil.copy(places.data / f"{name}.html", pages)
        frames = asyncio.run(session(places))
    with homes.invented_home() as places:
        for _ in homes.fill_for_clinic(places, now()):
            pass
        caseload = asyncio.run(still(ClinicApp(places, places.data), LARGE))
    with browser() as page:
        save(picture(page, today), out / "today.png")
        save(picture(page, caseload), out / "caseload.png")
        moving = [
            picture(page, svg).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
            for svg, _ in frames
        ]
        moving[0].save(
            out / "session.gif",
            save_all=True,
            append_images=moving[1:],
            duration=[ms for _, ms in frames],
            loop=0,
            optimize=True,
        )
        page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
        for name in ("report", "handout"):
            page.goto((pages / f"{name}.html").as_uri())
            save(Image.open(io.BytesIO(page.screenshot())), out / f"{name}.png")


def save(drawn: Image.Image, file: Path) -> None:
    """Write a still picture, small."""
    drawn.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(file, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        draw(Path(sys.argv[1]), Path(folder))
    print(f"{sum(file.stat().st_size for file in Path(sys.argv[1]).iterdir()) / 1e3:.0f} kB in all")
