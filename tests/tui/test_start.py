"""The start of the app: what it does without, it takes up again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app_runs import HandClock, home_with_plan, running, until

MORNING = datetime.fromisoformat("2026-11-22T09:00:00+01:00")


@pytest.fixture
def not_collecting() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.usefixtures("not_collecting")
async def test_garbage_is_collected_from_the_first_frame_on(tmp_path: Path) -> None:
    async with running(home_with_plan(tmp_path), HandClock(MORNING)) as (_, pilot):
        await until(pilot, gc.isenabled, "garbage is collected")
        assert gc.get_freeze_count() > 0


async def test_who_collects_anyway_freezes_nothing(tmp_path: Path) -> None:
    async with running(home_with_plan(tmp_path), HandClock(MORNING)) as (_, pilot):
        await pilot.pause()
        assert gc.isenabled()
        assert gc.get_freeze_count() == 0
