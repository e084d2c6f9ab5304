"""What follows what: from a key on Today through the questions to a session, and the first questions of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reloadpt import wording
from reloadpt.care.answers import check_in_entries, clearing_entry, flag_of, numbers_asked, signs_answered
from reloadpt.care.instructions import instructions
from reloadpt.care.next_step import next_step
from reloadpt.care.questions import CheckInQuestions, signs_now
from reloadpt.care.safety import SAME_DAY, SPOKE, advice_for, lock_in_force, with_advice
from reloadpt.clock import zone
from reloadpt.coach.guided import GuidedSession, abandon
from reloadpt.journal.events import FlagRaised
from reloadpt.tui.screens.score import ScoreScreen
from reloadpt.tui.screens.words import WordsScreen

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp


async def begin_next_step(app: ReloadApp) -> None:
    """The next obvious thing from Today: a plan, whom to call, a session to go on with, or a new one."""
    due, session = app.today(), app.record.history.open_sitting()
    each = app.settings.ask_after_each_exercise
    step = next_step(due, session)
    if due is None:
        from reloadpt.tui import first_run

        await first_run.ask_first_questions(app)
    elif step == "call":
        await show_lock(app)
    elif step == "go_on":
        await guide_session(app, GuidedSession.resume(app.record, app.wall, ask_each=each))
    else:
        if session:
            abandon(app.record, app.wall())
        if due.ask is not None and not await ask_for_check_in(app, due.ask):
            return
        due = app.today()
        if due is not None and not due.locked and due.items:
            await guide_session(app, GuidedSession.open(app.record, due.items, app.wall, ask_each=each))


async def ask_for_check_in(app: ReloadApp, ask: CheckInQuestions) -> bool:
    """Ask what is due and write the answers; False where the person left, or a warning sign closed the day."""
    from reloadpt.tui.screens.signs import SignsScreen

    plan = app.record.plan
    if plan is None:
        return False
    scores: dict[str, int | None] = {}
    for each in numbers_asked(ask):
        score = await app.push_screen_wait(
            ScoreScreen(each.question, each.ends, each.last, optional=each.optional)
        )
        if score == "left":
            return False
        scores[each.key] = score
    barrier = await _barrier(app) if ask.missed else None
    marked: tuple[str, ...] = ()
    if ask.signs:
        answer = await app.push_screen_wait(SignsScreen(ask.signs, ask.known_symptoms))
        if answer is None:
            return False
        marked = answer
    app.record.append(check_in_entries(ask, scores, barrier, marked, plan.contact, zone()), app.wall())
    if marked:
        await show_lock(app)
    return not marked


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
    from reloadpt.tui.screens.choice import ChoiceScreen
    from reloadpt.tui.screens.signs import SignsScreen

    plan = app.record.plan
    if plan is None:
        return None
    codes = signs_now(plan, app.library, app.record.history, app.wall())
    if not codes:
        says = wording.NO_SIGN_LEFT(advice=advice_for(SAME_DAY, plan.contact))
        await app.push_screen_wait(ChoiceScreen("Warning signs", (("ok", "Back"),), says))
        return None
    marked = await app.push_screen_wait(SignsScreen(codes, plan.known_symptoms))
    if marked is None:
        return None
    app.record.append([signs_answered(codes, marked)], app.wall())
    flag = flag_of(marked, plan.contact)
    return (flag.code, flag.advice) if flag else None


async def note_therapist_spoke(app: ReloadApp) -> None:
    """The therapist knows, and says that it may go on; write by whom."""
    by = await app.push_screen_wait(WordsScreen(wording.ASK_WHO()))
    if by:
        at = app.wall()
        app.record.append([clearing_entry(SPOKE, by, at)], at)


async def show_lock(app: ReloadApp) -> None:
    """Show whom to call; where the person was seen since, write by whom."""
    from reloadpt.tui.screens.locked import LockedScreen

    plan = app.record.plan
    if plan is None:
        return
    lock = with_advice(lock_in_force(app.record.history.locks, app.wall()), plan.contact)
    if lock is None or not await app.push_screen_wait(LockedScreen(lock, plan.contact)):
        return
    by = await app.push_screen_wait(WordsScreen(wording.ASK_WHO()))
    if by:
        at = app.wall()
        app.record.append([clearing_entry(lock.code, by, at)], at)


async def guide_session(app: ReloadApp, guided: GuidedSession) -> None:
    """Guide a session to its end, then say what was done."""
    from reloadpt.tui.screens.session import SessionScreen
    from reloadpt.tui.screens.summary import SummaryScreen

    exercises = instructions(app.record.plan, app.library, guided.session.items)
    await app.push_screen_wait(SessionScreen(guided, exercises))
    session = app.record.history.sessions.get(guided.session.session)
    if session is None:
        return
    if session.how == "flagged":
        await show_lock(app)
    elif session.how:
        await app.push_screen_wait(SummaryScreen(session))


async def share_report(app: ReloadApp) -> None:
    """Make the one file for the therapist, and say where it is; nothing is sent."""
    from reloadpt.share.sending import default_name, write_shared_report
    from reloadpt.tui.screens.choice import ChoiceScreen

    at = app.wall()
    out = app.out_folder / default_name(app.record.history.patient, at)
    sent = write_shared_report(app.record.journal.path, app.library, at, out, None)
    sealed = wording.SEALED_TO(key=sent.to) if sent.to else wording.NOT_SEALED()
    says = f"{sent.path}\n\n{sealed} {wording.NOTHING_SENT()}"
    await app.push_screen_wait(ChoiceScreen("Your report is ready", (("ok", "Back to Today"),), says))
