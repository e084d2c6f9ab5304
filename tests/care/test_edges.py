"""Every threshold of care at its edge: one below, at, and one above, with the numbers typed by hand.

Nothing here reads the table of thresholds, so that it cannot move with it; ``python tests/thresholds_changed.py``
changes each of them and says which no test notices.
"""

# ruff: noqa: FBT001 - the cases of a table say yes or no
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from diary import DAY_0, LIBRARY, Diary, doses, phases, plan_for
from msgspec.structs import replace

from reloadpt.care.days import CheckIn, DaySession, before_rating, next_morning
from reloadpt.care.following import follow_days
from reloadpt.care.held import days_between, held_back
from reloadpt.care.history import History
from reloadpt.care.judgement import baseline_of, is_week_higher, rise_of
from reloadpt.care.limits import green_line, pain_limit
from reloadpt.care.muscle_state import Judgement, Morning, MuscleState, Outcome, RuleChange
from reloadpt.care.phases import (
    must_ask,
    open_next,
    phase_at,
    rest_lasts,
    step_back,
    step_back_for_gap,
    take_flare,
)
from reloadpt.care.questions import check_in_due
from reloadpt.journal.events import CheckedIn, Needled, Paused, Phase
from reloadpt.program.plan import Plan

FIRST = DAY_0.date()
MULTIFIDUS = "multifidus:both"


def plan(*targets: str, **fields: Any) -> Plan:
    return plan_for(*(targets or ("multifidus:wake",)), **({"start_pain": 3} | fields))


def state_of(**fields: Any) -> MuscleState:
    """A muscle, needled on day 0 at nine in the morning."""
    made: dict[str, Any] = {
        "muscle": "multifidus", "side": "both", "begun": FIRST, "run_from": DAY_0, "needled_at": DAY_0,
        "since": FIRST, "resumed": True, "sore": 0, "sore_at": DAY_0,
    }  # fmt: skip
    return MuscleState(**(made | fields))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def hours(count: float) -> datetime:
    return DAY_0 + timedelta(hours=count)


def judged(
    number: int, outcome: Outcome = "green", phase: Phase = "reload", *, answered: bool = True
) -> Judgement:
    return Judgement(
        day=day(number), muscle="multifidus", side="both", phase=phase, outcome=outcome, rule="within", limit=5,
        line=3, during=2, morning=3 if answered else None,
    )  # fmt: skip


def phase_of(
    state: MuscleState, at: datetime, target: str = "multifidus:wake", *, alone: bool = False
) -> Phase:
    return phase_at(state, plan(target).targets[0], at, self_made=alone)[0]


# By the clock -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "phase"), [(23.99, "reset"), (24, "activate"), (24.01, "activate")])
def test_reset_lasts_24_hours(after: float, phase: Phase) -> None:
    assert phase_of(state_of(), hours(after)) == phase


@pytest.mark.parametrize(("after", "phase"), [(11.99, "reset"), (12, "activate"), (12.01, "activate")])
def test_and_12_where_the_plan_says_early(after: float, phase: Phase) -> None:
    assert phase_of(state_of(), hours(after), "multifidus:wake:early") == phase


@pytest.mark.parametrize(("sore", "lasts"), [(3, 12), (4, 24)])
def test_early_is_only_for_who_is_not_sore_above_3(sore: int, lasts: int) -> None:
    target = plan("multifidus:wake:early").targets[0]
    assert rest_lasts(state_of(sore=sore), target) == timedelta(hours=lasts)


@pytest.mark.parametrize(("after", "phase"), [(95.99, "activate"), (96, "reload"), (96.01, "reload")])
def test_reload_opens_after_96_hours(after: float, phase: Phase) -> None:
    assert phase_of(state_of(passed="reload"), hours(after)) == phase


@pytest.mark.parametrize(("after", "phase"), [(14 * 24 - 0.01, "reload"), (14 * 24, "perform")])
def test_perform_opens_after_14_days(after: float, phase: Phase) -> None:
    assert phase_of(state_of(passed="perform"), hours(after)) == phase


