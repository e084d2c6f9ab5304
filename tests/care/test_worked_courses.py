"""Worked courses, for a therapist to read: whole weeks in a few signs (see ``diary``), and what they lead to."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from diary import Diary, phases, plan_for

LATE = time(23)
GOOD = "3/2s2 3/2s2 3/2s1 3/2s0 3/2s0 "
"""The first five days of somebody who starts with pain 3: reload opens on day 4."""
TO_8 = {"reset": 8, "activate": 8, "reload": 8, "perform": 8}
TO_4 = {"reset": 4, "activate": 4, "reload": 4, "perform": 4}


def lived(words: str, *targets: str, **plan: Any) -> Diary:
    """A patient with pain 3 at the start, unless it is said otherwise."""
    return Diary(plan_for(*(targets or ("multifidus:wake",)), **{"start_pain": 3} | plan)).live(words)


def phase_on(diary: Diary, day: int) -> str:
    """The phases at the end of a day."""
    return phases(diary.today(day, LATE))


def rules_on(diary: Diary, day: int) -> set[str]:
    """The rules that somebody is told by at the end of a day."""
    return {evidence.rule for evidence in diary.today(day, LATE).evidence}


def told_on(diary: Diary, day: int) -> set[str]:
    """The rules that the patient is told by at the end of a day."""
    return {concern.rule for concern in diary.today(day, LATE).concerns}


# A flare --------------------------------------------------------------------------------------------


def test_pain_3_then_a_week_at_7_then_3_again() -> None:
    """The two weeks for perform begin anew with the last bad day, and the phase goes one back."""
    diary = lived(f"{GOOD}{'3/2 ' * 7}{'7/7 ' * 7}{'3/2 ' * 24}")
    assert [phase_on(diary, day) for day in (12, 13)] == ["reload", "activate"], "the second bad day"
    assert all(phase_on(diary, day) != "perform" for day in range(12, 32))
    assert phase_on(diary, 32) == "perform", "two weeks after the last bad day, which was day 18"


def test_a_flare_in_perform_goes_one_phase_back_for_a_week_at_least() -> None:
    diary = lived(f"{GOOD}{'3/2 ' * 17}{'7/7 ' * 7}{'3/2 ' * 20}")
    assert [phase_on(diary, day) for day in (21, 22, 23)] == ["perform", "perform", "reload"]
    assert all(phase_on(diary, day) == "reload" for day in range(23, 36)), "until seven days after day 28"
    assert phase_on(diary, 36) == "perform"


def test_two_bad_mornings_alone_cost_a_week_and_a_higher_week_costs_two() -> None:
    """After two mornings at 5 the week's mean is no more than 1 above 3; after two at 7 it is."""
    short = lived(f"{GOOD}{'3/2 ' * 8}5 5 {'3/2 ' * 20}")
    assert [phase_on(short, day) for day in (13, 14, 18)] == ["reload", "activate", "reload"]
    assert [phase_on(short, day) for day in (21, 22)] == ["reload", "perform"], "seven days after day 14"
    higher = lived(f"{GOOD}{'3/2 ' * 8}7 7 {'3/2 ' * 20}")
    assert [phase_on(higher, day) for day in (27, 28)] == ["reload", "perform"], "two weeks after day 14"


@pytest.mark.parametrize(
    ("mornings", "phase"),
    [
        ("5 5", "activate"),  # two running, 2 above the start
        ("5 4 5", "reload"),  # not running, and two of seven
        ("4 4 4 4", "reload"),  # only 1 above
        ("5 3 5 3 5", "activate"),  # three in seven days
        ("5 3/2 3/2 5 3/2 3/2 5", "activate"),  # the first of them six days before
        ("5 3/2 3/2 5 3/2 3/2 3/2 5", "reload"),  # the first of them a week before
        ("5 - 5", "activate"),  # no other morning between, two days apart
        ("5 - - 5", "reload"),  # three days apart
    ],
)
def test_what_is_a_flare(mornings: str, phase: str) -> None:
    diary = lived(f"{GOOD}3/2 {mornings}")
    assert phase_on(diary, diary.next_day - 1) == phase


def test_mornings_within_48_hours_of_a_needling_are_no_flare() -> None:
    diary = lived(f"{GOOD}3/2 N5s1 5s1")
    assert "flare" not in " ".join(change.rule for _, change in diary.today(7, LATE).states.changes)
    assert phase_on(lived(f"{GOOD}3/2 N3s1 3s1 5s1 5s1"), 9) == "activate", "two days later they are"


def test_easy_days_by_themselves_change_nothing() -> None:
    diary = lived(f"{GOOD}{'3/2 3/2 3/2 4 ' * 5}")
    assert phase_on(diary, 24) == "perform"


