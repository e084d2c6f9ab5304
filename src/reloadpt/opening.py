"""Open the app in this terminal, or the line mode anywhere; or say what to do where there is no terminal.

Garbage is not collected before an app has drawn its first frame: what a start makes stays, and looking through it
again and again would take a tenth of the wait.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from reloadpt.files import places

BROWSER = "textual.drivers.web_driver:WebDriver"
"""What ``TEXTUAL_DRIVER`` says where the terminal is a page that ``reloadpt serve`` serves."""


def has_terminal() -> bool:
    """Whether there is a terminal to read from and to draw on; one that calls itself dumb can draw nothing."""
    return os.environ.get("TERM") != "dumb" and all(
        stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )


def own_command() -> tuple[str, ...]:
    """How this program starts itself: by its Python, or where it is packed in a folder, by the command in there."""
    if getattr(sys, "frozen", False):
        packed = Path(sys.executable)
        return (str(packed.with_name(f"reloadpt{packed.suffix}")),)
    return (sys.executable, "-m", "reloadpt")


def _need_terminal(otherwise: str) -> None:
    if not has_terminal():
        sys.stderr.write(f"{otherwise}\n")
        sys.exit(2)


def open_app(given: Path | None = None) -> None:
    """Open the app on Today; without a terminal or a browser say what to do instead, and exit with 2.

    A plan file that is ``given`` is asked about first.
    """
    in_browser = os.environ.get("TEXTUAL_DRIVER") == BROWSER
    if not in_browser:
        _need_terminal(
            "The app needs a terminal. `reloadpt --plain` works line by line without one, "
            "`reloadpt today` says what is due."
        )
    gc.disable()
    from reloadpt.tui.patient.app import ReloadApp

    app = ReloadApp(places(), leave_when_alone=in_browser, given=given)
    app.run()
    sys.exit(app.return_code or 0)


def open_clinic() -> None:
    """Open the therapist's app; without a terminal say what to do instead, and exit with 2."""
    _need_terminal(
        "The therapist's app needs a terminal. `reloadpt clinic list` shows everybody without one, "
        "`reloadpt clinic import` takes reports in."
    )
    gc.disable()
    from reloadpt.tui.clinic.app import ClinicApp

    app = ClinicApp(places(), Path.cwd())
    app.run()
    sys.exit(app.return_code or 0)


def open_plain(*, self_paced: bool = False, aloud: bool = False, given: Path | None = None) -> None:
    """Open the line mode on Today; it ends, with 0, where the input does.

    With ``aloud`` the cues are spoken as well, and the tones sound where they are not turned off.
    """
    from reloadpt.plain.line_mode import LineMode
    from reloadpt.plain.lines import standard_lines
    from reloadpt.plain.talk import Talk

    def write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def ring() -> None:
        if sys.__stdout__:
            sys.__stdout__.write("\a")
            sys.__stdout__.flush()

    talk = Talk(standard_lines(), write)
    if not aloud:
        LineMode(places(), talk, self_paced=self_paced, given=given).run()
        return
    from msgspec.structs import replace

    from reloadpt.plain.session import SpokenOutput
    from reloadpt.settings import read_settings
    from reloadpt.voice.voice import Voice

    settings, problems = read_settings(places().settings)
    talk.say(*problems)
    voice = Voice(ring if sys.stdout.isatty() else None)
    spoken = SpokenOutput(voice, replace(settings, speech=True))
    try:
        LineMode(places(), talk, self_paced=self_paced, aloud=spoken, given=given).run()
    finally:
        voice.close()
