from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_overview import rows

from reloadpt.clinic.choosing import SHOWN, SORTS, chosen_rows
from reloadpt.clinic.overview import PatientRow
from reloadpt.tui.clinic.patient_rows import column_heads, row_line, sparkline, time_ago, time_ahead
from sample_logs import at, dues, rated, sat, sent

EVERYBODY, WORST = next(iter(SHOWN)), next(iter(SORTS))


@pytest.fixture
def three(tmp_path: Path) -> list[PatientRow]:
    every_day = [each for day in range(6) for each in sat(day)]
    return rows(
        tmp_path,
        7,
        steady=[*every_day, rated(0, 5), rated(5, 2), sent(6)],
        flare=[*every_day, rated(4, 8), rated(5, 8), sent(6)],
        missing=[*sat(0), rated(0, 4), *dues(1, 5), sent(6)],
    )


def names(found: list[PatientRow]) -> list[str]:
    return [row.patient.summary.patient for row in found]


def test_every_word_must_stand_in_alias_muscle_or_alert(three: list[PatientRow]) -> None:
    assert names(chosen_rows(three, "", EVERYBODY, WORST)) == names(three)
    assert names(chosen_rows(three, "STEA", EVERYBODY, WORST)) == ["steady"]
    assert names(chosen_rows(three, "multifidus flare", EVERYBODY, WORST)) == ["flare"]
    assert names(chosen_rows(three, "pain_high", EVERYBODY, WORST)) == ["flare"]
    assert names(chosen_rows(three, "multifidus nobody", EVERYBODY, WORST)) == []


def test_what_is_shown_and_the_order_follow_the_figures(three: list[PatientRow]) -> None:
    assert names(chosen_rows(three, "", "needing me this week", WORST)) == ["missing", "flare"]
    assert names(chosen_rows(three, "", "doing less than 80 %", WORST)) == ["missing"]
    assert names(chosen_rows(three, "", "with pain worth-having better", WORST)) == ["steady"]
    assert names(chosen_rows(three, "", EVERYBODY, "alias")) == ["flare", "missing", "steady"]
    assert names(chosen_rows(three, "", EVERYBODY, "pain highest")) == ["flare", "missing", "steady"]
    assert names(chosen_rows(three, "", EVERYBODY, "done least"))[0] == "missing"
    assert names(chosen_rows(three, "", EVERYBODY, "longest unseen"))[0] == "missing"


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("shown", SHOWN)
def test_every_order_takes_patients_without_figures(tmp_path: Path, sort: str, shown: str) -> None:
    found = rows(tmp_path, 7, empty=[], other=[rated(0, 4)])
    assert set(names(chosen_rows(found, "", shown, sort))) <= {"empty", "other"}


@pytest.mark.parametrize("width", [10, 20, 40, 76, 116, 300])
def test_a_row_is_never_wider_than_it_may_be(three: list[PatientRow], width: int) -> None:
    for row in three:
        line = row_line(row, at(7).date(), width)
        assert "\n" not in line.plain
    assert column_heads(width).cell_length <= width


def test_the_row_says_level_share_pain_and_a_change_worth_having(three: list[PatientRow]) -> None:
    told = {row.patient.summary.patient: row_line(row, at(7).date(), 116).plain for row in three}
    assert told["flare"].startswith("this week")
    assert "−2 better" in told["steady"]
    assert "100%" in told["steady"]
    assert "better" not in told["flare"]


def test_the_small_line_of_pain_has_a_cell_a_day() -> None:
    line = ((date(2026, 11, 1), 0), (date(2026, 11, 2), 5), (date(2026, 11, 5), 10))
    assert sparkline(line, 28) == "▁▅··█"
    assert sparkline(line, 3) == "··█"
    assert sparkline((), 28) == ""


def test_days_are_told_as_a_person_does() -> None:
    today = at(7).date()
    assert (
        time_ago(at(7), today),
        time_ago(at(6), today),
        time_ago(at(1), today),
        time_ago(None, today),
    ) == (
        "today",
        "1 day",
        "6 days",
        "",
    )
    assert time_ahead(at(9).isoformat(), today) == "in 2 d"
    assert time_ahead(at(5).isoformat(), today) == "2 d ago"
    assert [time_ahead(at(day).isoformat(), today, short=False) for day in (5, 6, 7, 8, 9)] == [
        "2 days ago",
        "1 day ago",
        "today",
        "in 1 day",
        "in 2 days",
    ]
    assert time_ahead("nonsense", today) == time_ahead(None, today) == ""
