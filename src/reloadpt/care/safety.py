"""Warning signs: which to ask about after a needling, what a yes means, and what stays locked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Literal

import msgspec

from reloadpt import wording
from reloadpt.care.thresholds import PROPOSED
from reloadpt.files import clean
from reloadpt.program.plan import Contact, Plan

SignClass = Literal["emergency", "same_day", "faint"]

CLASSES: dict[str, SignClass] = {
    "ST": "emergency", "SN": "emergency", "SW": "emergency", "SL": "emergency", "SV": "emergency",
    "SK": "same_day", "SI": "same_day", "SA": "same_day", "SG": "same_day", "SP": "same_day", "SR": "same_day",
    "SJ": "same_day", "SB": "same_day",
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
SUDDEN_PAIN = "SK"
"""Sudden severe pain in the back or neck: by itself a same-day sign, with one of ``WITH_SUDDEN_PAIN`` an emergency."""
WITH_SUDDEN_PAIN = ("fever", "fall", "weakness")
GRAVER = {SUDDEN_PAIN: "SN"}
"""The emergency that a sign is with something beside it."""
COVERED = {"SN": ("SW", "SK")}
"""Signs that need not be asked beside one that names what they name."""

WINDOWS = {
    "ST": timedelta(days=PROPOSED.asked_chest_days),
    "SN": timedelta(hours=PROPOSED.asked_cord_hours),
    "SW": timedelta(days=PROPOSED.asked_weakness_days),
    "SK": timedelta(days=PROPOSED.asked_sudden_pain_days),
    "SI": timedelta(days=PROPOSED.asked_infection_days),
    "SB": timedelta(days=PROPOSED.asked_bleeding_days),
    "SR": timedelta(days=PROPOSED.asked_kidney_days),
    "SF": timedelta(hours=PROPOSED.asked_faint_hours),
}
"""How long after a needling a sign is asked about; the others as long as the plan runs."""
LONG_WATCH = timedelta(days=PROPOSED.long_watch_days)
"""For an infection near the spine or with weakened immunity, and for bleeding on blood thinners."""
WATCH_AFTER_SIGN = timedelta(days=PROPOSED.watch_after_sign_days)
"""For so long after an emergency sign it is asked at each check-in."""
SPINE = ("back", "head and neck")
AT_THE_NECK = ("upper-trapezius",)
"""Muscles of another region that lie at the spine all the same."""
CHEST = ("back", "head and neck", "shoulder", "chest")
"""Regions between jaw and low back, where a needle may reach the chest."""
FLANK = (
    "lumbar-paraspinals", "multifidus", "quadratus-lumborum", "hip-flexors", "abdominals", "elsewhere-back",
    "elsewhere-belly",
)  # fmt: skip
"""Muscles beside the kidneys and the bladder."""
FLANK_WATCH = timedelta(days=PROPOSED.flank_watch_days)
FAINT_LASTS = timedelta(hours=PROPOSED.faint_lasts_hours)
"""No exercise for the rest of the day after a faint, and for so long at least."""
PREGNANT = ("first-trimester-pregnancy", "later-pregnancy")
BREATHLESS_FLAT = "heart-failure"
THIN_BONES = ("osteoporosis", "vertebral-fracture")
"""Conditions of the screening that change an advice."""


class NeedledMuscle(msgspec.Struct, frozen=True):
    """A muscle as the signs see it: its slug, its region, and the codes of its own signs."""

    muscle: str
    region: str
    codes: tuple[str, ...]


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
    needled: NeedledMuscle, needled_at: datetime, at: datetime, longer: Iterable[str] = ()
) -> tuple[str, ...]:
    """The signs to ask about at ``at`` for a muscle, gravest first.

    The signs in ``longer`` are watched for longer than is usual.
    """
    since = at - needled_at
    windows = {code: WINDOWS.get(code, since) for code in (*needled.codes, *EVERYWHERE) if code in CLASSES}
    windows |= {code: LONG_WATCH for code in longer if code in windows}
    if needled.region in CHEST:
        windows["ST"] = WINDOWS["ST"]
    early = "SN" in windows and since <= windows["SN"]
    if not early and (needled.region in SPINE or needled.muscle in AT_THE_NECK):
        windows |= {code: WINDOWS[code] for code in COVERED["SN"]}
    if needled.muscle in FLANK:
        windows |= {"SP": FLANK_WATCH, "SR": FLANK_WATCH}
    return signs_in_order(code for code, lasts in windows.items() if since <= lasts)


def signs_in_order(codes: Iterable[str]) -> tuple[str, ...]:
    """Signs to be asked together, gravest first; what another of them names too is left out."""
    asked = set(codes)
    covered = {code for other in asked for code in COVERED.get(other, ())}
    return tuple(code for code in CLASSES if code in asked - covered)


def watched_longer(plan: Plan, region: str) -> tuple[str, ...]:
    """The signs watched for longer in this patient; a question left open counts as a yes."""
    answers = {condition.item: condition.answer for condition in plan.screened}
    infection = region in SPINE or answers.get("compromised-immunity", "unanswered") != "no"
    bleeding = answers.get("anticoagulants", "unanswered") != "no"
    return (("SI",) if infection else ()) + (("SB",) if bleeding else ())


def advice_for(code: str, plan: Plan, beside: Collection[str] = ()) -> str:
    """What to do now after a yes to ``code``, with the plan's own numbers; ``beside`` is what was marked with it."""
    holds = {answer.item for answer in plan.screened if answer.answer == "yes"}
    contact, urgency = plan.contact, CLASSES.get(code, "emergency")
    emergency = emergency_words(contact)
    if urgency == "faint":
        how = "sit" if BREATHLESS_FLAT in holds else "left" if holds.intersection(PREGNANT) else "lie"
        return f"{wording.FAINT_POSITION[how]()} {wording.ADVICE['faint'](emergency=emergency)}"
    parts = [*_same_day_parts(contact)] if urgency == "same_day" else []
    parts.append(wording.ADVICE[urgency](emergency=emergency))
    if code in (SUDDEN_PAIN, "SN") and ("fall" in beside or holds.intersection(THIN_BONES)):
        parts.append(wording.BROKEN_BONE())
    return " ".join(parts)