# By response --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("greens", "opens"), [(1, False), (2, True), (3, True)])
@pytest.mark.parametrize(
    ("passed", "reached"), [("activate", "activate"), ("activate", "perform"), ("reload", "perform")]
)
def test_two_green_days_open_reload_and_every_phase_that_was_open_before(
    passed: Phase, reached: Phase, greens: int, opens: bool
) -> None:
    state = state_of(passed=passed, reached=reached, greens=greens)
    assert (open_next(state, day(9)) is not None) == opens


@pytest.mark.parametrize(
    ("sore", "phase"), [(1, "reload"), (2, "reload"), (3, "activate"), (None, "activate")]
)
def test_reload_needs_soreness_of_2_or_less(sore: int | None, phase: Phase) -> None:
    state = state_of(greens=2, sore=sore)
    open_next(state, day(9))
    assert state.passed == phase


def opened_after(days: Sequence[Judgement], since: int = 4, until: int = 17) -> Phase:
    state = state_of(passed="reload", reached="reload", weeks_from=day(since), judged=[*days])
    open_next(state, day(until))
    return state.passed


TWO_AND_TWO = [judged(5), judged(7), judged(12), judged(14)]


def test_perform_needs_two_weeks_in_reload_each_with_two_answered_days() -> None:
    assert opened_after(TWO_AND_TWO) == "perform"
    assert opened_after(TWO_AND_TWO, since=5) == "reload", "a day less than two weeks in reload"
    assert opened_after(TWO_AND_TWO[1:]) == "reload", "one day in the first week"
    assert opened_after(TWO_AND_TWO[:-1]) == "reload", "one day in the second"
    assert opened_after([*TWO_AND_TWO[:-1], judged(14, answered=False)]) == "reload", "one without answers"
    assert opened_after([judged(5), judged(7), judged(10), judged(12)]) == "reload", (
        "day 10 is of the first week"
    )
    assert opened_after([judged(5), judged(7), judged(11), judged(12)]) == "perform", (
        "day 11 is of the second"
    )


@pytest.mark.parametrize(("red", "phase"), [(3, "perform"), (4, "reload"), (17, "reload")])
def test_perform_needs_two_weeks_without_a_red(red: int, phase: Phase) -> None:
    """The first of the fourteen days up to day 17 is day 4."""
    assert opened_after(sorted([*TWO_AND_TWO, judged(red, "red")], key=lambda each: each.day)) == phase


def test_one_morning_that_was_too_much_keeps_no_perform_closed() -> None:
    """A flare is what says so of mornings; two such days of three take a phase back besides."""
    morning = replace(judged(10, "red"), rule="morning_up")
    assert opened_after(sorted([*TWO_AND_TWO, morning], key=lambda each: each.day)) == "perform"
    during = replace(judged(10, "red"), rule="over_limit")
    assert opened_after(sorted([*TWO_AND_TWO, during], key=lambda each: each.day)) == "reload"


def test_a_stopped_muscle_opens_no_phase() -> None:
    stopped = RuleChange(rule="stop", day=day(8))
    assert open_next(state_of(greens=5, stopped=stopped), day(9)) is None
    assert open_next(state_of(greens=5), day(9)) is not None


@pytest.mark.parametrize(
    ("flared", "phase"), [(4, "perform"), (5, "reload"), (6, "reload"), (None, "perform")]
)
def test_what_was_open_before_opens_again_a_week_after_a_flare(flared: int | None, phase: Phase) -> None:
    state = state_of(
        passed="reload", reached="perform", greens=2, flared_on=None if flared is None else day(flared)
    )
    open_next(state, day(12))
    assert state.passed == phase


@pytest.mark.parametrize(("flared", "phase"), [(3, "perform"), (4, "reload")])
def test_the_two_weeks_begin_anew_with_the_last_day_of_a_flare(flared: int, phase: Phase) -> None:
    """Fourteen days up to day 17 without one: day 3 is the last that leaves them."""
    state = state_of(passed="reload", reached="reload", weeks_from=day(1), judged=TWO_AND_TWO)
    take_flare(state, day(flared), guided=False, anew=True)
    open_next(state, day(17))
    assert state.passed == phase


