"""What is asked before a session beside the check-in: the short work of yesterday, and what is there to exercise with."""

from __future__ import annotations

from reloadpt.dialogue.asks import Head
from reloadpt.dialogue.at_hand import ask_when_needed
from reloadpt.dialogue.later import tick_yesterday
from reloadpt.dialogue.respondent import Respondent


async def before_session(patient: Respondent, head: Head) -> None:
    """Ask what is not known yet and has to be before a session; each may be left."""
    await tick_yesterday(patient, head)
    await ask_when_needed(patient, head)
