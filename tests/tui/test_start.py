"""The start of the app: what it does without, it takes up again."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app_runs import HandClock, home_with_plan, running, until
from reloadpt.tui.kit.keyboard import KEYBOARD

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


def imported_with(module: str) -> set[str]:
    """The modules of screens that a fresh process has after importing ``module``."""
    listing = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listing], check=True, capture_output=True, text=True)
    return {scope.module for scope in KEYBOARD if f"reloadpt.tui.{scope.module}" in done.stdout.split()}


def test_of_all_screens_the_start_imports_the_first_alone() -> None:
    assert imported_with("reloadpt.tui.patient.app") == {"patient.today"}


def test_screens_that_another_one_imports_are_seen() -> None:
    assert {"patient.settings", "asks.words"} <= imported_with("reloadpt.tui.patient.settings")