def test_in_a_fixed_plan_a_flare_takes_no_phase_and_keeps_perform_closed() -> None:
    diary = lived(f"{GOOD}{'3/2 ' * 7}{'6/3 ' * 7}{'3/2 ' * 14}", progression="fixed")
    assert all(phase_on(diary, day) == "reload" for day in range(12, 32))
    assert phase_on(diary, 33) == "perform"


# Greens of a phase's own ------------------------------------------------------------------------------


def test_without_the_squeeze_the_pelvic_floor_earns_nothing_and_with_it_it_goes_on() -> None:
    weeks = f"3/2s2 3/2s1 3/2s0 3/2s0 {'3/2 ' * 10}"
    without = lived(weeks, "pelvic-floor-underactive:wake")
    assert phase_on(without, 13) == "activate"
    assert [told_on(without, 13), rules_on(without, 13)] == [set(), {"gate_waits"}], "the therapist alone"
    cleared = lived(weeks, "pelvic-floor-underactive:wake", cleared=["squeeze"])
    assert phase_on(cleared, 13) == "reload"
    assert rules_on(cleared, 13) == set()


def test_a_squeeze_that_is_cleared_late_begins_with_the_first_dose_of_its_earliest_phase() -> None:
    diary = lived(f"3/2s2 3/2s1 3/2s0 3/2s0 {'3/2 ' * 10}", "pelvic-floor-underactive:wake")
    diary.start(
        plan_for("pelvic-floor-underactive:wake", id="second", start_pain=3, cleared=["squeeze"]),
        diary.at(14),
    )
    due = diary.today(14)
    assert phases(due) == "activate"
    assert {item.exercise.partition("/")[2] for item in due.items} == {"long-squeeze", "quick-squeezes"}


def test_the_overactive_pelvic_floor_goes_on_by_breathing() -> None:
    diary = lived(f"3/2s2 3/2s1 3/2s0 3/2s0 {'3/2 ' * 6}", "pelvic-floor-overactive:calm", cannot=["floor"])
    assert phase_on(diary, 9) == "reload"


# Green above five, and below the plan's limit ---------------------------------------------------------


def test_constant_6_with_a_limit_of_8_is_in_reload_by_day_7() -> None:
    diary = lived(f"6/6s2 6/6s1 {'6/6s0 ' * 3}{'6/6 ' * 3}", start_pain=6, limits=TO_8)
    assert phase_on(diary, 7) == "reload"
    assert rules_on(diary, 7) == set()


def test_constant_6_without_a_limit_stays_and_the_therapist_hears_of_it_on_the_third_easy_day() -> None:
    diary = lived(f"6/2s2 6/2s1 {'6/2s0 ' * 3}{'6/2 ' * 3}", start_pain=6)
    assert "limit_needed" not in rules_on(diary, 2)
    assert {"limit_needed", "easy_run"} <= rules_on(diary, 3)
    assert told_on(diary, 3) == {"easy_run"}, "the patient is told one thing"
    assert phase_on(diary, 7) == "activate"


def test_no_limit_because_is_an_answer() -> None:
    diary = lived(f"6/2s2 6/2s1 {'6/2s0 ' * 6}", start_pain=6, no_limit="they are to stay below it")
    assert "limit_needed" not in rules_on(diary, 7)


@pytest.mark.parametrize(("start", "told"), [(5, set()), (6, {"see_first"}), (7, {"see_first"})])
def test_alone_with_pain_of_6_or_more_somebody_is_to_be_seen_first(start: int, told: set[str]) -> None:
    diary = lived(f"{start}/2s2 {start}/2s1 {start}/2s0", start_pain=start, made_by=None)
    assert told_on(diary, 2) == told


@pytest.mark.parametrize(("during", "outcome"), [(3, "green"), (4, "amber"), (5, "red")])
def test_a_limit_of_4_and_no_pain_before(during: int, outcome: str) -> None:
    """Green to 3, kept at 4, too much at 5."""
    diary = lived(f"0/0s2 0/{during}s1 0s1", start_pain=0, limits=TO_4)
    assert [judged.outcome for judged in diary.today(2).judgements.values()] == [outcome]


@pytest.mark.parametrize(("before", "during", "outcome"), [(6, 7, "green"), (6, 8, "amber"), (5, 6, "green")])
def test_with_a_stated_limit_a_day_can_be_good_above_5(before: int, during: int, outcome: str) -> None:
    diary = lived(f"{before}/0s2 {before}/{during}s1 {before}s1", start_pain=before, limits=TO_8)
    assert [judged.outcome for judged in diary.today(2).judgements.values()] == [outcome]