def _same_day_parts(contact: Contact) -> Iterator[str]:
    if contact.phone:
        clinic = clean(contact.clinic or wording.YOUR_CLINIC())
        yield wording.SAME_DAY["phone"](clinic=clinic, phone=clean(contact.phone))
    if contact.out_of_hours:
        how = "closed" if contact.phone else "out_of_hours"
        yield wording.SAME_DAY[how](out_of_hours=clean(contact.out_of_hours))
    if not (contact.phone or contact.out_of_hours):
        yield wording.SAME_DAY["doctor"]()


def emergency_words(contact: Contact) -> str:
    """The emergency number, or what stands in its place where none is known."""
    return clean(contact.emergency) if contact.emergency else wording.EMERGENCY_OF_COUNTRY()


def call_line(plan: Plan | None) -> str:
    """The clinic's number, and the one when it is closed; empty where the plan has none."""
    contact = plan.contact if plan else None
    if contact is None or not contact.phone:
        return ""
    clinic = clean(contact.clinic or wording.YOUR_CLINIC())
    parts = [wording.CLINIC_LINE(clinic=clinic, phone=clean(contact.phone))]
    if contact.out_of_hours:
        parts.append(wording.CLINIC_CLOSED(out_of_hours=clean(contact.out_of_hours)))
    return " ".join(parts)


def not_told(plan: Plan) -> str:
    """That nobody was told, and what becomes of it."""
    return wording.NOBODY_TOLD() if plan.self_made else wording.NOT_TOLD()


def whom_to_call(code: str, contact: Contact) -> tuple[Call, ...]:
    """Every number of the plan, the one to call first for ``code`` before the others.

    Where there is no emergency number, words stand in its place.
    """
    urgency = CLASSES.get(code, "emergency")
    numbers: dict[str, str | None] = {
        "emergency": emergency_words(contact),
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


def lock_in_words(lock: SignLock, plan: Plan) -> list[str]:
    """What to do now, each number that this does not name, that nobody was told, and until when it is closed."""
    calls = [call for call in whom_to_call(lock.code, plan.contact) if call.number not in lock.advice]
    numbers = [f"{call.says}: {call.number}." for call in calls]
    return [lock.advice, *numbers, not_told(plan), stays_closed(lock.code)]


def gravest(codes: Iterable[str]) -> str | None:
    """The code that decides what is shown, of those that were answered yes; one not known comes first."""
    return min(codes, key=_gravity, default=None)


def lock_in_force(locks: Sequence[SignLock], at: datetime) -> SignLock | None:
    """The lock that everything waits for at ``at``, the gravest first; a faint ends with its day."""
    state = [lock for lock in locks if not _over(lock, at)]
    return min(state, key=lambda lock: _gravity(lock.code), default=None)


def with_advice(lock: SignLock | None, plan: Plan) -> SignLock | None:
    """A lock with its advice fit to be shown, also where its sign was answered yes among others and none was kept."""
    if lock is None:
        return None
    return msgspec.structs.replace(lock, advice=clean(lock.advice) or advice_for(lock.code, plan))


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
