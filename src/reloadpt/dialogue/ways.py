"""Every dialogue that a patient can begin from Today, once: the words of its key and of the line mode come from here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from reloadpt import wording
from reloadpt.care.rules import Evidence
from reloadpt.dialogue.asks import Head
from reloadpt.dialogue.at_hand import tell_at_hand
from reloadpt.dialogue.away import away, back_again, pauses_now
from reloadpt.dialogue.check_in import numbers_now
from reloadpt.dialogue.correct import correct
from reloadpt.dialogue.health import answer_screening, leaves_open
from reloadpt.dialogue.later import done_later, short_work, tick, write_note
from reloadpt.dialogue.needled import tell_needled
from reloadpt.dialogue.respondent import Respondent
from reloadpt.dialogue.share import share_report
from reloadpt.dialogue.signs import seen_and_may_go_on, signs, told_my_therapist


@dataclass(frozen=True)
class Way:
    """One dialogue: its word, its label and what it does, and whether there is anything to it now."""

    word: str
    label: str
    says: str
    begin: Callable[[Respondent, Head], Coroutine[Any, Any, None]]
    is_open: Callable[[Respondent], bool] = lambda _patient: True


def _evidence(patient: Respondent) -> tuple[Evidence, ...]:
    due = patient.today()
    return due.evidence if due else ()


WAYS = (
    Way("signs", "Something worries me", wording.WAY_SIGNS(), signs),
    Way("sore", "How it is now", wording.WAY_SORE(), numbers_now),
    Way(
        "tick",
        "Short work: how many times today",
        wording.WAY_TICK(),
        tick,
        lambda patient: bool(short_work(patient)),
    ),
    Way("done", "Done without the screen", wording.WAY_DONE(), done_later),
    Way("correct", "Correct an entry", wording.WAY_CORRECT(), correct),
    Way("note", "A note for my therapist", wording.WAY_NOTE(), write_note),
    Way("share", "Send my report", wording.WAY_SHARE(), share_report),
    Way("needled", "Needled again", wording.WAY_NEEDLED(), tell_needled),
    Way("away", "Away or ill", wording.WAY_AWAY(), away),
    Way("health", "Health questions", wording.WAY_HEALTH(), answer_screening, leaves_open),
    Way("at home", "What I have at home", wording.WAY_AT_HAND(), tell_at_hand),
    Way(
        "back again", "Back again", wording.WAY_BACK(), back_again, lambda patient: bool(pauses_now(patient))
    ),
    Way(
        "told",
        "I told my therapist",
        wording.WAY_TOLD(),
        told_my_therapist,
        lambda patient: bool(_evidence(patient)),
    ),
    Way(
        "spoke",
        "They said I may go on",
        wording.SPOKE(),
        seen_and_may_go_on,
        lambda patient: bool(_evidence(patient)),
    ),
)


def open_ways(patient: Respondent) -> tuple[Way, ...]:
    """The dialogues that there is something to now."""
    return tuple(way for way in WAYS if way.is_open(patient))
