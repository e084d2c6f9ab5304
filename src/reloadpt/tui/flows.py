"""What follows what: from a key on Today through the questions to a session, and the first questions of all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reloadpt import wording
from reloadpt.care.history import Sitting
from reloadpt.care.safety import advice_for, gravest, signs_to_ask
from reloadpt.coach.guided import GuidedSession, abandon
from reloadpt.files import Trouble
from reloadpt.journal.events import CheckedIn, Cleared, FlagRaised, Side, Soreness
from reloadpt.program.check import read_form
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Exercise

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp

PAIN_ENDS = ("no pain", "the worst there can be")
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
    if (due.checkin or not due.items) and not await check_in(app):
        return
    due = app.today()
    if due is None or due.locked or not due.items:
        return
    await guide(app, GuidedSession.open(app.record, due.items, app.wall))


async def check_in(app: ReloadApp) -> bool:
    """Ask pain, soreness and the warning signs, and write the answers; False where the person left."""
    from reloadpt.tui.screens.score import ScoreScreen

    history = app.record.history
    last = history.last_reading()
    last_pain = last[1].pain if last else None
    pain = await app.push_screen_wait(ScoreScreen("Your usual pain, now?", PAIN_ENDS, last_pain))
    if pain == "left":
        return False
    soreness: list[Soreness] = []
    for muscle, side in sore_to_ask(app):
        name = app.library.programme(muscle).name.partition(" (")[0]
        told = name if side == "both" else f"{name}, {side}"
        before = history.soreness_of(muscle, side)
        score = await app.push_screen_wait(
            ScoreScreen(f"Soreness where the needle was: {told}?", SORE_ENDS, before[1] if before else None)
        )
        if score == "left":
            return False
        if score is not None:
            soreness.append(Soreness(muscle=muscle, side=side, score=score))
    from reloadpt.tui.screens.signs import SignsScreen

    codes = signs_now(app)
    marked = await app.push_screen_wait(SignsScreen(codes))
    if marked is None:
        return False
    at = app.wall()
    first_today = last is None or last[0].astimezone(at.tzinfo).date() < at.date()
    reading = CheckedIn(
        when="morning" if first_today and last is not None else "before",
        pain=pain,
        soreness=tuple(soreness),
        asked=codes,
        flags=marked,
        same=pain is not None and pain == last_pain,
    )
    await _write_reading(app, reading)
    return not marked


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

    codes = signs_now(app)
    marked = await app.push_screen_wait(SignsScreen(codes))
    if marked is None:
        return None
    app.record.append([CheckedIn(when="other", asked=codes, flags=marked)], app.wall())
    code = gravest(marked)
    plan = app.record.plan
    return (code, advice_for(code, plan.contact)) if code and plan else None


async def _write_reading(app: ReloadApp, reading: CheckedIn) -> None:
    plan = app.record.plan
    code = gravest(reading.flags)
    if code and plan:
        raised = FlagRaised(code=code, advice=advice_for(code, plan.contact))
        app.record.append([reading, raised], app.wall())
        await show_lock(app)
    else:
        app.record.append([reading], app.wall())


async def show_lock(app: ReloadApp) -> None:
    """Show whom to call; where the person was seen since, write by whom."""
    from reloadpt.tui.screens.locked import LockedScreen
    from reloadpt.tui.screens.words import WordsScreen

    plan = app.record.plan
    if plan is None or not app.record.history.locks:
        return
    lock = app.record.history.locks[-1]
    contact = plan.contact
    if not await app.push_screen_wait(LockedScreen(lock.code, lock.advice, contact.emergency, contact.phone)):
        return
    by = await app.push_screen_wait(WordsScreen("Who saw you, and said that you may go on?"))
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


def signs_now(app: ReloadApp) -> tuple[str, ...]:
    """The warning signs to ask about now, over all needled muscles."""
    plan = app.record.plan
    assert plan is not None  # noqa: S101
    asked: dict[str, None] = {}
    at = app.wall()
    for target in plan.targets:
        needled = app.record.history.needled_last(target.muscle, target.side) or target.needled_at
        codes = app.library.programme(target.muscle).stop_rules
        asked |= dict.fromkeys(signs_to_ask(codes, needled, at))
    return tuple(asked)


def sore_to_ask(app: ReloadApp) -> list[tuple[str, Side]]:
    """The needled muscles whose soreness is asked: until it was 0 twice since the needle."""
    plan = app.record.plan
    assert plan is not None  # noqa: S101
    found: list[tuple[str, Side]] = []
    for target in plan.targets:
        needled = app.record.history.needled_last(target.muscle, target.side) or target.needled_at
        given = [
            each.score
            for at, reading in app.record.history.readings()
            for each in reading.soreness
            if at >= needled and each.muscle == target.muscle and each.side == target.side
        ]
        if given[-2:] != [0, 0] and app.wall() - needled <= timedelta(days=42):
            found.append((target.muscle, target.side))
    return found


def use_plan(app: ReloadApp, path: Path) -> None:
    """Take a plan file into use."""
    plan = read_form(path, Plan)
    for target in plan.targets:
        app.library.programme(target.muscle)
    if plan.blocked_by:
        raise Trouble(wording.SCREENING_STOP(items=", ".join(plan.blocked_by)))
    app.record.start_plan(plan, app.wall())
