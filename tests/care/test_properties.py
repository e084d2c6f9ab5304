"""What holds of every history: the same answer every time, no load for a bad answer, none for silence."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from diary import LOW_BACK, Diary, phases, plan_for
from hypothesis import given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.care.following import follow_days, keep_recent
from reloadpt.care.history import History
from reloadpt.care.muscle_state import MuscleStates
from reloadpt.care.today import Today
from reloadpt.journal.events import Item
from reloadpt.program.programme import PHASES

PAIN = st.integers(0, 8)
SORE = st.integers(0, 6)
ROOM = st.sampled_from(["", "+", "x"])


@st.composite
def words(draw: st.DrawFn) -> str:
    """One day of a patient, as ``diary`` writes it."""
    kind = draw(st.sampled_from(["full", "full", "full", "silent", "morning", "nothing", "needled"]))
    if kind == "nothing":
        return "-"
    if kind == "silent":
        return "/"
    pain = draw(PAIN)
    sore = f"s{draw(SORE)}" if draw(st.booleans()) else ""
    if kind == "morning":
        return f"{pain}{sore}"
    needled = "N" if kind == "needled" else ""
    return f"{needled}{pain}/{draw(PAIN)}{draw(ROOM)}{sore}"


DAYS = st.lists(words(), min_size=3, max_size=14).map(" ".join)
FEW = tries(25)


def lived(days: str, **plan: Any) -> Diary:
    return Diary(plan_for(*LOW_BACK, start_pain=3, **plan)).live(days)


def work(item: Item) -> int:
    """How much an item is: sets by repetitions by seconds."""
    seconds = sum(int(part) for part in item.tempo.split("-")) if item.tempo else item.hold_s
    return item.sets * item.reps * max(seconds, 1)


def furthest(due: Today) -> dict[str, int]:
    return {muscle: PHASES.index(now.phase) for muscle, now in due.phases.items()}


@FEW
@given(DAYS)
def test_the_same_history_always_gives_the_same_today_and_is_not_changed(days: str) -> None:
    diary = lived(days)
    before = msgspec.json.encode(diary.history)
    assert diary.today(diary.next_day) == diary.today(diary.next_day)
    assert msgspec.json.encode(diary.history) == before
    diary.history = msgspec.json.decode(before, type=History)
    assert diary.today(diary.next_day) == diary.today(diary.next_day)


def remembered(states: MuscleStates) -> MuscleStates:
    """The standings without what is told only of the days just followed."""
    return msgspec.structs.replace(states, judgements=[], changes=[], through=None)


@FEW
@given(DAYS, DAYS, st.integers(2, 6))
def test_what_was_kept_and_the_rest_give_the_same_as_all_days(first: str, then: str, days_kept: int) -> None:
    diary = lived(first)
    begun = len(diary.entries)
    diary.live(then)
    kept = History()
    kept.fold(diary.entries[:begun])
    for entries in (diary.entries[begun : begun + 7], diary.entries[begun + 7 :]):
        keep_recent(kept, days_kept)
        kept.fold(entries)
    assert not kept.reaches_back
    at = diary.at(diary.next_day)
    assert remembered(follow_days(kept, at)) == remembered(follow_days(diary.history, at))


@FEW
@given(DAYS, PAIN, PAIN, PAIN, PAIN, SORE, SORE)
def test_a_worse_answer_never_leads_to_more(
    days: str, during: int, morning: int, during_more: int, morning_more: int, sore: int, sore_more: int
) -> None:
    better = lived(f"{days} 2/{during} {morning}s{sore}")
    worse_during, worse_morning = max(during, during_more), max(morning, morning_more)
    worse = lived(f"{days} 2/{worse_during} {worse_morning}s{max(sore, sore_more)}")
    day = better.next_day - 1
    good, bad = better.today(day), worse.today(day)
    assert all(furthest(bad)[muscle] <= furthest(good)[muscle] for muscle in furthest(good))
    doses = {item.exercise: work(item) for item in good.items}
    for item in bad.items:
        assert work(item) <= doses.get(item.exercise, work(item))


@FEW
@given(st.lists(st.sampled_from(["/", "-", "/+", "s1", "/s0"]), min_size=3, max_size=20).map(" ".join))
def test_no_response_no_progression(days: str) -> None:
    diary = lived(days)
    due = diary.today(diary.next_day)
    assert set(phases(due).split()) <= {"reset", "activate"}
    for item in due.items:
        dose = diary.today(1).states.muscles[f"{item.muscle}:both"]
        assert dose.steps == {}


@FEW
@given(DAYS)
def test_doses_stay_within_their_bounds_and_phases_below_the_ceiling(days: str) -> None:
    diary = Diary(plan_for("lumbar-paraspinals:calm:ceiling=activate", "multifidus:wake", start_pain=3))
    diary.live(f"3/2s2 3/2s2 3/2s1 3/2s1 {days}")
    due = diary.today(diary.next_day)
    assert due.phases["lumbar-paraspinals"].phase in ("reset", "activate")
    for item in due.items:
        assert item.sets <= 4
        assert item.reps <= 15
        assert item.hold_s <= 45
        assert item.why
        assert re.findall(r"\.(?!\d)", item.why) == ["."], "one sentence"
        assert not {"red", "amber", "fail"} & {word.strip(".,:;") for word in item.why.lower().split()}
