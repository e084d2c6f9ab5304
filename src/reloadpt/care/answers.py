"""What a patient answered, as the entries that it makes: the same on a screen and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from reloadpt import wording
from reloadpt.care.questions import CheckInQuestions
from reloadpt.care.safety import advice_for, gravest
from reloadpt.journal.events import (
    ActivityRated,
    AnyEvent,
    CheckedIn,
    Cleared,
    FlagRaised,
    MissedExplained,
    SkipReason,
    Soreness,
)
from reloadpt.program.plan import Contact

PAIN_ENDS, ABLE_ENDS, SORE_ENDS = (
    (least(), most()) for least, most in (wording.PAIN_ENDS, wording.ABLE_ENDS, wording.SORE_ENDS)
)
REASONS: tuple[SkipReason, ...] = get_args(SkipReason)
SKIP_REASONS = tuple((reason, wording.SKIP_REASONS[reason]()) for reason in REASONS)


@dataclass(frozen=True)
class NumberQuestion:
    """One number to ask, 0-10: its ``key`` among the scores, what its ends mean, and what was said last.

    Nothing waits for an ``optional`` one.
    """

    key: str
    question: str
    ends: tuple[str, str]
    last: int | None = None
    optional: bool = False


def numbers_asked(ask: CheckInQuestions) -> tuple[NumberQuestion, ...]:
    """The numbers of a check-in, in the order they are asked."""
    numbers = [NumberQuestion("pain", wording.ASK_PAIN(), PAIN_ENDS, ask.last_pain)]
    if ask.worst:
        numbers.append(NumberQuestion("worst", wording.ASK_WORST(), PAIN_ENDS, optional=True))
    for number, site in enumerate(ask.soreness):
        told = site.name if site.side == "both" else f"{site.name}, {site.side}"
        question = wording.ASK_SORENESS(muscle=told)
        numbers.append(NumberQuestion(f"soreness {number}", question, SORE_ENDS, site.last))
    for number, activity in enumerate(ask.activities):
        question = wording.ASK_ACTIVITY(activity=activity)
        numbers.append(NumberQuestion(f"activity {number}", question, ABLE_ENDS))
    return tuple(numbers)


def check_in_entries(
    ask: CheckInQuestions,
    scores: Mapping[str, int | None],
    barrier: str | None,
    marked: Sequence[str],
    contact: Contact,
    zone: str | None,
) -> list[AnyEvent]:
    """The entries of a check-in, to be written together.

    ``scores`` are by the keys of ``numbers_asked``, None where left out; ``barrier`` is what stood in the way
    of missed days; ``marked`` are the signs answered yes, the gravest of which locks.
    """
    soreness = [
        Soreness(muscle=site.muscle, side=site.side, score=score)
        for number, site in enumerate(ask.soreness)
        if (score := scores[f"soreness {number}"]) is not None
    ]
    check_in = CheckedIn(
        when=ask.when,
        pain=scores["pain"],
        worst=scores.get("worst"),
        soreness=tuple(soreness),
        asked=ask.signs,
        flags=tuple(marked),
        same=scores["pain"] is not None and scores["pain"] == ask.last_pain,
        zone=zone,
    )
    rated = [
        ActivityRated(activity=activity, score=score)
        for number, activity in enumerate(ask.activities)
        if (score := scores[f"activity {number}"]) is not None
    ]
    days = (ask.missed or ()) if barrier is not None else ()
    missed = [MissedExplained(day=day.isoformat(), barrier=barrier or "") for day in days]
    flag = flag_of(marked, contact)
    return [check_in, *rated, *missed, *([flag] if flag else [])]


def signs_answered(codes: Sequence[str], marked: Sequence[str]) -> CheckedIn:
    """The entry of signs asked by themselves: what was asked is kept, not only the yes."""
    return CheckedIn(when="other", asked=tuple(codes), flags=tuple(marked))


def flag_of(marked: Sequence[str], contact: Contact) -> FlagRaised | None:
    """The entry that locks, for the gravest of the signs answered yes; None where there is none."""
    code = gravest(marked)
    return FlagRaised(code=code, advice=advice_for(code, contact)) if code else None


def clearing_entry(code: str, by: str, at: datetime) -> Cleared:
    """The entry that ends the lock of ``code``: seen by whom, and when."""
    return Cleared(code=code, by=by, seen_at=at.isoformat())
