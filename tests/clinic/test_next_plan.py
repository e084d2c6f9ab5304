from __future__ import annotations

from reloadpt.clinic.evidence import evidence_entries
from reloadpt.clinic.next_plan import dose_proposals
from reloadpt.clinic.visits import compare_visits, visits_of
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import ExerciseRated, PlanStarted, SessionOpened, SetSkipped
from reloadpt.measures.alerts import Alert
from reloadpt.measures.course import course_of
from sample_logs import BIRD_DOG, ZONE, Said, a_plan, at, entries_of, item, rated, sat, sent

PLAN = a_plan()
BRIDGE = "multifidus/bridge"


def started() -> Said:
    return at(0), PlanStarted(plan=PLAN.as_json())


def felt(day: int, pain: int, exercise: str = BIRD_DOG) -> Said:
    return at(day, 10), ExerciseRated(session=f"{at(day).date()}.1", exercise=exercise, pain=pain)


def moved(*said: Said) -> dict[str, tuple[str, str, str]]:
    found = dose_proposals(PLAN, course_of(entries_of(started(), *said)))
    return {move.exercise: (move.before, move.after, move.why) for move in found}


def test_a_dose_begins_where_it_was_dealt_last() -> None:
    found = moved(*sat(1, None, item(sets=2)), felt(1, 2), *sat(3, None, item(sets=3)), felt(3, 2))
    assert found == {BIRD_DOG: ("3×8", "3×8", "as last done")}


def test_what_hurt_over_the_limit_twice_of_three_times_gets_a_set_less() -> None:
    said = [
        each
        for day, pain in ((1, 7), (2, 2), (3, 8))
        for each in (*sat(day, None, item(sets=3)), felt(day, pain))
    ]
    before, after, why = moved(*said)[BIRD_DOG]
    assert (before, after) == ("3×8", "2×8")
    assert "(7, 2, 8)" in why


def test_what_hurt_once_stays_and_a_single_set_gets_fewer_repetitions() -> None:
    once = [*sat(1, None, item(sets=1)), felt(1, 9), *sat(2, None, item(sets=1)), felt(2, 2)]
    assert moved(*once)[BIRD_DOG][1] == "1×8"
    twice = [*sat(1, None, item(sets=1)), felt(1, 9), *sat(2, None, item(sets=1)), felt(2, 9)]
    assert moved(*twice)[BIRD_DOG][1] == "1×6"


def test_what_was_stopped_for_pain_in_two_sessions_is_left_out() -> None:
    said: list[Said] = []
    for day in (1, 2):
        session = f"{at(day).date()}.1"
        said += [
            (at(day), SessionOpened(session=session, items=(item(),))),
            (at(day), SetSkipped(session=session, exercise=BIRD_DOG, set=1, reason="pain")),
        ]
    [move] = dose_proposals(PLAN, course_of(entries_of(started(), *said)))
    assert move.after == "left out"
    assert move.change.omit


def test_less_that_was_dealt_for_a_day_alone_is_no_dose_to_go_on_with() -> None:
    found = moved(
        *sat(1, None, item(sets=4)), felt(1, 2), *sat(2, None, item(sets=2, rule="dose.sore")), felt(2, 2)
    )
    assert found[BIRD_DOG][1] == "4×8"


def test_two_visits_stand_beside_each_other_as_they_were() -> None:
    second = a_plan(at=at(28))
    entries = entries_of(
        started(),
        rated(1, 5, sore=4),
        *sat(1, None, item(sets=2)),
        (at(28), PlanStarted(plan=second.as_json())),
        rated(29, 2, sore=0),
        *sat(29, None, item(sets=3), item(BRIDGE)),
        sent(30),
    )
    found = visits_of(course_of(entries))
    assert [(visit.at, visit.plan) for visit in found] == [(at(0), True), (at(28), True), (at(30, 20), False)]
    compared = compare_visits(entries, found[1], found[2])
    told = {change.what: (change.before, change.after) for change in (*compared.felt, *compared.doses)}
    assert told["Pain"] == ("5", "2")
    assert told["Soreness, Multifidus"] == ("4", "0")
    assert told[BIRD_DOG] == ("2×8", "3×8")
    assert told[BRIDGE] == ("–", "4×8")
    earliest = compare_visits(entries, found[0], found[1])
    assert {change.what: change.before for change in earliest.felt}["Pain"] == "4"


def test_without_two_visits_there_is_nothing_to_compare() -> None:
    assert visits_of(course_of([])) == ()
    assert len(visits_of(course_of(entries_of(started())))) == 1


def test_the_entries_behind_an_alert_are_told_in_words_also_of_merged_logs() -> None:
    entries = entries_of(started(), rated(1, 8, sore=3), rated(2, 9))
    alert = Alert("this_week", "pain_high", "", (2, 3))
    told = [words for _, words in evidence_entries(alert, entries)]
    assert told == ["21 Nov 08:00  check-in: pain 8, soreness multifidus 3", "22 Nov 08:00  check-in: pain 9"]
    origin = [("aaaaaaaa-1", 0), ("aaaaaaaa-1", 1), ("bbbbbbbb-2", 0), ("bbbbbbbb-2", 1)]
    merged = Alert("this_week", "pain_high", "", ("bbbbbbbb:1", "cccccccc:9"))
    assert [words for _, words in evidence_entries(merged, entries, origin)] == [told[1]]


def test_an_entry_that_is_not_there_is_passed_over() -> None:
    entries: list[Entry] = entries_of(started())
    assert evidence_entries(Alert("today", "x", "", (99, -1)), entries) == []
    assert at(0).tzinfo == ZONE
