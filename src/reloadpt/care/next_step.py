"""What comes next for a patient, from wherever they are: the one obvious thing that every way in offers."""

from __future__ import annotations

from typing import Literal

from reloadpt.care.history import Session
from reloadpt.care.today import Today

NextStep = Literal["set_up", "call", "go_on", "check_in", "begin", "nothing"]


def next_step(due: Today | None, session: Session | None) -> NextStep:
    """Decide it from Today (None without a plan) and the session that was begun and not ended.

    A session of another day is not gone on with: it is ended, and a new one may begin.
    """
    if due is None:
        return "set_up"
    if due.locked:
        return "call"
    if session is not None and session.day == due.at.date():
        return "go_on"
    if due.ask is not None:
        return "check_in"
    return "begin" if due.items else "nothing"
