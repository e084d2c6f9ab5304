"""Share: make the one file for the therapist, and say where it lies, how to send it, and that nothing was sent."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from reloadpt import wording
from reloadpt.dialogue.asks import Ask, Choice, Head, Saying, go_through, options_of
from reloadpt.dialogue.patient import Patient
from reloadpt.measures.meant import Programmes
from reloadpt.share.sending import SharedReport, default_name, write_shared_report

LOCKED, OPEN = "locked", "open"


async def share(patient: Patient, head: Head) -> None:
    """Ask whether it shall be locked, where the clinic can open that; make the file, and show what to do with it."""
    shared = await go_through(head, partial(_share, patient))
    if shared is None:
        return
    sealed = wording.SEALED_TO(key=shared.to) if shared.to else wording.NOT_SEALED()
    says = (str(shared.path), sealed, wording.HOW_TO_SEND(), wording.NOTHING_SENT())
    question = wording.REPORT_READY()
    show = patient.open_folder
    if show is None:
        await head.ask(Saying(question, says), None)
    elif (
        await head.ask(
            Choice(question, says, options_of(("folder", "Show it in its folder"), ("back", "Back"))), None
        )
        == "folder"
    ):
        show(shared.path.parent)


async def _share(patient: Patient, ask: Ask) -> SharedReport:
    locked = LOCKED
    if patient.plan.share_key:
        options = options_of((LOCKED, wording.LOCKED_FILE()), (OPEN, wording.OPEN_FILE()))
        locked = await ask(Choice(wording.ASK_LOCKED(), options=options))
    at = patient.wall()
    out = patient.out_folder / default_name(patient.record.history.patient, at)
    log = patient.record.journal.path
    return write_shared_report(log, Programmes(patient.library), at, out, None, sealed=locked == LOCKED)


def folder_opener() -> str | None:
    """The program that shows a folder on this machine; None where there is no desktop to show it on."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("TEXTUAL_DRIVER"):
        return None
    if sys.platform == "darwin":
        return "open"
    if os.name == "nt":
        return "explorer"
    return "xdg-open" if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else None


def open_folder(program: str, folder: Path) -> None:
    """Show a folder; where that fails nothing is lost, as its name is on the screen."""
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen([program, str(folder)], stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: S603  (a fixed program)
    except OSError:
        return
