"""What a patient answered, as the entries that it makes: the same on a screen and line by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from reloadpt import wording
from reloadpt.care.questions import CheckInQuestions
from reloadpt.care.safety import GRAVER, advice_for
from reloadpt.journal.events import (
    ActivityRated,
    AnyEvent,
    CheckedIn,
    Cleared,
    FlagRaised,
    FlagWithdrawn,
    HowSeen,
    MissedExplained,
    SignForm,
    SkipReason,
    Soreness,
    Worried,
)
from reloadpt.program.plan import Plan

PAIN_ENDS, ABLE_ENDS, SORE_ENDS = (
    (least(), most()) for least, most in (wording.PAIN_ENDS, wording.ABLE_ENDS, wording.SORE_ENDS)
)
REASONS: tuple[SkipReason, ...] = get_args(SkipReason)
SKIP_REASONS = tuple((reason, wording.SKIP_REASONS[reason]()) for reason in REASONS)


@dataclass(frozen=True)
class SignAnswers:
    """What was answered to the signs ``asked`` in a ``form``: those ``marked`` for good, and what else worries.

    ``withdrawn`` was marked and then taken back at the question back. ``beside`` is what came with sudden pain.
    ``worry`` are the words of whom something else worries, None where nothing does.
    """

    asked: tuple[str, ...]
    form: SignForm | None = None
    marked: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    worry: str | None = None

    @property
    def raised(self) -> tuple[str, ...]:
        """The signs that are raised: with something beside it a sign is a graver one."""
        return tuple(dict.fromkeys(GRAVER.get(code, code) if self.beside else code for code in self.marked))


NO_SIGNS = SignAnswers(())


def check_in_keys(ask: CheckInQuestions) -> tuple[str, ...]:
    """What the numbers of a check-in are called among its scores, in the order they are asked."""
    return (
        "pain",
        *(("worst",) if ask.worst else ()),
        *(f"soreness {number}" for number in range(len(ask.soreness))),
        *(f"activity {number}" for number in range(len(ask.activities))),
    )


def check_in_entries(
    ask: CheckInQuestions,
    scores: Mapping[str, int | None],
    barrier: str | None,
    signs: SignAnswers,
    plan: Plan,
    zone: str | None,
    muscles: Mapping[str, Collection[str]],
) -> list[AnyEvent]:
    """The entries of a check-in, to be written together.

    ``scores`` are by the keys of ``check_in_keys``, None where left out; ``barrier`` is what stood in the way
    of missed days; ``muscles`` are by code those that a sign is of.
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
        form=signs.form,
        flags=signs.raised,
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
    return [check_in, *rated, *missed, *sign_entries(signs, plan, muscles)]


def signs_asked(signs: SignAnswers) -> CheckedIn:
    """The entry of signs asked by themselves: what was asked is kept, not only the yes."""
    return CheckedIn(when="other", asked=signs.asked, form=signs.form, flags=signs.raised)


def sign_entries(signs: SignAnswers, plan: Plan, muscles: Mapping[str, Collection[str]]) -> list[AnyEvent]:
    """The entries of what was marked: each sign that locks, each that was taken back, and another worry.

    ``muscles`` are by code those that a sign is of; all where it says none.
    """
    found: list[AnyEvent] = [
        flag_of(code, plan, signs.beside, tuple(muscles.get(code, ()))) for code in signs.raised
    ]
    found += [FlagWithdrawn(code=code) for code in signs.withdrawn]
    return [*found, Worried(words=signs.worry)] if signs.worry is not None else found


def flag_of(code: str, plan: Plan, beside: Collection[str] = (), muscles: tuple[str, ...] = ()) -> FlagRaised:
    """The entry that locks for a sign that was marked."""
    words = ", ".join(wording.BESIDE[word]() for word in beside if code in GRAVER.values())
    return FlagRaised(code=code, advice=advice_for(code, plan, beside), words=words, muscles=muscles)


def clearing_entry(code: str, by: str, seen_at: datetime, how: HowSeen, where: str = "") -> Cleared:
    """The entry that ends the lock of ``code``: seen by whom, how and where, and when."""
    return Cleared(code=code, by=by, seen_at=seen_at.isoformat(timespec="seconds"), how=how, where=where)