def test_a_flare_in_a_week_that_is_no_higher_keeps_the_weeks_and_closes_perform_for_seven_days() -> None:
    state = state_of(passed="reload", reached="reload", weeks_from=day(1), judged=TWO_AND_TWO)
    take_flare(state, day(9), guided=True, anew=False)
    assert [state.passed, state.weeks_from] == ["activate", day(1)]
    state.greens = 2
    open_next(state, day(11))
    assert [state.passed, state.since, state.weeks_from] == ["reload", day(12), day(1)]
    opened = [open_next(state, day(number)) is not None for number in (16, 17)]
    assert opened == [False, True], "seven days after day 9"


def test_a_phase_back_for_another_reason_begins_the_weeks_anew() -> None:
    state = state_of(passed="reload", reached="reload", weeks_from=day(1), greens=2, sore=0)
    step_back(state, "activate", RuleChange(rule="phase.back", day=day(9)))
    state.greens = 2
    open_next(state, day(11))
    assert state.weeks_from == day(12)


@pytest.mark.parametrize(
    ("mornings", "higher"),
    [
        ([3, 3, 3, 3, 3, 5, 5], False),  # 25 of 7 is 4 / 7 above 3
        ([3, 3, 3, 3, 5, 5, 6], False),  # exactly 1 above
        ([3, 3, 3, 3, 3, 7, 7], True),  # 8 of 7 above
        ([3, 3, 3, 3, 5, 6, 6], True),
    ],
)
def test_a_week_more_than_1_above_the_start(mornings: list[int], higher: bool) -> None:
    week = [
        Morning(day=day(3 + index), pain=pain, counts=True, n=index) for index, pain in enumerate(mornings)
    ]
    assert is_week_higher(week, day(9), 3) == higher
    before = Morning(day=day(2), pain=10, counts=True, n=9)
    assert is_week_higher([before, *week], day(9), 3) == higher, "the day before the seven"
    assert not is_week_higher(week, day(9), None)


# Sore, held, away ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sore", "phase"), [(2, "reload"), (3, "reload"), (4, "activate")])
def test_soreness_above_3_holds(sore: int, phase: Phase) -> None:
    state = state_of(passed="reload", sore=sore, resumed=False)
    assert phase_of(state, hours(100)) == phase


def held_after(stay: str, days: int, target: str = "multifidus:wake", pauses: Sequence[Paused] = ()) -> bool:
    state = state_of(
        passed="activate" if stay == "sore" else stay, stays=[(stay, day(1))], last_done=day(days),
        sore=5 if stay == "sore" else 0, resumed=stay != "sore", begun=day(days),
    )  # fmt: skip
    made = plan(target, ends=(DAY_0 + timedelta(days=90)).isoformat())
    known = History(pauses=[*pauses])
    return held_back(known, made, made.targets[0], state, hours(24 * (days + 1))) is not None


@pytest.mark.parametrize(("stay", "days"), [("sore", 4), ("activate", 10), ("reload", 28)])
def test_held_is_4_days_for_soreness_10_in_activate_28_in_reload(stay: str, days: int) -> None:
    assert [held_after(stay, count) for count in (days - 1, days, days + 1)] == [False, True, True]


def test_held_leaves_out_paused_days_those_of_a_needling_and_what_a_ceiling_holds() -> None:
    paused = [Paused(from_=day(3).isoformat(), to=day(3).isoformat())]
    assert [held_after("activate", count, pauses=paused) for count in (10, 11)] == [False, True]
    assert not held_after("activate", 30, "multifidus:wake:ceiling=activate")
    assert held_after("activate", 30, "multifidus:wake:ceiling=reload")
    assert held_after("sore", 30, "multifidus:wake:ceiling=activate"), "soreness is held by no ceiling"
    assert not held_after("perform", 90)


