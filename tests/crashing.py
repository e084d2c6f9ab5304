"""The real program with a fault put in: what it works on is somebody's health, and must not come out."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

VALUE = "A-17 pain nine"
MESSAGE = "the message holds it too"


def fails(*_: Any, **__: Any) -> NoReturn:
    held = VALUE
    try:
        raise KeyError(held)
    except KeyError as error:
        raise ValueError(f"{MESSAGE}: {held}") from error


async def fails_later(*_: Any) -> None:
    fails()


def fails_in_a_thread(*_: Any, **__: Any) -> NoReturn:
    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    sys.exit(0)


def fails_when_let_go(*_: Any, **__: Any) -> NoReturn:
    class Held:
        def __del__(self) -> None:
            fails()

    Held()
    sys.exit(0)


def interrupted(*_: Any, **__: Any) -> NoReturn:
    raise KeyboardInterrupt


def _today(name: str, act: Any) -> None:
    from reloadpt.tui.patient.today import TodayScreen

    setattr(TodayScreen, name, act)


def _record(act: Any) -> None:
    from reloadpt.care.record import Record

    Record.open = act  # type: ignore[method-assign]


def _flow() -> None:
    from reloadpt.tui.patient import flows

    flows.begin_next_step = fails_later  # type: ignore[assignment]


def _plan_page() -> None:
    from reloadpt.tui.plan.flow import PlanFlow

    PlanFlow.empty = fails  # type: ignore[method-assign]


def _forget_a_task(screen: Any) -> None:
    screen.lost = asyncio.get_running_loop().create_task(fails_later())
    screen.set_timer(0.1, screen.app.exit)


FAULTS: dict[str, Callable[[], None]] = {
    "record": lambda: _record(fails),
    "thread": lambda: _record(fails_in_a_thread),
    "let go": lambda: _record(fails_when_let_go),
    "interrupt": lambda: _record(interrupted),
    "compose": lambda: _today("compose", fails),
    "key": lambda: _today("action_library", fails),
    "timer": lambda: _today("on_show", lambda screen: screen.set_timer(0.01, fails)),
    "task": lambda: _today("on_show", _forget_a_task),
    "worker": _flow,
    "plan page": _plan_page,
}

if __name__ == "__main__":
    FAULTS[sys.argv.pop(1)]()
    sys.argv[0] = "reloadpt"
    from reloadpt.__main__ import main

    main()
