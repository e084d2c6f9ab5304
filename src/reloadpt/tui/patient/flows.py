"""What follows what: from a key on Today through the questions to a session, and the first questions of all."""

from __future__ import annotations

from reloadpt import wording
from reloadpt.care.answers import check_in_entries, clearing_entry, numbers_asked
from reloadpt.care.instructions import instructions
from reloadpt.care.next_step import next_step
from reloadpt.care.questions import CheckInQuestions
from reloadpt.care.safety import SPOKE, lock_in_force, with_advice
from reloadpt.clock import zone
from reloadpt.coach.guided import GuidedSession, abandon
from reloadpt.journal.events import FlagRaised
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.asks.score import ScoreScreen
from reloadpt.tui.asks.signs import SignsScreen
from reloadpt.tui.asks.words import WordsScreen
from reloadpt.tui.patient.asking_signs import ask_for_raised_sign
from reloadpt.tui.patient.locked import LockedScreen
from reloadpt.tui.patient.record_app import RecordApp
from reloadpt.tui.patient.summary import SummaryScreen


async def begin_next_step(app: RecordApp) -> None:
    """The next obvious thing from Today: a plan, whom to call, a session to go on with, or a new one."""
    due, session = app.today(), app.record.history.open_session()
    ask_each = app.settings.ask_after_each_exercise
    step = next_step(due, session)
    if due is None:
        from reloadpt.tui.patient import first_run

        await first_run.ask_first_questions(app)
    elif step == "call":
        await show_lock(app)
    elif step == "go_on":
        await guide_session(app, GuidedSession.resume(app.record, app.wall, ask_each=ask_each))
    else:
        if session:
            abandon(app.record, app.wall())
        if due.ask is not None and not await ask_for_check_in(app, due.ask):
            return
        due = app.today()
        if due is not None and not due.locked and due.items:
            await guide_session(app, GuidedSession.open(app.record, due.items, app.wall, ask_each=ask_each))


async def ask_for_check_in(app: RecordApp, ask: CheckInQuestions) -> bool:
    """Ask what is due and write the answers; False where the person left, or a warning sign closed the day."""
    plan = app.record.plan
    if plan is None:
        return False
    scores: dict[str, int | None] = {}
    for number in numbers_asked(ask):
        score = await app.push_screen_wait(
            ScoreScreen(number.question, number.ends, number.last, optional=number.optional)
        )
        if score == "left":
            return False
        scores[number.key] = score
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


async def _barrier(app: RecordApp) -> str | None:
    options = [(key, sentence()) for key, sentence in wording.BARRIERS.items()]
    return await app.push_screen_wait(ChoiceScreen(wording.ASK_BARRIER(), options))


async def signs_on_demand(app: RecordApp) -> None:
    """Ask the warning signs, at any time; the answers are written down either way."""
    raised = await ask_for_raised_sign(app)
    if raised:
        code, advice = raised
        app.record.append([FlagRaised(code=code, advice=advice)], app.wall())
        await show_lock(app)


async def note_therapist_spoke(app: RecordApp) -> None:
    """The therapist knows, and says that it may go on; write by whom."""
    await _clear(app, SPOKE)


async def _clear(app: RecordApp, code: str) -> None:
    """Ask who treats the person and says that they may go on, and write it."""
    by = await app.push_screen_wait(WordsScreen(wording.ASK_WHO()))
    if by:
        at = app.wall()
        app.record.append([clearing_entry(code, by, at)], at)


async def show_lock(app: RecordApp) -> None:
    """Show whom to call; where the person was seen since, write by whom."""
    plan = app.record.plan
    if plan is None:
        return
    lock = with_advice(lock_in_force(app.record.history.locks, app.wall()), plan.contact)
    if lock is not None:
        was_seen = await app.push_screen_wait(LockedScreen(lock, plan.contact))
        if was_seen:
            await _clear(app, lock.code)


async def guide_session(app: RecordApp, guided: GuidedSession) -> None:
    """Guide a session to its end, then say what was done."""
    from reloadpt.tui.patient.session import SessionScreen

    exercises = instructions(app.record.plan, app.library, guided.session.items)
    await app.push_screen_wait(SessionScreen(guided, exercises))
    session = app.record.history.sessions.get(guided.session.session)
    if session is None:
        return
    if session.how == "flagged":
        await show_lock(app)
    elif session.how:
        await app.push_screen_wait(SummaryScreen(session))


async def share_report(app: RecordApp) -> None:
    """Make the one file for the therapist, and say where it is; nothing is sent."""
    from reloadpt.share.sending import default_name, write_shared_report

    at = app.wall()
    out = app.out_folder / default_name(app.record.history.patient, at)
    shared = write_shared_report(app.record.journal.path, app.library, at, out, None)
    sealed = wording.SEALED_TO(key=shared.to) if shared.to else wording.NOT_SEALED()
    says = f"{shared.path}\n\n{sealed} {wording.NOTHING_SENT()}"
    await app.push_screen_wait(ChoiceScreen("Your report is ready", (("ok", "Back to Today"),), says))
