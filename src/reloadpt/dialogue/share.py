"""Share: make the one file for the therapist, and say where it lies, how to send it, and that nothing was sent."""

from __future__ import annotations

from functools import partial

from reloadpt import wording
from reloadpt.dialogue.asks import Ask, Choice, Head, Saying, go_through, options_of
from reloadpt.dialogue.respondent import Respondent
from reloadpt.share.sending import SharedReport, default_name, write_shared_report

LOCKED, OPEN = "locked", "open"


async def share_report(patient: Respondent, head: Head) -> None:
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


async def _share(patient: Respondent, ask: Ask) -> SharedReport:
    locked = LOCKED
    if patient.plan.share_key:
        options = options_of((LOCKED, wording.LOCKED_FILE()), (OPEN, wording.OPEN_FILE()))
        locked = await ask(Choice(wording.ASK_LOCKED(), options=options))
    at = patient.wall()
    out = patient.out_folder / default_name(patient.record.history.patient, at)
    log = patient.record.journal.path
    return write_shared_report(log, patient.library, at, out, None, sealed=locked == LOCKED)
