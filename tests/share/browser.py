"""A real browser, without a window, to look at a page as a person's browser would."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

NO_ORIGIN = "not an origin"


@dataclass(frozen=True)
class Seen:
    """What the browser made of a page: its final DOM, what it complained of, and what it asked the network for."""

    dom: str
    console: tuple[str, ...]
    requests: tuple[str, ...]

    @property
    def title(self) -> str:
        return str(re.findall(r"<title>(.*?)</title>", self.dom, re.DOTALL)[0])


def look(page: Path) -> Seen:
    """Open ``page`` from disk and wait until it is quiet."""
    assert CHROMIUM
    folder = page.parent / f"{page.stem}-browser"
    netlog = folder / "net.json"
    folder.mkdir()
    run = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--enable-logging=stderr", "--virtual-time-budget=3000", f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={netlog}", "--dump-dom", page.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    console = tuple(line for line in run.stderr.splitlines() if "CONSOLE" in line)
    asked = (event.get("params", {}) for event in json.loads(netlog.read_text())["events"])
    # what the browser wants for itself has no origin; what a page wants has one, be it "null"
    pages = {
        str(each["url"]) for each in asked if "url" in each and each.get("initiator", NO_ORIGIN) != NO_ORIGIN
    }
    outside = tuple(sorted(url for url in pages if not url.startswith(("file:", "data:"))))
    return Seen(run.stdout, console, outside)


def widest_at(page: Path, width: int) -> int:
    """How wide the widest thing of a page reaches, in CSS pixels, in a window ``width`` wide."""
    assert CHROMIUM
    folder = page.parent / f"{page.stem}-{width}"
    folder.mkdir()
    frame = folder / "frame.html"
    frame.write_text(
        f"<iframe src='{page.as_uri()}' style='border:0;width:{width}px;height:900px'></iframe><script>"
        "onload=()=>{const page=frames[0].document;document.title=Math.max(page.documentElement.scrollWidth,"
        "...[...page.querySelectorAll('td,th,p,li,h1,h2,h3,dd,dt')].map(part=>Math.ceil(part.getBoundingClientRect().right)))}"
        "</script>"
    )
    run = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--virtual-time-budget=3000",
            "--allow-file-access-from-files", f"--user-data-dir={folder / 'profile'}", "--dump-dom", frame.as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip
    return int(re.findall(r"<title>(\d+)</title>", run.stdout)[0])
