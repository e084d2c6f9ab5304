"""What is due on a day: one answer, which Today deals from and the journal holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import msgspec
import pytest
from diary import LIBRARY, Diary, plan_for

import reloadpt
from lives import BERLIN, Life
from reloadpt.care.due import due_on
from reloadpt.care.record import Record
from reloadpt.journal.entries import write_entry
from reloadpt.journal.events import (
    CheckedIn,
    Cleared,
    Due,
    FlagRaised,
    Needled,
    Note,
    SessionOpened,
    SetDone,
    Shared,
)
from reloadpt.measures.planned import planned_days
from sample_logs import NEEDLED, Patient

SOURCE = Path(reloadpt.__file__).parent
BEGINS = datetime(2026, 9, 28, 10, 0, tzinfo=BERLIN)
EVENING = time(18)


def due_of(diary: Diary, day: int, when: time = time(10)) -> Due:
    return due_on(diary.plan, LIBRARY, diary.history, diary.at(day, when))


def rounds(due: Due) -> dict[str, int]:
    return {item.exercise.partition("/")[2]: item.times for item in due.items}


# By the rule ----------------------------------------------------------------------------------------------


def test_today_deals_what_is_due_less_what_was_done() -> None:
    diary = Diary(plan_for("multifidus:wake"))
    due = due_of(diary, 2)
    assert rounds(due) == {"prone-multifidus-hold": 2, "prone-opposite-arm-lift": 1}
    assert {item.exercise for item in diary.exercise(2)} == {item.exercise for item in due.items}
    assert [item.exercise for item in diary.today(2, EVENING).items] == ["multifidus/prone-multifidus-hold"]
    assert due_of(diary, 2, EVENING) == due, "what is done does not change what was due"
    diary.exercise(2, when=EVENING)
    assert diary.today(2, time(22)).items == ()


def test_two_rounds_of_a_day_are_two_hours_apart() -> None:
    diary = Diary(plan_for("multifidus:wake"))
    diary.exercise(2)
    assert diary.today(2, time(12, 5)).items == ()
    assert diary.today(2, time(12, 15)).items != ()
    assert diary.today(2, time(11)).next_at == diary.at(2, time(12, 10))


def test_what_the_cap_leaves_out_is_not_due_and_is_counted() -> None:
    targets = ("multifidus:wake", "lumbar-paraspinals:calm", "gluteus-medius:wake")
    whole, capped = (due_of(Diary(plan_for(*targets, most_exercises=most)), 2) for most in (12, 2))
    assert (whole.left_out, capped.left_out > 0) == (0, True)
    sessions = max(item.times for item in whole.items)
    assert sum(item.times for item in capped.items) == 2 * sessions < sum(item.times for item in whole.items)
    diary = Diary(plan_for(*targets, most_exercises=2))
    dealt = 0
    for hour in range(6, 23):
        dealt += len(diary.exercise(2, when=time(hour)))
    assert dealt == sum(item.times for item in capped.items), "and Today deals no more than that"


def test_an_exercise_that_was_stopped_is_offered_again_that_day_unless_it_hurt() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.at = BEGINS + timedelta(days=2)
    items = life.opens().items
    life.session(items, sets=1)
    assert {item.exercise for item in items} - {item.exercise for item in life.today().items} <= {
        items[0].exercise
    }
    assert items[-1].exercise in {item.exercise for item in life.today().items}


def test_an_occasion_stands_open_until_it_is_done_or_the_next_begins() -> None:
    doses = [{"exercise": "multifidus/prone-multifidus-hold", "often": {"times": 3, "per": "week"}},
             {"exercise": "multifidus/prone-opposite-arm-lift", "omit": True}]  # fmt: skip
    diary = Diary(plan_for("multifidus:wake", doses=doses))
    diary.exercise(1)
    since = [[item.since[-2:] for item in due_of(diary, day).items] for day in range(2, 9)]
    assert since == [[], [], ["06"], ["06"], ["08"], ["08"], ["10"]], (
        "three a week are three days apart, then two"
    )


@pytest.mark.parametrize(
    ("times", "per", "asked"),
    [(1, "two_days", [1, 0, 1, 0, 1]), (2, "two_days", [1, 1, 1, 1, 1]), (3, "two_days", [2, 1, 2, 1, 2]),
     (1, "needling", [1, 0, 0, 0, 0]), (2, "day", [2, 2, 2, 2, 2])],
)  # fmt: skip
def test_how_many_rounds_a_day_asks_for(times: int, per: str, asked: list[int]) -> None:
    doses = [{"exercise": "multifidus/prone-multifidus-hold", "often": {"times": times, "per": per}},
             {"exercise": "multifidus/prone-opposite-arm-lift", "omit": True}]  # fmt: skip
    diary = Diary(plan_for("multifidus:wake", doses=doses))
    found = []
    for day in range(1, 6):
        found.append(sum(item.times for item in due_of(diary, day).items))
        for hour in (10, 13, 16):
            diary.exercise(day, when=time(hour))
    assert found == asked


def test_where_nothing_can_be_dealt_the_day_says_for_which_muscle_and_why() -> None:
    omit = [{"exercise": each.id, "omit": True} for each in LIBRARY.programme("multifidus").exercises]
    due = due_of(Diary(plan_for("multifidus:wake", doses=omit)), 2)
    assert (due.standing, due.items) == ("nothing_possible", ())
    assert [(nothing.muscle, bool(nothing.why)) for nothing in due.nothing] == [("multifidus", True)]


def test_the_day_a_plan_begins_and_that_of_a_needling_are_as_dealt() -> None:
    diary = Diary(plan_for("multifidus:wake"))
    diary.needle(3)
    assert [due_of(diary, day).standing for day in range(5)] == [
        "as_dealt", "planned", "planned", "as_dealt", "planned",
    ]  # fmt: skip


# As it is written down ------------------------------------------------------------------------------------


def written(life: Life) -> list[str]:
    """The kinds of the entries, those of what was due with their day of the month and standing."""
    events = [entry.event for entry in life.record.journal.entries()]
    return [
        f"due {event.day[-2:]} {event.standing}" if isinstance(event, Due) else str(entry.kind)
        for event, entry in zip(events, life.record.journal.entries(), strict=True)
    ]


def test_it_stands_before_the_first_session_of_a_day_after_the_check_in() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.day(BEGINS + timedelta(days=2))
    kinds = written(life)
    assert kinds.index("checked_in") < kinds.index("due 30 planned") < kinds.index("session_opened")
    assert kinds.count("due 30 planned") == 1, "and once, however many sessions follow"
    assert kinds.index("due 29 planned") < kinds.index("checked_in"), "the day before was never opened"


def test_it_is_written_with_what_it_comes_with_and_never_alone() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.at = BEGINS + timedelta(days=4)
    life.today()
    assert written(life) == ["log_opened", "plan_started"], "looking writes nothing"
    life.writes(Note(text="Slept badly."))
    assert written(life)[2:] == ["due 29 planned", "due 30 planned", "due 01 planned", "note"]
    life.writes(Note(text="And again."))
    assert written(life)[-1] == "note"


def test_a_report_tells_what_was_due_up_to_the_day_that_it_is_made() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.at = BEGINS + timedelta(days=2)
    life.writes(Shared(through=1))
    assert written(life)[2:] == ["due 29 planned", "due 30 planned", "shared"]


def test_what_is_told_for_today_brings_what_was_due_today() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.at = BEGINS + timedelta(days=1)
    life.writes(SetDone(session="2026-09-29.1", exercise="multifidus/bridge", set=1, source="back_filled"))
    assert written(life)[2:] == ["due 29 planned", "set_done"]


def test_a_day_that_became_easy_after_its_first_session_is_as_dealt() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    morning = BEGINS + timedelta(days=2)
    life.day(morning, most=1)
    life.at = morning + timedelta(hours=6)
    life.writes(CheckedIn(when="before", pain=9))
    due = life.today()
    life.session(due.items)
    assert [kind for kind in written(life) if kind.startswith("due 30")] == [
        "due 30 planned",
        "due 30 as_dealt",
    ]


def test_the_day_before_is_looked_at_once_more() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.day(BEGINS + timedelta(days=1, hours=-2), most=1)
    life.at = BEGINS + timedelta(days=2, hours=-1)
    life.writes(Note(text="Good morning."))
    assert "due 29 as_dealt" in written(life), "activate opened at half past nine, after the only session"


@pytest.mark.parametrize("hour", [12, 30])
def test_a_lock_that_ended_leaves_its_days_locked(hour: int) -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.day(BEGINS + timedelta(days=2), most=1)
    life.writes(FlagRaised(code="SI", advice="Call."))
    life.at = BEGINS.replace(hour=0) + timedelta(days=2, hours=hour)
    life.writes(Cleared(code="SI", by="the clinic", seen_at="2026-09-30"))
    life.at = BEGINS + timedelta(days=5)
    life.writes(Note(text="Well again."))
    last = {kind.split()[1]: kind.split()[2] for kind in written(life) if kind.startswith("due")}
    assert last["30"] == "locked"
    assert last.get("01") == ("locked" if hour > 24 else "planned")
    assert last["02"] == "planned"


def test_what_another_window_wrote_meanwhile_is_reckoned_in(tmp_path: Path) -> None:
    patient = Patient(tmp_path / "journal.jsonl")
    at = NEEDLED + timedelta(days=2)
    other = Record.open(patient.path, at, LIBRARY)
    patient.session(at)
    other.append([CheckedIn(when="before", pain=9)], at)
    other.append([Note(text="Later.")], at + timedelta(hours=1))
    dues = [entry.event for entry in other.journal.entries() if isinstance(entry.event, Due)]
    assert {due.day: due.standing for due in dues} == {"2026-11-21": "planned", "2026-11-22": "planned"}
    assert sum(isinstance(entry.event, SessionOpened) for entry in other.journal.entries()) == 1


# One answer -----------------------------------------------------------------------------------------------

TELLERS = {
    "program/exercise_words.py", "program/typed.py", "program/programme.py", "tui/plan/doses.py",
    "tui/plan/draft.py", "share/handout.py", "share/fhir.py", "share/rows.py", "journal/events.py",
}  # fmt: skip
"""What only names how often something is meant: words, forms, columns, and the boxes of the handout."""


def deciders(source: str) -> Iterator[str]:
    """The functions of a module that decide by the name of a frequency."""
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef) and any(
            isinstance(node, ast.Constant) and node.value in ("two_days", "needling")
            for node in ast.walk(function)
        ):
            yield function.name


def test_one_function_says_whether_something_is_due() -> None:
    found = {
        f"{path.relative_to(SOURCE)}:{name}"
        for path in SOURCE.rglob("*.py")
        if str(path.relative_to(SOURCE)) not in TELLERS
        for name in deciders(path.read_text(encoding="utf-8"))
    }
    assert found == {
        "care/candidates.py:occasion", "care/candidates.py:_opened", "measures/planned.py:_is_open_after",
    }  # fmt: skip


def test_a_second_answer_would_be_found() -> None:
    second = "def is_due(often, last, day):\n    return often.per == 'two_days' and (day - last).days > 1\n"
    assert list(deciders(second)) == ["is_due"]


def test_the_figures_ask_no_programme() -> None:
    rooms = [
        *(SOURCE / "measures").glob("*.py"),
        *(SOURCE / "share").glob("*.py"),
        *(SOURCE / "clinic").glob("*.py"),
    ]
    asking = {path.name for path in rooms if "program.library" in path.read_text(encoding="utf-8")}
    assert asking <= {
        "handout.py",
        "calendar.py",
        "sending.py",
        "exporting.py",
        "deidentify.py",
        "next_plan.py",
        "review_pack.py",
    }, (
        "what is printed for a plan or a programme, the report that writes down what was due, what may be told by name"
    )


# After it was written down --------------------------------------------------------------------------------


@pytest.mark.parametrize("happens", ["needled", "a new plan"])
def test_a_report_in_the_morning_does_not_hold_a_day_that_changes_after_it(happens: str) -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.at = BEGINS + timedelta(days=3, hours=-2)
    life.shares()
    assert [due.standing for due in life.record.history.dues.values()][-1] == "planned"
    life.at += timedelta(hours=2)
    if happens == "needled":
        life.writes(Needled(muscle="multifidus", side="both", needled_at=life.at, stim=False))
    else:
        life.starts(["gluteus-medius:calm"])
    life.day(BEGINS + timedelta(days=4))
    life.at += timedelta(days=1)
    days = {day.day.isoformat(): day for day in planned_days(life.shares())}
    assert life.record.history.dues["2026-10-01"].standing == "as_dealt"
    assert "2026-10-01" not in days or not days["2026-10-01"].sessions, (
        "nothing was dealt, so nothing is missed"
    )


def test_a_day_that_is_looked_at_again_is_reckoned_by_the_plan_it_had() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    for day in (1, 2):
        life.day(BEGINS + timedelta(days=day), most=2 if day == 1 else 1)
    before = life.record.history.dues["2026-09-30"]
    life.at = BEGINS + timedelta(days=3)
    life.starts(["gluteus-medius:calm"])
    life.day(BEGINS + timedelta(days=4))
    assert life.record.history.dues["2026-09-30"] == before


def test_a_clock_that_stood_ahead_once_ends_no_plan_that_begins_after() -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    life.at = BEGINS + timedelta(days=90)
    life.shares()
    assert max(life.record.history.dues.values(), key=lambda due: due.day).standing == "over"
    life.at = BEGINS + timedelta(days=4)
    life.starts(["gluteus-medius:wake"])
    life.day(BEGINS + timedelta(days=5))
    life.at += timedelta(days=1)
    life.shares()
    assert {item.muscle for item in life.record.history.dues["2026-10-03"].items} == {"gluteus-medius"}


# Of another hand ------------------------------------------------------------------------------------------

FAIR: dict[str, object] = {
    "exercise": "multifidus/hold", "name": "Hold", "muscle": "multifidus", "sides": ["both"], "phase": "activate",
    "intent": "wake", "sets": 2, "times": 1, "since": "2026-09-30", "often": {"times": 1, "per": "day"},
}  # fmt: skip
ODD: list[dict[str, object]] = [
    {"day": "2026-02-30"},
    {"day": "0000-00-00"},
    {"day": "٢٠٢٦-٠٩-٣٠"},
    {"day": "2026-09-30\n"},
    {"day": "1992-06-01"},
    {"day": "9999-01-01"},
    {"day": "2026-10-01"},
    {"items": [FAIR | {"since": "2026-02-30"}]},
    {"items": [FAIR | {"since": "9999-12-31"}]},
    {"items": [FAIR | {"sides": []}]},
    {"items": [FAIR | {"sides": ["both", "both"]}]},
    {"items": [FAIR, FAIR]},
]


@pytest.mark.parametrize("odd", [{}, *ODD], ids=str)
def test_what_cannot_have_been_due_is_counted_as_not_understood(odd: dict[str, object]) -> None:
    life = Life(BEGINS, ["multifidus:wake"])
    at = BEGINS + timedelta(days=2)
    body = {"kind": "due", "day": "2026-09-30", "standing": "planned", "items": [FAIR]} | odd
    try:
        event = msgspec.convert(body, Due)
    except msgspec.ValidationError:
        return
    life.at = at
    life.record.history.fold([write_entry(life.record.history.entries, "0" * 32, at, event)])
    assert life.record.history.not_understood == (1 if odd else 0)
    assert ("2026-09-30" in life.record.history.dues) == (not odd)
    life.at += timedelta(days=1)
    assert life.today() is not None, "and the program goes on"
