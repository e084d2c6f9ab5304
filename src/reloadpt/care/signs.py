"""Warning signs as events: marked, taken back at the question itself, cleared; what is locked follows from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from reloadpt.care.safety import CLASSES, IT_HURTS, SignClass, SignLock, ends_by_itself
from reloadpt.clock import is_sound
from reloadpt.journal.events import Cleared, HowSeen

SignStanding = Literal["open", "cleared", "by_plan", "over", "withdrawn"]
BY_PLAN = "a new plan"
"""Who ended a lock that a therapist's plan ended."""


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A warning sign with a ``code``, marked at ``at`` by entry ``n``, and what became of it.

    ``advice`` is what was shown, ``words`` what was said with it, ``muscles`` those it is of (none: all).
    ``withdrawn``: it was taken back at the question itself and never locked. ``again``: it had been marked before.
    ``marked_at`` is when it was marked last while it was open. Its lock ended at ``ended_at``, by ``by``, who saw the
    patient ``how``, ``where`` and at ``seen_at``, as the log says it.
    """

    n: int
    at: datetime
    code: str
    advice: str = ""
    words: str = ""
    muscles: tuple[str, ...] = ()
    withdrawn: bool = False
    again: bool = False
    marked_at: datetime
    ended_at: datetime | None = None
    by: str = ""
    how: HowSeen | None = None
    where: str = ""
    seen_at: str = ""

    @property
    def sign_class(self) -> SignClass:
        """Its class; one that this version does not know counts as an emergency."""
        return CLASSES.get(self.code, "emergency")

    @property
    def is_open(self) -> bool:
        """Whether nobody has cleared it."""
        return not self.withdrawn and self.ended_at is None

    @property
    def standing(self) -> SignStanding:
        """What became of it: its lock is open, was cleared or ended by a plan, is over by itself; or it was withdrawn."""
        if self.withdrawn:
            return "withdrawn"
        if self.ended_at is None:
            return "over" if self.sign_class == "faint" else "open"
        return "by_plan" if self.by == BY_PLAN else "cleared"

    @property
    def locked_until(self) -> datetime | None:
        """When its lock ended, by a word or by itself; None while only a word can end it."""
        ends = [moment for moment in (self.ended_at, ends_by_itself(self.code, self.marked_at)) if moment]
        return min(ends, default=None)

    @property
    def by_phone_alone(self) -> bool:
        """Whether an emergency was cleared by somebody who did not look at the patient."""
        return self.sign_class == "emergency" and self.how == "by_phone"

    @property
    def checked_on(self) -> date | None:
        """The day on which an emergency was checked; no exercise on that day. None for every other sign."""
        if self.withdrawn or self.ended_at is None or self.sign_class != "emergency":
            return None
        try:
            seen = datetime.fromisoformat(self.seen_at)
        except ValueError:
            return self.ended_at.date()
        sound = is_sound(seen) and self.at.date() <= seen.date() <= self.ended_at.date()
        return seen.date() if sound else self.ended_at.date()


def raise_sign(signs: Sequence[Sign], sign: Sign) -> list[Sign]:
    """Take in a sign that was marked; one that is open already is marked again, and told once."""
    if sign.code == IT_HURTS:
        return list(signs)
    before = [other for other in signs if other.code == sign.code and not other.withdrawn]
    open_one = next((other for other in reversed(before) if _locks_at(other, sign.at)), None)
    if open_one is None:
        return [*signs, msgspec.structs.replace(sign, again=bool(before))]
    told_now = open_one.marked_at == sign.at
    merged = msgspec.structs.replace(
        open_one,
        n=sign.n if told_now and open_one.at == sign.at else open_one.n,
        marked_at=sign.at,
        advice=sign.advice or open_one.advice,
        words=sign.words or open_one.words,
        muscles=sign.muscles or open_one.muscles,
    )
    return [*(other for other in signs if other is not open_one), merged]


def clear_signs(signs: Sequence[Sign], at: datetime, cleared: Cleared) -> list[Sign]:
    """Take in that a sign was cleared: all that are open with its code."""
    ended = {
        "ended_at": at,
        "by": cleared.by,
        "how": cleared.how,
        "where": cleared.where,
        "seen_at": cleared.seen_at,
    }
    return [
        msgspec.structs.replace(sign, **ended) if sign.is_open and sign.code == cleared.code else sign
        for sign in signs
    ]


def end_by_plan(
    signs: Sequence[Sign],
    at: datetime,
    made_by: str | None,
    made_at: datetime | None,
    seen: Collection[str] | None,
) -> list[Sign]:
    """Take in that a plan came into force at ``at``.

    It ends a lock where a therapist made it after the sign was marked, and says that the sign was ``seen``. None is
    what a log of an older version says: there such a plan ended every lock.
    """
    if made_by is None or made_at is None:
        return list(signs)
    return [
        msgspec.structs.replace(sign, ended_at=at, by=BY_PLAN)
        if sign.is_open and sign.marked_at < made_at and (seen is None or sign.code in seen)
        else sign
        for sign in signs
    ]


def locks_of(signs: Sequence[Sign]) -> list[SignLock]:
    """The locks of the signs that nobody has cleared; a faint's ends by itself."""
    return [SignLock(code=sign.code, advice=sign.advice, at=sign.marked_at) for sign in signs if sign.is_open]


def _locks_at(sign: Sign, at: datetime) -> bool:
    ends = sign.locked_until
    return sign.is_open and (ends is None or at < ends)
