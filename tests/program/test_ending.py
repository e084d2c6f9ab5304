"""A plan lasts as long as its longest programme, unless it says otherwise."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from reloadpt.care.record import Record
from reloadpt.program.ending import with_usual_end
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, make_plan, parse_target
from reloadpt.program.plan import Plan

LIBRARY = Library()
AT = datetime(2026, 11, 2, 9, tzinfo=timezone(timedelta(hours=1)))


def plan_of(*targets: str) -> Plan:
    return make_plan(
        patient="A-17",
        targets=tuple(parse_target(target, AT, LIBRARY) for target in targets),
        answers=ScreeningAnswers.parse(["all=no"]),
        at=AT,
        made_by="the clinic",
    )


@pytest.mark.parametrize(
    ("targets", "ends"),
    [
        (("multifidus:wake",), date(2026, 12, 14)),
        (("pelvic-floor-underactive:wake",), date(2027, 1, 25)),
        (("multifidus:wake", "pelvic-floor-overactive:calm"), date(2027, 1, 25)),
    ],
)
def test_a_plan_lasts_as_long_as_its_longest_programme(targets: tuple[str, ...], ends: date) -> None:
    assert with_usual_end(plan_of(*targets), LIBRARY).over_at.date() == ends


def test_what_the_plan_says_stays() -> None:
    stated = dataclasses.replace(plan_of("pelvic-floor-underactive:wake"), ends=AT + timedelta(days=3))
    assert with_usual_end(stated, LIBRARY).ends == AT + timedelta(days=3)


def test_it_stands_in_the_journal_so_that_figures_need_no_programme(tmp_path: Path) -> None:
    record = Record.open(tmp_path / "journal.jsonl", AT, LIBRARY)
    record.start_plan(plan_of("pelvic-floor-underactive:wake"), AT)
    again = Record.open(tmp_path / "journal.jsonl", AT)
    assert again.plan
    assert again.plan.over_at.date() == date(2027, 1, 25)
