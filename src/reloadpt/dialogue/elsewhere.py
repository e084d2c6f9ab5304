"""While the journal is out of reach: an offer to write on in another place, before anything is called saved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from reloadpt import wording
from reloadpt.dialogue.asks import BACK, Choice, Head, Question, options_of
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble
from reloadpt.journal.elsewhere import place_elsewhere
from reloadpt.journal.events import AnyEvent
from reloadpt.journal.journal import NotSaved, OutOfReach

Result = TypeVar("Result")
Asker: TypeAlias = Callable[[Question[Any]], Awaitable[Any]]
"""What asks one question: the ``Ask`` of a dialogue, or a head."""
ELSEWHERE, AGAIN, LEAVE = "elsewhere", "again", "leave"


def of_head(head: Head) -> Asker:
    """A head as what asks one question outside of a dialogue."""
    return lambda question: head.ask(question, None)


async def within_reach(patient: Respondent, ask: Asker, act: Callable[[], Result]) -> Result:
    """Do what writes; where the journal is out of reach offer to write on elsewhere, and do it then.

    Raises ``NotSaved`` where that is not wanted, or cannot be.
    """
    while True:
        try:
            return act()
        except OutOfReach as trouble:
            options = options_of(
                (ELSEWHERE, wording.ELSEWHERE_YES(folder=place_elsewhere())),
                (AGAIN, wording.ELSEWHERE_AGAIN()),
                (LEAVE, wording.ELSEWHERE_NO()),
            )
            says = (str(trouble), wording.ELSEWHERE_LATER())
            chosen = await ask(Choice(wording.ASK_ELSEWHERE(), says, options))
            if chosen in (LEAVE, BACK):
                raise NotSaved(str(trouble)) from trouble
            if chosen == ELSEWHERE:
                _write_elsewhere(patient)


def _write_elsewhere(patient: Respondent) -> None:
    try:
        patient.record.write_elsewhere(patient.wall())
    except Trouble as trouble:
        raise NotSaved(wording.NOT_THERE_EITHER(why=trouble)) from trouble


async def write_down(patient: Respondent, ask: Asker, *events: AnyEvent) -> None:
    """Append events to the journal, together; raises as ``within_reach`` does."""
    await within_reach(patient, ask, lambda: patient.write(*events))


async def write_signs(patient: Respondent, ask: Asker, events: Sequence[AnyEvent], *, locks: bool) -> None:
    """Append what was said of warning signs; one that ``locks`` does so at once, saved or not.

    Whoever shows whom to call then asks with ``write_down`` where it shall be written.
    """
    if not locks:
        await write_down(patient, ask, *events)
        return
    try:
        patient.write(*events)
    except NotSaved:
        patient.record.hold(events, patient.wall())
