"""What follows what: from a key on Today through the questions to a session."""

from __future__ import annotations

from reloadpt.care.instructions import instructions
from reloadpt.care.next_step import next_step
from reloadpt.coach.guided import Guidance, GuidedSession, abandon
from reloadpt.tui.kit.keyboard import screen_class
from reloadpt.tui.patient.record_app import RecordApp
from reloadpt.wording import ALL_OF_TODAY, READ_PAGES, addressed


async def begin_next_step(app: RecordApp) -> None:
    """The next obvious thing from Today: a plan, whom to call, a session to go on with, or a new one."""
    from reloadpt.dialogue.elsewhere import of_head, within_reach

    ask = of_head(app.head)
    due, session = app.today(), app.record.history.open_session()
    guidance = Guidance.of(app.settings)
    step = next_step(due, session)
    if due is None:
        from reloadpt.dialogue.first_questions import first_questions

        await first_questions(app.patient, app.head)
    elif step == "call":
        await show_lock(app)
    elif step == "go_on":
        guided = await within_reach(
            app.patient, ask, lambda: GuidedSession.resume(app.record, app.wall, guidance)
        )
        await guide_session(app, guided)
    else:
        if session:
            await within_reach(app.patient, ask, lambda: abandon(app.record, app.wall()))
        from reloadpt.dialogue.in_session import confirm_last_session

        if not await confirm_last_session(app.patient, app.head):
            return
        from reloadpt.dialogue.check_in import check_in
        from reloadpt.dialogue.opening import before_session

        if due.ask is not None and not await check_in(app.patient, app.head):
            return
        await before_session(app.patient, app.head)
        due = app.today()
        if due is not None and not due.locked and due.items:
            items = due.items
            guided = await within_reach(
                app.patient, ask, lambda: GuidedSession.open(app.record, items, app.wall, guidance)
            )
            await guide_session(app, guided)


async def show_lock(app: RecordApp) -> None:
    """Show whom to call."""
    from reloadpt.dialogue.signs import whom_to_call_now

    await whom_to_call_now(app.patient, app.head)


async def more(app: RecordApp) -> None:
    """Offer all that Today has no room for: the whole day, every other dialogue that there is something to, the pages."""
    from reloadpt.dialogue.ways import open_ways
    from reloadpt.tui.asks.choice import ChoiceScreen
    from reloadpt.tui.patient.learn import read_pages

    plan = app.record.history.plan
    ways = {way.word: way for way in open_ways(app.patient)} if plan else {}
    alone = plan is not None and plan.self_made
    options = [
        *([("WholeDayScreen", ALL_OF_TODAY())] if plan else []),
        *((word, addressed(way.label, alone=alone)) for word, way in ways.items()),
        ("ProgressScreen", "How it has gone"),
        ("LibraryScreen", "All exercises"),
        ("learn", READ_PAGES()),
        ("SettingsScreen", "Settings"),
    ]
    chosen = await app.push_screen_wait(ChoiceScreen("What would you like to do?", options))
    if chosen in ways:
        await ways[chosen].begin(app.patient, app.head)
    elif chosen == "learn":
        await read_pages(app)
    elif chosen is not None:
        await app.push_screen_wait(screen_class(chosen)())


async def begin_way(app: RecordApp, word: str) -> None:
    """Go through the dialogue of this word."""
    from reloadpt.dialogue.ways import WAYS

    way = next(way for way in WAYS if way.word == word)
    await way.begin(app.patient, app.head)


async def guide_session(app: RecordApp, guided: GuidedSession) -> None:
    """Guide a session to its end, then say what was done."""
    from reloadpt.tui.patient.session import SessionScreen
    from reloadpt.tui.patient.summary import SummaryScreen

    exercises = instructions(app.record.plan, app.library, guided.session.items)
    await app.push_screen_wait(SessionScreen(guided, exercises))
    session = app.record.history.sessions.get(guided.session.session)
    if session is None:
        return
    if session.how == "flagged" or not guided.all_saved:
        from reloadpt.dialogue.elsewhere import of_head, within_reach

        await show_lock(app)
        await within_reach(app.patient, of_head(app.head), lambda: guided.write(()))
    elif session.how:
        await app.push_screen_wait(SummaryScreen(session))