def test_days_between_leave_out_spans_that_overlap() -> None:
    assert days_between(day(1), day(10), []) == 10
    assert days_between(day(1), day(10), [(day(3), day(5)), (day(4), day(6))]) == 6
    assert days_between(day(1), day(10), [(day(-5), day(1)), (day(10), day(40))]) == 8
    assert days_between(day(5), day(4), []) == 0


@pytest.mark.parametrize(
    ("gap", "from_reload", "from_perform"),
    [
        (7, "reload", "perform"), (8, "activate", "reload"), (9, "activate", "reload"),
        (14, "activate", "reload"), (15, "activate", "activate"), (16, "activate", "activate"),
    ],
)  # fmt: skip
def test_one_phase_back_after_8_days_and_activate_after_15(
    gap: int, from_reload: Phase, from_perform: Phase
) -> None:
    for passed, expected in (("reload", from_reload), ("perform", from_perform)):
        state = state_of(passed=passed, last_done=day(20))
        step_back_for_gap(state, day(20 + gap))
        assert state.passed == expected, passed


@pytest.mark.parametrize(("gap", "asks"), [(28, False), (29, True), (30, True)])
def test_after_29_days_a_therapist_is_asked_first(gap: int, asks: bool) -> None:
    assert must_ask(state_of(last_done=day(3)), day(3 + gap)) == asks
    assert must_ask(state_of(), day(gap)) == asks, "never done: from the day the plan began"


@pytest.mark.parametrize(("gap", "sets"), [(3, "2×8"), (4, "1×8"), (7, "1×8"), (8, "2×8")])
def test_one_set_fewer_after_4_to_7_days(gap: int, sets: str) -> None:
    diary = Diary(plan()).live("3/2s1 3/2s1")
    diary.rate(1 + gap, 3, 0)
    dealt = doses(diary.today(1 + gap))
    assert [dose for name, dose in dealt.items() if "arm-lift" in name] == [f"{sets}×3 s each side"]


@pytest.mark.parametrize(("idle", "runs"), [(28, "activate"), (29, "activate")])
def test_a_plan_more_than_28_days_after_the_last_set_begins_a_new_run(idle: int, runs: Phase) -> None:
    diary = Diary(plan()).live("3/2s2 3/2s1 3/2s0 3/2s0 3/2s0")
    at = diary.at(4 + idle)
    diary.start(plan(id="second", made_at=at.isoformat()), at)
    state = follow_days(diary.history, at).muscles[MULTIFIDUS]
    assert (state.passed, state.begun == at.date()) == ((runs, True) if idle == 29 else ("reload", False))


# Limits, lines and judging --------------------------------------------------------------------------------


@pytest.mark.parametrize(("phase", "limit"), [("reset", 2), ("activate", 3), ("reload", 5), ("perform", 5)])
def test_the_limit_is_the_phase_s_or_start_and_one_at_most_6(phase: Phase, limit: int) -> None:
    made, target = plan(), plan().targets[0]
    assert pain_limit(made, target, phase, None) == limit
    assert pain_limit(made, target, phase, limit - 1) == limit
    assert pain_limit(made, target, phase, limit) == limit + 1
    assert [pain_limit(made, target, phase, start) for start in (5, 6, 10)] == [6, 6, 6]


def line(phase: Phase, before: int | None, stated: int | None = None) -> int:
    limits = (
        {}
        if stated is None
        else {"limits": dict.fromkeys(("reset", "activate", "reload", "perform"), stated)}
    )
    made = plan(**limits)
    return green_line(made, made.targets[0], phase, before)


