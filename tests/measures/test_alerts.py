from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from reloadpt.care.rules import LEVELS, RULES
from reloadpt.care.thresholds import PROPOSED, Thresholds
from reloadpt.journal.events import (
    ActivityRated,
    CheckedIn,
    Cleared,
    ExerciseRated,
    FlagRaised,
    FlagWithdrawn,
    Needled,
    Paused,
    SessionOpened,
    SetSkipped,
    Worried,
)
from reloadpt.measures.alerts import Alert, by_level, ends_of_plan, from_log, from_today
from reloadpt.measures.muscle_phases import muscle_states
from reloadpt.measures.planned import planned_days
from sample_logs import BIRD_DOG, NEEDLED, Said, at, begins, course, due, dues, item, rated, sat, sent


def alerts(*said: Said, thresholds: Thresholds = PROPOSED) -> dict[str, Alert]:
    log = course((at(0), begins()), *said)
    found = from_log(log, planned_days(log), muscle_states(log), thresholds)
    return {alert.rule: alert for alert in found}


def hurting(day: int, during: int, before: int = 4) -> list[Said]:
    """A session on a day that hurt, rated before and after."""
    session = f"{at(day).date()}.1"
    rating = ExerciseRated(session=session, exercise=BIRD_DOG, pain=during, place="usual")
    return [rated(day, before), *sat(day), (at(day, 10), rating)]


def test_a_quiet_log_fires_nothing() -> None:
    assert alerts(rated(0, 4), *sat(0), rated(1, 3), *sat(1), sent(1)) == {}


@pytest.mark.parametrize("code", ["ST", "SN", "SL", "SV", "SI", "SA", "SG", "SP", "SJ", "SB", "S9"])
def test_a_warning_sign_is_for_today(code: str) -> None:
    alert = alerts((at(1), FlagRaised(code=code)), sent(1))["warning_sign"]
    assert alert.level == "today"
    assert alert.entries == (2,)
    assert code in alert.text


def test_a_faint_is_for_this_week_and_an_exercise_that_hurt_is_no_sign() -> None:
    fell = alerts((at(1), FlagRaised(code="SF")), sent(1))
    assert "warning_sign" not in fell
    assert (fell["faint"].level, fell["faint"].sign, fell["faint"].unsolved) == ("this_week", "SF", False)
    assert alerts((at(1), FlagRaised(code="S0")), sent(1)) == {}


def test_a_sign_that_was_cleared_is_told_with_its_story() -> None:
    cleared = Cleared(
        code="ST", by="Dr. Sommer", seen_at=at(1).isoformat(), how="in_person", where="hospital"
    )
    raised = (at(1), FlagRaised(code="ST"))
    still = alerts(raised, sent(2))["warning_sign"]
    assert (still.level, still.entries, still.unsolved) == ("today", (2,), True)
    assert "not cleared" in still.text
    later = alerts(raised, (at(1, 10), cleared), sent(2))["warning_sign"]
    assert (later.level, later.entries, later.unsolved) == ("today", (2,), False)
    assert "cleared by Dr. Sommer, in person, hospital:" in later.text
    other = Cleared(code="SB", by="the clinic", seen_at="2026-11-22")
    assert alerts(raised, (at(2), other), sent(2))["warning_sign"].unsolved


def test_an_emergency_that_was_cleared_by_phone_alone_says_so() -> None:
    def became(code: str) -> str:
        told = Cleared(code=code, by="the clinic", seen_at="", how="by_phone")
        return alerts((at(1), FlagRaised(code=code)), (at(2), told), sent(2))["warning_sign"].text

    assert "by phone alone" in became("SN")
    assert "by phone:" in became("SI")


def test_a_sign_that_comes_again_is_told_as_again() -> None:
    cleared = Cleared(code="ST", by="the clinic", seen_at="2026-11-22", how="in_person")
    log = course(
        (at(0), begins()), (at(1), FlagRaised(code="ST")), (at(2), cleared), (at(3), FlagRaised(code="ST"))
    )
    first, again = from_log(log, planned_days(log), muscle_states(log))
    assert (first.entries, again.entries) == ((2,), (4,))
    assert " again on " not in first.text
    assert " again on " in again.text
    assert again.unsolved


def test_a_sign_marked_again_while_it_is_open_is_one() -> None:
    log = course((at(0), begins()), (at(1), FlagRaised(code="ST")), (at(3), FlagRaised(code="ST")))
    [alert] = from_log(log, planned_days(log), muscle_states(log))
    assert alert.entries == (2,)


