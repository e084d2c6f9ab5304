"""Warning signs: which to ask about after a needling, what a yes means, and what stays locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Literal

import msgspec

from reloadpt import wording
from reloadpt.files import clean
from reloadpt.program.plan import Contact, Plan

SignClass = Literal["emergency", "same_day", "faint"]

CLASSES: dict[str, SignClass] = {
    "ST": "emergency", "SN": "emergency", "SL": "emergency", "SV": "emergency",
    "SI": "same_day", "SA": "same_day", "SG": "same_day", "SP": "same_day", "SJ": "same_day", "SB": "same_day",
    "SF": "faint",
}  # fmt: skip
"""The class of each sign, gravest first; S0 is of an exercise and is no sign of this list."""

IT_HURTS = "S0"
"""The exercise stops; nothing is locked."""
SPOKE = "spoke"
"""The code of a ``cleared`` entry that says: my therapist knows, and I may go on. It ends what stopped for
pain or a long time away; the lock of a sign ends only with the sign's own code."""

SAME_DAY = "SI"
"""The sign whose advice names the numbers to call, where nothing is left to ask about."""
EVERYWHERE = ("SI", "SB", "SF")
"""Asked whatever the muscle."""

WINDOWS = {
    "ST": timedelta(days=7), "SN": timedelta(hours=72), "SI": timedelta(days=14), "SB": timedelta(days=7),
    "SF": timedelta(hours=2),
}  # fmt: skip
"""How long after a needling a sign is asked about; the others as long as the plan runs."""
LONG_WATCH = timedelta(days=28)
"""For an infection near the spine or with weakened immunity, and for bleeding on blood thinners."""
SPINE = ("back", "head and neck")
FAINT_LASTS = timedelta(hours=8)
"""No exercise for the rest of the day after a faint, and for so long at least."""


class SignLock(msgspec.Struct, kw_only=True, frozen=True):
    """A warning sign that has not been cleared."""

    code: str
    advice: str
    at: datetime


class Call(msgspec.Struct, kw_only=True, frozen=True):
    """A number to call, and what stands above it."""

    says: str
    number: str


def signs_to_ask(
    codes: Iterable[str], needled_at: datetime, at: datetime, longer: Iterable[str] = ()
) -> tuple[str, ...]:
    """The signs to ask about at ``at`` for a muscle with these stop rules, gravest first.

    The signs in ``longer`` are watched for longer than is usual.
    """
    windows = WINDOWS | dict.fromkeys(longer, LONG_WATCH)
    asked = {*codes, *EVERYWHERE} & set(CLASSES)
    since = at - needled_at
    return tuple(code for code in CLASSES if code in asked and since <= windows.get(code, since))


def watched_longer(plan: Plan, region: str) -> tuple[str, ...]:
    """The signs watched for longer in this patient; a question left open counts as a yes."""
    answers = {condition.item: condition.answer for condition in plan.screened}
    infection = region in SPINE or answers.get("compromised-immunity", "unanswered") != "no"
    bleeding = answers.get("anticoagulants", "unanswered") != "no"
    return (("SI",) if infection else ()) + (("SB",) if bleeding else ())


def advice_for(code: str, contact: Contact) -> str:
    """What to do now after a yes to ``code``, with the plan's own numbers."""
    return wording.ADVICE[CLASSES.get(code, "emergency")](
        emergency=clean(contact.emergency),
        phone=f": {clean(contact.phone)}" if contact.phone else "",
        out_of_hours=f": {clean(contact.out_of_hours)}" if contact.out_of_hours else "",
    )


def whom_to_call(code: str, contact: Contact) -> tuple[Call, ...]:
    """Every number of the plan, the one to call first for ``code`` before the others."""
    urgency = CLASSES.get(code, "emergency")
    numbers: dict[str, str | None] = {
        "emergency": contact.emergency,
        "phone": contact.phone,
        "out_of_hours": contact.out_of_hours,
    }
    order = ("phone", "out_of_hours", "emergency") if urgency == "same_day" else tuple(numbers)
    clinic = clean(contact.clinic or wording.YOUR_CLINIC())
    calls: list[Call] = []
    for name in order:
        number = numbers[name]
        if number is None:
            continue
        now = not calls and (name == "emergency") == (urgency != "same_day")
        said = wording.CALL_NOW["faint" if urgency == "faint" else name] if now else wording.CALL_ELSE[name]
        calls.append(Call(says=said(clinic=clinic), number=clean(number)))
    return tuple(calls)


def stays_closed(code: str) -> str:
    """Until when exercise is closed after a yes to ``code``."""
    return wording.FAINT_TODAY() if CLASSES.get(code) == "faint" else wording.LOCKED()


def lock_in_words(lock: SignLock, contact: Contact) -> list[str]:
    """What to do now, each number that this does not name, that nobody was told, and until when it is closed."""
    calls = [call for call in whom_to_call(lock.code, contact) if call.number not in lock.advice]
    numbers = [f"{call.says}: {call.number}." for call in calls]
    return [lock.advice, *numbers, wording.NOT_TOLD(), stays_closed(lock.code)]


def gravest(codes: Iterable[str]) -> str | None:
    """The code that decides what is shown, of those that were answered yes; one not known comes first."""
    return min(codes, key=_gravity, default=None)


def lock_in_force(locks: Sequence[SignLock], at: datetime) -> SignLock | None:
    """The lock that everything waits for at ``at``, the gravest first; a faint ends with its day."""
    state = [lock for lock in locks if not _over(lock, at)]
    return min(state, key=lambda lock: _gravity(lock.code), default=None)


def with_advice(lock: SignLock | None, contact: Contact) -> SignLock | None:
    """A lock with its advice fit to be shown, also where its sign was answered yes among others and none was kept."""
    if lock is None:
        return None
    return msgspec.structs.replace(lock, advice=clean(lock.advice) or advice_for(lock.code, contact))


def locks_after_plan(
    locks: Sequence[SignLock], made_by: str | None, made_at: datetime | None
) -> list[SignLock]:
    """The locks that a new plan leaves: it ends those raised before a therapist made it."""
    if made_by is None or made_at is None:
        return list(locks)
    return [lock for lock in locks if lock.at >= made_at]


def ends_by_itself(code: str, at: datetime) -> datetime | None:
    """When a lock raised at ``at`` ends without a word; None where only a word or a new plan ends it."""
    if CLASSES.get(code) != "faint":
        return None
    midnight = datetime.combine(at.date() + timedelta(days=1), time(0), at.tzinfo)
    return max(midnight, at + FAINT_LASTS)


def _over(lock: SignLock, at: datetime) -> bool:
    ends = ends_by_itself(lock.code, lock.at)
    return ends is not None and at >= ends and at.date() > lock.at.date()


def _gravity(code: str) -> tuple[int, str]:
    return ([*CLASSES].index(code) if code in CLASSES else -1, code)