@pytest.mark.parametrize("phase", ["activate", "reload", "perform"])
def test_a_good_day_is_up_to_3_or_one_above_before_at_most_5_or_the_stated_limit(phase: Phase) -> None:
    assert [line(phase, before) for before in (None, 0, 1, 2, 3, 4, 5, 9)] == [3, 3, 3, 3, 4, 5, 5, 5]
    assert [line(phase, before, 8) for before in (None, 2, 5, 6, 7, 8)] == [3, 3, 6, 7, 8, 8]
    assert [line(phase, before, 4) for before in (0, 3, 4)] == [3, 4, 4]
    assert [line(phase, before, 2) for before in (0, 1, 2)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("morning", "outcome"), [(2, "green"), (3, "green"), (4, "amber"), (5, "red"), (6, "red")]
)
@pytest.mark.parametrize("opened", ["", "2/1s0 2/1s0 2/1s0 "])
def test_the_next_morning_is_good_to_1_above_and_too_much_from_3(
    opened: str, morning: int, outcome: str
) -> None:
    """The mornings before are 2; in activate, and in reload."""
    diary = Diary(plan(start_pain=2)).live(f"2/1s1 2/1s0 2/1s0 {opened}2/1s0 {morning}s0")
    assert diary.today(diary.next_day - 1).judgements[MULTIFIDUS].outcome == outcome


def mornings(*pains: int) -> list[Morning]:
    return [Morning(day=day(number), pain=pain, counts=True, n=number) for number, pain in enumerate(pains)]


def test_the_baseline_is_the_mean_of_three_mornings() -> None:
    assert baseline_of(mornings(9, 1, 2, 6), day(4), 0) == 3.0
    assert baseline_of(mornings(9, 1, 2, 6), day(3), 0) == 4.0, "those before the day"
    assert baseline_of([], day(3), 5) == 5


def test_a_rise_needs_two_mornings_in_each_week() -> None:
    week = mornings(3, 3, 3, 3, 3, 3, 3)
    assert (
        rise_of(
            [*week[:2], *(each for each in mornings(*[4] * 14) if each.day in (day(12), day(13)))], day(13)
        )
        == 1.0
    )
    assert rise_of([*week[:2], mornings(*[4] * 14)[13]], day(13)) is None, "one in the second"
    assert rise_of([week[6], *mornings(*[4] * 14)[12:14]], day(13)) is None, "one in the first"


def cut_for_a_rise(second: str) -> bool:
    diary = Diary(plan()).live(f"3/2s1 3/2s0 3/2s0 3/2s0 {'3/2 ' * 5}{second}")
    return "dose.rise" in {change.rule for _, change in diary.today(diary.next_day - 1).states.changes}


def test_a_week_up_by_1_takes_one_cut() -> None:
    assert cut_for_a_rise("4/3 " * 7)
    assert not cut_for_a_rise("4/3 4/3 4/3 4/3 4/3 4/3 3/3")


@pytest.mark.parametrize(("before", "counts"), [(1.99, True), (2, True), (2.01, False)])
def test_a_rating_counts_for_a_session_past_midnight_for_two_hours(before: float, counts: bool) -> None:
    opened = datetime.combine(day(2), time(0, 30), DAY_0.tzinfo)
    at = opened - timedelta(hours=before)
    rated = [CheckIn(1, at, at.date(), CheckedIn(when="before", pain=3))]
    session = DaySession(opened_at=opened, ended_at=opened, worst=None, responses=())
    assert (before_rating(rated, session, day(2)) is not None) == counts


@pytest.mark.parametrize(("after", "found"), [(47.99, True), (48, True), (48.01, False)])
def test_a_next_morning_is_within_48_hours(after: float, found: bool) -> None:
    ended = hours(24)
    rated = [
        CheckIn(
            1,
            ended + timedelta(hours=after),
            (ended + timedelta(hours=after)).date(),
            CheckedIn(when="morning", pain=3),
        )
    ]
    assert (next_morning(rated, day(1), ended, []) is not None) == found


@pytest.mark.parametrize(("of_day", "found"), [(0, False), (1, False), (2, True)])
def test_a_next_morning_is_of_a_later_day(of_day: int, found: bool) -> None:
    ended = hours(24)
    rated = [CheckIn(1, ended + timedelta(hours=20), day(of_day), CheckedIn(when="morning", pain=3))]
    assert (next_morning(rated, day(1), ended, []) is not None) == found


