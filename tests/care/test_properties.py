"""What holds of every history: the same answer every time, no load for a bad answer, none for silence."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone
from typing import Any

import msgspec
from diary import DAY_0, LOW_BACK, Diary, phases, plan_for
from hypothesis import given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.care.following import FollowedDays, follow_days, keep_recent
from reloadpt.care.history import History
from reloadpt.care.muscle_state import MuscleStates
from reloadpt.care.today import Today
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    Cleared,
    ExerciseRated,
    Item,
    Needled,
    SessionClosed,
    SetDone,
)
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


ZONES = st.integers(-10, 12).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.tuples(st.integers(0, 18), st.integers(0, 23), ZONES).map(
    lambda told: datetime.combine(DAY_0.date() + timedelta(days=told[0]), time(told[1]), told[2])
)
FOR_DAYS = st.none() | st.integers(0, 16).map(lambda day: (DAY_0.date() + timedelta(days=day)).isoformat())


@st.composite
def odd_entries(draw: st.DrawFn) -> tuple[datetime, AnyEvent]:
    """An entry that may stand anywhere: told later, of a session long ago or never opened, after a journey."""
    session = f"2026-11-{draw(st.integers(2, 16)):02}.1"
    of_set = {
        "session": session,
        "exercise": draw(st.sampled_from(["multifidus/prone-multifidus-hold", "x/y"])),
    }
    event: AnyEvent = draw(
        st.one_of(
            st.builds(CheckedIn, when=st.just("morning"), pain=PAIN, for_day=FOR_DAYS),
            st.builds(
                SetDone,
                **{name: st.just(value) for name, value in of_set.items()},
                set=st.just(1),
                for_day=FOR_DAYS,
            ),
            st.builds(ExerciseRated, **{name: st.just(value) for name, value in of_set.items()}, pain=PAIN),
            st.builds(SessionClosed, session=st.just(session), how=st.just("finished"), worst=PAIN),
            st.builds(Needled, muscle=st.just("multifidus"), needled_at=MOMENTS),
            st.builds(Cleared, code=st.just("talked")),
        )
    )
    return draw(MOMENTS), event


@FEW
@given(DAYS, st.lists(odd_entries(), max_size=8), st.lists(MOMENTS, min_size=2, max_size=8))
def test_days_followed_once_for_many_moments_are_as_followed_for_each(
    days: str, odd: list[tuple[datetime, AnyEvent]], moments: list[datetime]
) -> None:
    diary = lived(days)
    for at, event in odd:
        diary.write(at, event)
    followed = FollowedDays(diary.history)
    for at in moments:
        assert followed.states_at(at) == follow_days(diary.history, at)


def test_a_day_whose_next_morning_is_still_open_is_followed_again() -> None:
    diary = lived("3/2s1 3/2s1 3/2s1 -")
    followed = FollowedDays(diary.history)
    rules = [
        [judgement.rule for judgement in followed.states_at(diary.at(day)).judgements] for day in (5, 4, 5)
    ]
    without_morning = ["within", "within", "no_morning", "no_morning"]
    assert rules == [without_morning, ["within", "within"], without_morning]


def test_a_session_that_was_closed_days_later_is_open_until_two_days_after_that() -> None:
    diary = lived("3/2s1 3/2s1 3/2s1 -")
    diary.write(diary.at(6), SessionClosed(session=diary.history.last_opened().session, how="finished"))  # type: ignore[union-attr]
    followed = FollowedDays(diary.history)
    for day in (9, 6, 8, 7):
        assert followed.states_at(diary.at(day)) == follow_days(diary.history, diary.at(day))


def test_sets_told_later_are_open_for_two_days_after_their_own() -> None:
    diary = lived("3s1 3s1 3s1")
    of_day_2 = (DAY_0 + timedelta(days=2)).date().isoformat()
    exercise = diary.today(2).items[0].exercise
    diary.write(diary.at(2), SetDone(session=f"{of_day_2}.9", exercise=exercise, set=1, for_day=of_day_2))
    diary.write(diary.at(2), ExerciseRated(session=f"{of_day_2}.9", exercise=exercise, pain=2))
    followed = FollowedDays(diary.history)
    for day in (5, 4, 3, 2):
        assert followed.states_at(diary.at(day)) == follow_days(diary.history, diary.at(day))


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
