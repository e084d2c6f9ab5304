"""What follows what: from a key on Today through the questions to a session, and the first questions of all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reloadpt import wording
from reloadpt.care.history import Sitting
from reloadpt.care.questions import Questions, signs_now
from reloadpt.care.safety import SPOKE, advice_for, gravest, lock_in_force
from reloadpt.clock import zone
from reloadpt.coach.guided import GuidedSession, abandon
from reloadpt.files import Trouble
from reloadpt.journal.events import (
    ActivityRated,
    AnyEvent,
    CheckedIn,
    Cleared,
    FlagRaised,
    MissedExplained,
    Soreness,
)
from reloadpt.program.check import read_form
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Exercise
from reloadpt.tui.screens.score import ScoreScreen
from reloadpt.tui.screens.words import WordsScreen

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp

PAIN_ENDS = ("no pain", "the worst there can be")
ABLE_ENDS = ("unable", "as before")
SORE_ENDS = ("not sore", "as sore as can be")


async def begin(app: ReloadApp) -> None:
    """The next obvious thing from Today: a plan, whom to call, a session to go on with, or a new one."""
    if app.record.plan is None:
        from reloadpt.tui import first_run

        await first_run.ask(app)
        return
    due = app.today()
    assert due is not None  # noqa: S101
    if due.locked:
        await show_lock(app)
        return
    sitting = app.record.history.open_sitting()
    if sitting and sitting.day == due.at.date():
        await guide(app, GuidedSession.resume(app.record, app.wall))
        return
    if sitting:
        abandon(app.record, app.wall())
    if due.ask is not None and not await check_in(app, due.ask):
        return
    due = app.today()
    if due is None or due.locked or not due.items:
        return
    await guide(app, GuidedSession.open(app.record, due.items, app.wall))


async def check_in(app: ReloadApp, ask: Questions) -> bool:
    """Ask what is due and write the answers; False where the person left, or a warning sign closed the day."""
    from reloadpt.tui.screens.signs import SignsScreen

    scores: dict[str, int | None] = {}
    for key, (question, ends, last) in _numbers(ask).items():
        score = await app.push_screen_wait(ScoreScreen(question, ends, last))
        if score == "left":
            return False
        scores[key] = score
    barrier = await _barrier(app) if ask.missed else None
    marked: tuple[str, ...] = ()
    if ask.signs:
        answer = await app.push_screen_wait(SignsScreen(ask.signs, ask.known_symptoms))
        if answer is None:
            return False
        marked = answer
    soreness = [
        Soreness(muscle=each.muscle, side=each.side, score=score)
        for number, each in enumerate(ask.soreness)
        if (score := scores[f"soreness {number}"]) is not None
    ]
    reading = CheckedIn(
        when=ask.when,
        pain=scores["pain"],
        worst=scores.get("worst"),
        soreness=tuple(soreness),
        asked=ask.signs,
        flags=marked,
        same=scores["pain"] is not None and scores["pain"] == ask.last_pain,
        zone=zone(),
    )
    more: list[AnyEvent] = [
        ActivityRated(activity=activity, score=score)
        for number, activity in enumerate(ask.activities)
        if (score := scores[f"activity {number}"]) is not None
    ]
    if ask.missed and barrier:
        more += [MissedExplained(day=day.isoformat(), barrier=barrier) for day in ask.missed]
    await _write_reading(app, reading, more)
    return not marked


def _numbers(ask: Questions) -> dict[str, tuple[str, tuple[str, str], int | None]]:
    """The numbers to ask, in order: a key, the question, what its ends mean, and what was said last."""
    numbers: dict[str, tuple[str, tuple[str, str], int | None]] = {
        "pain": (wording.ASK_PAIN(), PAIN_ENDS, ask.last_pain)
    }
    if ask.worst:
        numbers["worst"] = (wording.ASK_WORST(), PAIN_ENDS, None)
    for number, each in enumerate(ask.soreness):
        told = each.name if each.side == "both" else f"{each.name}, {each.side}"
        numbers[f"soreness {number}"] = (wording.ASK_SORENESS(muscle=told), SORE_ENDS, each.last)
    for number, activity in enumerate(ask.activities):
        numbers[f"activity {number}"] = (activity, ABLE_ENDS, None)
    return numbers


async def _barrier(app: ReloadApp) -> str | None:
    from reloadpt.tui.screens.choice import ChoiceScreen

    options = [(key, sentence()) for key, sentence in wording.BARRIERS.items()]
    return await app.push_screen_wait(ChoiceScreen(wording.ASK_BARRIER(), options))


async def signs_on_demand(app: ReloadApp) -> None:
    """Ask the warning signs, at any time; the answers are written down either way."""
    raised = await ask_signs(app)
    if raised:
        code, advice = raised
        app.record.append([FlagRaised(code=code, advice=advice)], app.wall())
        await show_lock(app)


async def ask_signs(app: ReloadApp) -> tuple[str, str] | None:
    """Show the warning signs and write what was asked; the gravest yes with its advice, or None."""
    from reloadpt.tui.screens.signs import SignsScreen

    plan = app.record.plan
    if plan is None:
        return None
    codes = signs_now(plan, app.library, app.record.history, app.wall())
    marked = await app.push_screen_wait(SignsScreen(codes, plan.known_symptoms))
    if marked is None:
        return None
    app.record.append([CheckedIn(when="other", asked=codes, flags=marked)], app.wall())
    code = gravest(marked)
    return (code, advice_for(code, plan.contact)) if code else None


async def _write_reading(app: ReloadApp, reading: CheckedIn, more: list[AnyEvent]) -> None:
    plan = app.record.plan
    code = gravest(reading.flags)
    if code and plan:
        raised = FlagRaised(code=code, advice=advice_for(code, plan.contact))
        app.record.append([reading, *more, raised], app.wall())
        await show_lock(app)
    else:
        app.record.append([reading, *more], app.wall())


async def spoke(app: ReloadApp) -> None:
    """The therapist knows, and says that it may go on; write by whom."""
    by = await app.push_screen_wait(WordsScreen(wording.ASK_WHO()))
    if by:
        at = app.wall()
        app.record.append([Cleared(code=SPOKE, by=by, seen_at=at.isoformat())], at)


async def show_lock(app: ReloadApp) -> None:
    """Show whom to call; where the person was seen since, write by whom."""
    from reloadpt.tui.screens.locked import LockedScreen

    plan = app.record.plan
    lock = lock_in_force(app.record.history.locks, app.wall())
    if plan is None or lock is None:
        return
    contact = plan.contact
    if not await app.push_screen_wait(LockedScreen(lock.code, lock.advice, contact.emergency, contact.phone)):
        return
    by = await app.push_screen_wait(WordsScreen(wording.ASK_WHO()))
    if by:
        at = app.wall()
        app.record.append([Cleared(code=lock.code, by=by, seen_at=at.isoformat())], at)


async def guide(app: ReloadApp, guided: GuidedSession) -> None:
    """Guide a session to its end, then say what was done."""
    from reloadpt.tui.screens.session import SessionScreen
    from reloadpt.tui.screens.summary import SummaryScreen

    await app.push_screen_wait(SessionScreen(guided, exercises_of(app, guided.sitting)))
    sitting = app.record.history.sittings.get(guided.sitting.session)
    if sitting is None:
        return
    if sitting.how == "flagged":
        await show_lock(app)
    elif sitting.how:
        await app.push_screen_wait(SummaryScreen(sitting))


def exercises_of(app: ReloadApp, sitting: Sitting) -> dict[str, Exercise]:
    """The exercises of a session that are still known, by id."""
    plan = app.record.plan
    own = {exercise.id: exercise for exercise in plan.exercises} if plan else {}
    found = {}
    for item in sitting.items:
        try:
            found[item.exercise] = own.get(item.exercise) or app.library.exercise(item.exercise)
        except Trouble:
            continue
    return found


def use_plan(app: ReloadApp, path: Path) -> None:
    """Take a plan file into use."""
    plan = read_form(path, Plan)
    for target in plan.targets:
        app.library.programme(target.muscle)
    if plan.blocked_by:
        raise Trouble(wording.SCREENING_STOP(items=", ".join(plan.blocked_by)))
    app.record.start_plan(plan, app.wall())