@pytest.mark.parametrize(("after", "counts"), [(47.9, False), (48, True), (48.1, True)])
def test_a_morning_counts_from_48_hours_after_a_needling(after: float, counts: bool) -> None:
    diary = Diary(plan())
    diary.rate(2, 3, when=(hours(after)).time())
    [found] = follow_days(diary.history).mornings
    assert found.counts == counts


# No response, no progression -------------------------------------------------------------------------------


def test_without_answers_nothing_is_opened_on_the_last_day_either() -> None:
    diary = Diary(plan()).live(f"/s1 {'/ ' * 29}")
    due = diary.today(29, time(23))
    assert phases(due) == "activate"
    assert due.states.muscles[MULTIFIDUS].greens == 0
    assert due.states.muscles[MULTIFIDUS].steps == {}
    answered = Diary(plan()).live(f"3/2s1 3/2s0 3/2s0 {'3/2 ' * 27}").today(29, time(23))
    assert phases(answered) == "perform", "with answers it would be"


@pytest.mark.parametrize(
    ("muscle", "kind"), [("multifidus", "wake"), ("upper-trapezius", "calm"), ("lumbar-paraspinals", "calm")]
)
def test_a_target_without_an_intent_gets_its_programme_s(muscle: str, kind: str) -> None:
    assert LIBRARY.programme(muscle).default_intent == kind
    items = Diary(plan_for(muscle, start_pain=3)).live("3s1 3s1").today(1).items
    assert {item.intent for item in items} == {kind}


# Questions, and what is left out for a while -----------------------------------------------------------------


def asks(diary: Diary, at: datetime) -> bool:
    return check_in_due(diary.plan, LIBRARY, diary.history, at, lambda _: False, due=True) is not None


@pytest.mark.parametrize(("after", "asked"), [(119, False), (120, False), (121, True)])
def test_a_rating_before_a_session_lasts_two_hours(after: int, asked: bool) -> None:
    diary = Diary(plan())
    diary.rate(8, 3, 0, asked=("SI",))
    assert asks(diary, diary.at(8) + timedelta(minutes=after)) == asked


@pytest.mark.parametrize(("days", "asked"), [(27, True), (28, False)])
def test_soreness_is_asked_for_28_days(days: int, asked: bool) -> None:
    diary = Diary(plan())
    questions = check_in_due(diary.plan, LIBRARY, diary.history, diary.at(days), lambda _: False, due=True)
    assert questions is not None
    assert bool(questions.soreness) == asked


@pytest.mark.parametrize(("hour", "asked"), [(8, True), (10, False)])
def test_signs_are_asked_each_time_for_72_hours(hour: int, asked: bool) -> None:
    """The needle was at nine on day 0; asked once on day 3, and again an hour later or three."""
    diary = Diary(plan())
    diary.rate(3, 3, 0, when=time(5), asked=("SI", "SB"))
    questions = check_in_due(
        diary.plan, LIBRARY, diary.history, diary.at(3, time(hour)), lambda _: False, due=True
    )
    assert questions is not None
    assert bool(questions.signs) == asked


@pytest.mark.parametrize(("days", "halved"), [(6, True), (7, True), (8, False)])
def test_soreness_halves_the_sets_for_seven_days(days: int, halved: bool) -> None:
    diary = Diary(plan()).live("3/1s3 3/1s5 " + "3/1 " * (days - 1))
    diary.rate(1 + days, 3)
    [dose] = [dose for name, dose in doses(diary.today(1 + days)).items() if "arm-lift" in name]
    assert dose.startswith("1×8" if halved else "2×8")


def test_needled_again_is_a_new_occasion_after_a_day() -> None:
    diary = Diary(plan()).live("3/1s1 3/1s1")
    diary.write(hours(24), Needled(muscle="multifidus", needled_at=hours(24)))
    assert not follow_days(diary.history).muscles[MULTIFIDUS].needled_cut, "24 hours to the minute: the same"
    diary.write(hours(48.1), Needled(muscle="multifidus", needled_at=hours(48.1)))
    assert follow_days(diary.history).muscles[MULTIFIDUS].needled_cut
