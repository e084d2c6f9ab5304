"""The clinic's numbers stand whole on Today, however wide the window is and whatever stands beside them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app_runs import NEEDLED, HandClock, home_with_plan, low_back_plan, running, text_of
from plain_runs import MORNING
from reloadpt.program.plan import Contact


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


FIRST_DAY = NEEDLED + timedelta(hours=1)
"""When it is also said what comes then, in the same line."""


@pytest.mark.parametrize(
    ("size", "at"),
    [(size, MORNING) for size in ((43, 40), (60, 30), (80, 24), (100, 30), (120, 40), (200, 50))]
    + [(size, FIRST_DAY) for size in ((80, 26), (100, 30), (120, 40), (200, 50))],
)
async def test_no_number_is_cut(tmp_path: Path, size: tuple[int, int], at: datetime) -> None:
    contact = Contact(
        clinic="The practice by the old river mill",
        phone="01632 960017",
        out_of_hours="01632 960018",
        emergency="112",
    )
    home = home_with_plan(tmp_path, low_back_plan(contact=contact))
    async with running(home, HandClock(at), size) as (app, _):
        shown = digits(text_of(app))
    assert "01632960017" in shown
    assert "01632960018" in shown
