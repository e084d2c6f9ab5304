"""After-care by the clock: what to do and what to leave alone in the hours after a needling, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from reloadpt import wording
from reloadpt.care.days import latest_needlings
from reloadpt.care.history import History
from reloadpt.files import Trouble
from reloadpt.phrases import moment_phrase
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan

Window = Literal["0-2", "2-24", "24-72", "72"]
"""Hours after the needle."""
ENDS: tuple[tuple[Window, timedelta], ...] = (
    ("0-2", timedelta(hours=2)),
    ("2-24", timedelta(hours=24)),
    ("24-72", timedelta(hours=72)),
    ("72", timedelta(days=7)),
)


class Aftercare(msgspec.Struct, frozen=True):
    """What holds now: sentences on what to do, what to avoid, and one note; ``ends_at`` is when it changes."""

    window: Window
    needled_at: datetime
    ends_at: datetime
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    note: str


def aftercare(
    plan: Plan, library: Library, history: History, at: datetime, *, exercises: bool = True
) -> Aftercare | None:
    """The after-care at ``at``, by the newest needling; None when all windows are over.

    Without ``exercises``, on a day that is closed to them, nothing asks for them.
    """
    newest = {muscle: moment for muscle, moment in latest_needlings(plan, history).items() if moment <= at}
    if not newest:
        return None
    needled_at = max(newest.values())
    for window, lasts in ENDS:
        if at - needled_at < lasts:
            avoid = [sentence() for sentence in wording.AFTERCARE_AVOID[window]]
            return Aftercare(
                window=window,
                needled_at=needled_at,
                ends_at=needled_at + lasts,
                do=what_to_do(window, exercises=exercises),
                avoid=(*avoid, *_of_muscles(newest, library, at)),
                note=wording.addressed(wording.AFTERCARE_NOTE[window](), alone=plan.self_made),
            )
    return None


def what_to_do(window: Window, *, exercises: bool = True) -> tuple[str, ...]:
    """What to do in a window, the exercises first."""
    asked = wording.AFTERCARE_EXERCISES.get(window) if exercises else None
    return (*([asked()] if asked else []), *(sentence() for sentence in wording.AFTERCARE_DO[window]))


def _of_muscles(newest: dict[str, datetime], library: Library, at: datetime) -> list[str]:
    """What the programmes themselves ask to leave alone, each with its end."""
    found: dict[str, datetime] = {}
    for muscle, needled_at in newest.items():
        try:
            programme = library.programme(muscle)
        except Trouble:
            continue
        for avoid in programme.avoid:
            until = needled_at + timedelta(hours=avoid.hours)
            if at < until:
                what = avoid.what[:1].lower() + avoid.what[1:]
                found[what] = max(until, found.get(what, until))
    return [
        wording.AFTERCARE_UNTIL(what=what, until=moment_phrase(until, at).removeprefix("on "))
        for what, until in found.items()
    ]
