"""Asks about the warning signs, from Today or in the middle of a session, and writes what was asked."""

from __future__ import annotations

from reloadpt import wording
from reloadpt.care.answers import flag_of, signs_answered
from reloadpt.care.questions import signs_now
from reloadpt.care.safety import SAME_DAY, advice_for
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.asks.signs import SignsScreen
from reloadpt.tui.patient.record_app import RecordApp


async def ask_for_raised_sign(app: RecordApp) -> tuple[str, str] | None:
    """Show the warning signs and write what was asked; the gravest yes with its advice, or None."""
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