@pytest.mark.parametrize(("before", "during", "outcome"), [(4, 5, "green"), (5, 5, "green"), (5, 6, "amber")])
def test_without_a_stated_limit_no_day_is_good_above_5(before: int, during: int, outcome: str) -> None:
    diary = lived(f"{before}/0s2 {before}/{during}s1 {before}s1", start_pain=before)
    assert [judged.outcome for judged in diary.today(2).judgements.values()] == [outcome]


def steps_after(first_week: str, second_week: str) -> int:
    """The steps earned in the second of two weeks after reload opened, with a limit of 8."""
    start = "6/6s2 6/6s1 6/6s0 6/6s0 6/6s0 "
    diary = lived(f"{start}{first_week}{second_week}", start_pain=6, limits=TO_8)
    states = diary.today(diary.next_day, time(9)).states.muscles["multifidus:both"]
    return sum(states.steps.values())


def test_above_5_a_step_needs_mornings_no_higher_than_the_week_before() -> None:
    assert steps_after("6/6 " * 7, "6/6+ " * 7) > 0, "as high as before"
    assert steps_after("5/5 " * 7, "6/6+ " * 7) == 0, "a point higher"
    assert steps_after("6/6 " * 7, "5/5+ " * 7) > 0, "lower, and not above 5"


# Needled, away, held ----------------------------------------------------------------------------------


def test_needled_weekly_and_sore_for_a_day_or_two_still_reaches_perform() -> None:
    week = "N3/2s3 3/2s2 3/2s1 3/2s0 3/2s0 3/2s0 3/2s0 "
    diary = lived(week.removeprefix("N") + week * 4)
    reached = [day for day in range(35) if phase_on(diary, day) == "perform"]
    assert reached
    assert reached[0] <= 28
    assert all("held" not in rules_on(diary, day) for day in range(0, 35, 5))


def test_never_answers() -> None:
    """Nothing but activate opens, nobody guesses, and both are told once there are seven such days."""
    diary = lived(f"/s1 {'/ ' * 12}")
    assert all(phase_on(diary, day) == "activate" for day in range(1, 13))
    assert "no_numbers" not in rules_on(diary, 5)
    assert "no_numbers" in told_on(diary, 6)


def test_alone_it_goes_no_further_than_activate_and_that_is_nobody_s_fault() -> None:
    diary = lived(f"3/2s2 3/2s1 {'3/2s0 ' * 3}{'3/2 ' * 12}", made_by=None)
    assert phase_on(diary, 16) == "activate"
    assert rules_on(diary, 16) == set()


def test_64_hours_are_not_more_than_72() -> None:
    """Needled at 23:00; sore in the morning of the third day, which touches three dates."""
    diary = Diary(plan_for("multifidus:wake", start_pain=3))
    diary.needle(25, when=LATE)
    diary.rate(26, 3, 5, time(9))
    diary.rate(28, 3, 5, time(15))
    assert "sore_late" not in rules_on(diary, 28)
    diary.rate(28, 3, 5, LATE)
    assert "sore_late" in told_on(diary, 28), "72 hours to the minute"


def test_a_ceiling_on_purpose_is_told_to_nobody() -> None:
    diary = lived("3/2s0 " * 15, "multifidus:wake:ceiling=activate")
    assert phase_on(diary, 15) == "activate"
    assert rules_on(diary, 15) == set()


def test_a_pause_holds_nobody() -> None:
    diary = lived("3/1s2 3/1s1 3/1s0")
    diary.pause(3, 11)
    assert rules_on(diary, 12) == set()
    assert told_on(diary, 12) == set()


def test_on_holiday_nothing_is_missed_and_nobody_is_silent() -> None:
    diary = lived(f"{GOOD}{'3/2 ' * 3}")
    diary.pause(8, 23)
    assert not {"missed", "stalled", "dropped"} & rules_on(diary, 23)
    unsaid = lived(f"{GOOD}{'3/2 ' * 3}")
    assert "stalled" in told_on(unsaid, 23), "without a word it is"


def held_after(days: int) -> list[str]:
    """What is said of being held after so many days of exercise without a word on pain."""
    due = lived("3/s0 " * days).today(days, time(9))
    return [concern.text for concern in due.concerns if concern.rule == "held"]


def test_held_in_activate_says_what_keeps_it_there() -> None:
    """Ten whole days in activate, that of the needle left out."""
    assert held_after(10) == []
    sentence = (
        "Tell your therapist: low back (the deep muscles) has been in activate for 10 days, longer than is usual: pain "
        "was not said."
    )
    assert held_after(11) == [sentence]