@pytest.mark.parametrize(
    ("codes", "levels"),
    [
        ([("ST", 1)], ["this_week"]),
        ([("SI", 1)], ["at_visit"]),
        ([("SF", 1)], ["at_visit"]),
        ([("SI", 1), ("SB", 2)], ["at_visit", "at_visit"]),
        ([("SI", 1), ("SI", 7)], ["this_week", "this_week"]),
        ([("SI", 1), ("SI", 8)], ["at_visit", "at_visit"]),
    ],
)
def test_a_sign_that_was_taken_back_is_told(codes: list[tuple[str, int]], levels: list[str]) -> None:
    log = course((at(0), begins()), *((at(day), FlagWithdrawn(code=code)) for code, day in codes))
    found = from_log(log, planned_days(log), muscle_states(log))
    assert [(alert.rule, alert.level) for alert in found] == [("withdrawn", level) for level in levels]
    assert log.locks == []


def test_a_worry_is_for_this_week_in_the_patients_words() -> None:
    alert = alerts((at(1), Worried(words="my ear rings")))["worried"]
    assert (alert.level, alert.sign) == ("this_week", "worry")
    assert "my ear rings" in alert.text


def test_every_sign_that_was_answered_yes_is_told_until_it_is_cleared_itself() -> None:
    both = (at(1), CheckedIn(when="other", asked=("SL", "SI"), flags=("SL", "SI")))
    raised = (at(1), FlagRaised(code="SL", advice="Call."))
    seen = (at(2), Cleared(code="SL", by="the hospital", seen_at="2026-11-22"))
    log = course((at(0), begins()), both, raised)
    assert [(sign.n, sign.code) for sign in log.open_signs] == [(2, "SI"), (3, "SL")], "each told once"
    assert [sign.code for sign in course((at(0), begins()), both, raised, seen).open_signs] == ["SI"]


def test_high_pain_needs_seven_and_two_more_than_at_the_start_on_two_mornings() -> None:
    assert alerts(rated(1, 7), rated(2, 8))["pain_high"].entries == (2, 3)
    assert "pain_high" not in alerts(rated(1, 6), rated(2, 8))
    assert "pain_high" not in alerts(rated(2, 8))
    assert "pain_high" not in alerts(rated(1, 7), rated(1, 8, 18))
    assert "pain_high" not in alerts((at(0, 9.5), begins("p2", start_pain=6)), rated(1, 7), rated(2, 7))


def test_high_pain_that_went_down_again_fires_no_more() -> None:
    assert "pain_high" not in alerts(rated(1, 8), rated(2, 8), rated(3, 3))


def test_soreness_is_late_from_72_hours() -> None:
    late = alerts(rated(3, 4, hour=9, sore=4))["sore_late"]
    assert late.level == "this_week"
    assert late.entries == (2,)
    assert "sore_late" not in alerts(rated(3, 4, hour=8.9, sore=4))
    assert "sore_late" not in alerts(rated(3, 4, hour=9, sore=3))
    assert "sore_late" not in alerts(rated(3, 4, hour=9, sore=4), rated(4, 4, sore=1))


def test_a_new_needling_begins_the_72_hours_again() -> None:
    again = Needled(muscle="multifidus", needled_at=at(3))
    assert "sore_late" not in alerts((at(3), again), rated(4, 4, sore=6))


def test_function_is_down_when_the_mean_fell_by_two() -> None:
    def scores(*pairs: tuple[int, int]) -> list[Said]:
        return [
            (at(day), ActivityRated(activity=f"activity {n}", score=score))
            for n, pair in enumerate(pairs)
            for day, score in zip((0, 7), pair, strict=True)
        ]

    found = alerts(*scores((6, 4), (5, 3)))["function_down"]
    assert found.entries == (2, 3, 4, 5)
    assert "function_down" not in alerts(*scores((6, 3), (5, 5)))
    assert "function_down" not in alerts()


@pytest.mark.parametrize(("silent", "rule"), [(13, None), (14, "stalled"), (20, "stalled"), (21, "dropped")])
def test_silence_is_judged_up_to_the_report(silent: int, rule: str | None) -> None:
    found = alerts(*sat(0), (at(silent, 9), sent(0)[1]))
    assert {"stalled", "dropped"} & set(found) == ({rule} if rule else set())


def test_a_pause_is_no_silence() -> None:
    pause = Paused(from_="2026-11-21", to="2026-12-02")
    assert not {"stalled", "dropped"} & set(alerts(*sat(0), (at(0, 10), pause), sent(20)))


def test_pain_up_is_two_points_above_the_start_on_two_mornings() -> None:
    found = alerts(rated(3, 6), rated(4, 7))["pain_up"]
    assert (found.level, found.entries) == ("at_visit", (2, 3))
    assert found.text == "Pain is up: 4 of 10 at the start, 6 and 7 on the last mornings."
    assert "pain_up" not in alerts(rated(3, 5), rated(4, 6)), "one of them is a point too low"
    assert "pain_up" not in alerts(rated(3, 3), rated(4, 6)), "one morning alone"
    assert "pain_up" not in alerts(rated(1, 6), rated(3, 6)), "the first lies within 48 hours of the needle"


