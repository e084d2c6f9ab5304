"""Warning signs: which are asked and in which form, the question back, and how a lock ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from reloadpt import wording
from reloadpt.care.answers import SignAnswers, clearing_entry, sign_entries, signs_asked
from reloadpt.care.days import latest_needlings
from reloadpt.care.due import rests_on
from reloadpt.care.history import History
from reloadpt.care.questions import EVERY_TIME, muscles_of_sign, signs_now
from reloadpt.care.safety import (
    CLASSES,
    SAME_DAY,
    SPOKE,
    SUDDEN_PAIN,
    WITH_SUDDEN_PAIN,
    Call,
    SignLock,
    advice_for,
    gravest,
    lock_in_force,
    not_told,
    stays_closed,
    whom_to_call,
    with_advice,
)
from reloadpt.dialogue.asks import Ask, Choice, Head, Marks, Option, Saying, Words, go_through, options_of
from reloadpt.dialogue.elsewhere import of_head, write_down, write_signs
from reloadpt.dialogue.moments import ask_past_moment
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble
from reloadpt.journal.events import ConcernTold, HowSeen, Note
from reloadpt.phrases import moment_phrase
from reloadpt.program.plan import Contact, Plan

WEEK = timedelta(days=7)
WORRY = "worry"
LONGEST_NAME = 200


@dataclass(frozen=True)
class Alarm(Choice):
    """Whom to call because of a sign, with the numbers."""

    calls: tuple[Call, ...] = ()
    lock: SignLock | None = None


def in_full(plan: Plan, history: History, codes: Sequence[str], at: datetime) -> bool:
    """Whether every symptom of ``codes`` is listed, or one line a group.

    In full in the 72 hours after each needle, at the first of each week, and where other signs are asked than the
    last time.
    """
    if any(
        timedelta(0) <= at - needled <= EVERY_TIME for needled in latest_needlings(plan, history).values()
    ):
        return True
    asked = [(moment, check_in) for moment, check_in in history.check_ins() if check_in.asked]
    if not asked:
        return True
    last, check_in = max(asked, key=lambda pair: pair[0])
    monday = at.date() - timedelta(days=at.weekday())
    return last.date() < monday or set(check_in.asked) != set(codes)


async def ask_signs(ask: Ask, plan: Plan, codes: Sequence[str], *, full: bool) -> SignAnswers:
    """Ask about the signs ``codes``; what was marked is asked back before it counts."""
    groups = [
        Option(code, wording.SIGN_GROUPS[code](), wording.symptoms(code) if full else ()) for code in codes
    ]
    known = (wording.KNOWN_SYMPTOM(symptom=symptom) for symptom in plan.known_symptoms)
    marked = await ask(
        Marks(
            wording.SIGNS_QUESTION(),
            (wording.EVEN_ONE() if full else wording.WHICH_GROUP(), *known),
            (*groups, Option(WORRY, wording.WORRY())),
            none=wording.NO_SIGN(),
            letters=True,
        )
    )
    answers = SignAnswers(tuple(codes), "full" if full else "groups")
    signs = tuple(code for code in codes if code in marked)
    if signs:
        symptoms = tuple(symptom for code in signs for symptom in wording.symptoms(code))
        options = options_of(("yes", wording.ONE_NOW_YES()), ("no", wording.ONE_NOW_NO()))
        if await ask(Choice(wording.ONE_NOW(), symptoms, options)) == "no":
            answers, signs = replace(answers, withdrawn=signs), ()
    if SUDDEN_PAIN in signs and not any(CLASSES[code] == "emergency" for code in signs):
        options = options_of(*((word, wording.BESIDE[word]()) for word in WITH_SUDDEN_PAIN))
        beside = await ask(Marks(wording.ASK_BESIDE(), (), options, none=wording.NOTHING_BESIDE()))
        answers = replace(answers, beside=beside)
    if WORRY in marked and not signs:
        says = (wording.CALL_WITH_WORRY(), *number_lines(SAME_DAY, plan.contact))
        worry = await ask(Words(wording.ASK_WORRY(), says, read=str.strip))
        return replace(answers, worry=worry)
    return replace(answers, marked=signs, worry="" if WORRY in marked else None)


def number_lines(code: str, contact: Contact) -> list[str]:
    """The numbers to call for ``code``, one a line."""
    return [f"{call.says}: {call.number}" for call in whom_to_call(code, contact)]


async def signs_in_session(patient: Respondent, head: Head) -> tuple[str, str] | None:
    """Ask the signs and write what was asked and marked; the gravest with its advice, or None where none locks."""
    found = await _ask_and_write(patient, head)
    code = gravest(found.raised) if found else None
    return (code, advice_for(code, patient.plan, found.beside)) if found and code else None


async def signs(patient: Respondent, head: Head) -> None:
    """Something worries the person: ask the signs at any time, and show whom to call.

    Where they are left unanswered nothing is written, and nothing is said.
    """
    found = await _ask_and_write(patient, head)
    if found is None:
        return
    if gravest(found.raised):
        await whom_to_call_now(patient, head)
        await write_down(patient, of_head(head))
    else:
        await head.ask(Saying(wording.WRITTEN_DOWN(), brief=True), None)


async def _ask_and_write(patient: Respondent, head: Head) -> SignAnswers | None:
    """Ask the signs and write the answers; None, and nothing written, where they were left."""
    plan = patient.plan
    codes = signs_now(plan, patient.library, patient.record.history, patient.wall())
    full = in_full(plan, patient.record.history, codes, patient.wall())
    found = await go_through(head, partial(ask_signs, plan=plan, codes=codes, full=full))
    if found is not None:
        muscles = {code: muscles_of_sign(plan, patient.library, code) for code in found.raised}
        events = (signs_asked(found), *sign_entries(found, plan, muscles))
        await write_signs(patient, of_head(head), events, locks=bool(found.raised))
    return found


async def whom_to_call_now(patient: Respondent, head: Head) -> None:
    """Show whom to call while a lock is in force; where somebody has seen the person, write by whom."""
    plan = patient.plan
    lock = with_advice(lock_in_force(patient.record.history.locks, patient.wall()), plan)
    if lock is None:
        return
    says = (lock.advice, not_told(plan), stays_closed(lock.code))
    seen = options_of(("seen", wording.SEEN()))
    calls = whom_to_call(lock.code, plan.contact)
    if await head.ask(Alarm(wording.CLOSED(), says, seen, calls, lock), None) == "seen":
        await seen_and_may_go_on(patient, head)


async def seen_and_may_go_on(patient: Respondent, head: Head) -> None:
    """Somebody who treats the person says that they may go on: who, how, where and when; it is read back and written."""
    lock = lock_in_force(patient.record.history.locks, patient.wall())
    done = await go_through(head, partial(_clear, patient, lock))
    if done:
        await head.ask(Saying(_how_it_goes_on(patient, lock), brief=True), None)


def _how_it_goes_on(patient: Respondent, cleared: SignLock | None) -> str:
    """What follows from the word that was written down: another sign, or one checked today, still closes the day."""
    history, at = patient.record.history, patient.wall()
    if lock_in_force(history.locks, at):
        return wording.SEEN_STILL_CLOSED()
    if rests_on(history, at.date()):
        return wording.SEEN_NOTED_SLOWLY()
    if cleared is not None and CLASSES.get(cleared.code, "emergency") == "emergency":
        return wording.SEEN_NOTED_GENTLY()
    return wording.SEEN_NOTED()


async def _clear(patient: Respondent, lock: SignLock | None, ask: Ask) -> bool:
    at = patient.wall()
    code, since = (lock.code, lock.at) if lock else (SPOKE, at - WEEK)
    by = await ask(Words(wording.ASK_WHO(), read=_name, named="who it was"))
    hows = options_of(*((value, sentence()) for value, sentence in wording.HOW_SEEN.items()))
    how = _how_seen(await ask(Choice(wording.ASK_HOW_SEEN(), options=hows)))
    in_person = lock is not None and how == "in_person"
    where = await ask(Words(wording.ASK_WHERE_SEEN(), read=_name, named="where it was")) if in_person else ""
    when = await ask_past_moment(ask, wording.ASK_WHEN_SEEN(), at, since)
    what = {"by": by, "how": wording.SEEN_HOW[how](), "where": f", {where}" if where else ""}
    so = wording.SEEN_SO(**what, when=moment_phrase(when, at))
    if await ask(Choice(so, options=options_of(("yes", "Yes"), ("no", "No")))) == "no":
        return False
    await write_down(patient, ask, clearing_entry(code, by, when, how, where))
    return True


def _how_seen(answer: str) -> HowSeen:
    return "in_person" if answer == "in_person" else "by_phone"


async def told_my_therapist(patient: Respondent, head: Head) -> None:
    """The therapist was told: it is written, quiets what is told now, and ends no stop."""
    text = await go_through(head, _told)
    if text:
        due = patient.today()
        causes = [concern.cause for concern in due.concerns] if due else []
        concerns = [ConcernTold(cause=cause, to="therapist") for cause in causes]
        await write_down(patient, of_head(head), Note(text=text), *concerns)
        await head.ask(Saying(wording.TOLD_NOTED(), brief=True), None)


async def _told(ask: Ask) -> str:
    return await ask(Words(wording.ASK_TOLD_THEM(), read=str.strip))


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise Trouble(f"That is longer than {LONGEST_NAME} signs. Say it shorter.")
    return name