def test_two_planned_days_missed_in_a_row() -> None:
    found = alerts(*sat(0), *sat(1), *dues(2, 3), *sat(4), sent(4))["missed"]
    assert "2 planned days" in found.text
    assert "22 November" in found.text
    assert "missed" not in alerts(*sat(0), *sat(1), due(2), *sat(3), sent(4))


def test_days_missed_long_ago_are_not_told_again() -> None:
    later = [each for day in range(4, 25) for each in sat(day)]
    assert "missed" not in alerts(*sat(0), *sat(1), *dues(2, 3), *later, sent(25))


def test_an_exercise_stopped_for_pain_in_two_sessions_is_told() -> None:
    def stops(day: int) -> list[Said]:
        session = f"{at(day).date()}.1"
        return [
            (at(day), SessionOpened(session=session, items=(item(),))),
            (at(day), SetSkipped(session=session, exercise=BIRD_DOG, set=1, reason="pain")),
        ]

    assert alerts(*stops(0), *stops(1))["left_out"].entries == (3, 5)
    assert "left_out" not in alerts(*stops(0))


def test_reds_step_a_muscle_back_and_three_in_five_stop_it() -> None:
    two = [each for day in (2, 3) for each in hurting(day, 7)]
    three = [each for day in (2, 3, 4) for each in hurting(day, 7)]
    assert "stepped_back" not in alerts(*hurting(2, 7), rated(3, 4))
    found = alerts(*two, rated(4, 4))
    assert found["stepped_back"].level == "at_visit"
    assert found["stepped_back"].entries
    assert "stopped" not in found
    assert alerts(*three, rated(5, 4))["stopped"].level == "this_week"


def test_three_easy_days_running_are_told() -> None:
    easy = [each for day in (2, 3, 4) for each in (rated(day, 9), *sat(day))]
    assert alerts(*easy)["easy_run"].level == "this_week"
    assert "easy_run" not in alerts(*easy[:-8])


def test_too_long_in_a_phase_is_told() -> None:
    daily = [each for day in range(2, 14) for each in hurting(day, 4, before=2)]
    assert "activate" in alerts(*daily)["held"].text
    assert "held" not in alerts(*daily[:20])


def test_no_report_and_the_end_of_the_plan_depend_on_today() -> None:
    reported, ends = at(10), at(42)
    assert from_today(reported, ends, at(23)) == ()
    assert [each.rule for each in from_today(reported, ends, at(24))] == ["no_report"]
    both = from_today(reported, ends, at(43), ((8,), (1,)))
    assert [(each.rule, each.entries) for each in both] == [("no_report", (8,)), ("plan_over", (1,))]
    assert from_today(None, None, at(99)) == ()


def test_a_plan_ends_six_weeks_after_it_was_made_unless_it_says_otherwise() -> None:
    assert ends_of_plan(course((at(0), begins()))) == NEEDLED + timedelta(weeks=6)
    assert ends_of_plan(course((at(0), begins(ends=at(10).isoformat())))) == at(10)
    assert ends_of_plan(course()) is None


@pytest.mark.parametrize(
    ("changed", "said", "rule"),
    [
        ({"pain_up": 1}, [rated(3, 5), rated(4, 5)], "pain_up"),
        ({"sore_above": 1}, [rated(4, 3, sore=2)], "sore_late"),
        ({"stalled_days": 5}, [*sat(0), sent(6)], "stalled"),
        ({"missed_in_a_row": 1}, [*sat(0), due(1), sent(2)], "missed"),
        ({"pain_high": 6}, [rated(1, 6), rated(2, 6)], "pain_high"),
    ],
)
def test_every_threshold_can_be_changed(changed: dict[str, int], said: list[Said], rule: str) -> None:
    assert rule not in alerts(*said)
    assert rule in alerts(*said, thresholds=replace(PROPOSED, **changed))


def test_the_soonest_level_comes_first() -> None:
    found = by_level(Alert(level, "rule", "", ()) for level in reversed(LEVELS))
    assert [alert.level for alert in found] == list(LEVELS)


def test_each_rule_stands_once_in_the_table() -> None:
    assert sorted(rule.id for rule in RULES) == [
        "away", "dropped", "easy_run", "faint", "function_down", "gate_waits", "held", "left_out", "limit_needed", "low",
        "missed", "no_numbers", "no_report", "nothing_dealt", "pain_high", "pain_up", "plan_over", "rise",
        "screening", "see_first", "sore_late", "stalled", "stepped_back", "stopped", "unread", "warning_sign", "withdrawn", "worried",
    ]  # fmt: skip
