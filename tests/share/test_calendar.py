"""The calendar as another program's parser reads it: times, zones, alarms, ids; and that it tells nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from reloadpt.program.library import Library
from reloadpt.program.plan import Contact, Plan
from reloadpt.share.calendar import Reminders, reminders_calendar, spans
from sample_logs import HOSTILE, NEEDLED, a_plan, library

BERLIN = ZoneInfo("Europe/Berlin")
TIMES = (time(9), time(13), time(18))


def made(plan: Plan, at: datetime = NEEDLED, times: tuple[time, ...] = TIMES, **more: Any) -> str:
    return str(reminders_calendar(plan, library(), Reminders(times, BERLIN, **more), at).to_ical(), "utf-8")


def events(text: str) -> list[Any]:
    return list(vobject.readOne(text).contents.get("vevent", []))


def moments(event: Any) -> list[datetime]:
    """Every time at which an event happens, as the other parser reckons it."""
    if "rrule" not in event.contents:
        return [event.dtstart.value]
    return list(event.getrruleset(addRDate=True))


def sessions(text: str) -> list[datetime]:
    found = [each for each in events(text) if each.summary.value.startswith("A few minutes")]
    return sorted(moment for each in found for moment in moments(each))


def test_every_day_of_the_plan_has_its_reminders_as_often_as_the_phase_means() -> None:
    found = sessions(made(a_plan()))
    assert found[0] > NEEDLED
    by_day: dict[date, list[datetime]] = {}
    for moment in found:
        by_day.setdefault(moment.date(), []).append(moment)
    end = NEEDLED + timedelta(weeks=6)
    assert set(by_day) == {NEEDLED.date() + timedelta(days=k) for k in range((end - NEEDLED).days + 1)}
    assert [moment.hour for moment in by_day[NEEDLED.date()]] == [13, 18]
    assert [moment.hour for moment in by_day[NEEDLED.date() + timedelta(days=2)]] == [9, 18]
    assert [moment.hour for moment in by_day[NEEDLED.date() + timedelta(days=20)]] == [9]
    assert len(found) == len(set(found))


def test_it_is_nine_o_clock_before_and_after_the_clocks_change() -> None:
    spring = datetime(2027, 3, 20, 8, tzinfo=BERLIN)
    plan = a_plan(at=spring)
    found = sessions(made(plan, spring, times=(time(9),)))
    assert {moment.hour for moment in found} == {9}
    assert {moment.astimezone(UTC).hour for moment in found} == {7, 8}


def test_a_visit_and_the_end_of_the_plan_are_told_with_alarms() -> None:
    visit = NEEDLED + timedelta(days=10)
    text = made(a_plan(next_visit=visit), before=timedelta(minutes=15))
    told = {each.summary.value: each for each in events(text)}
    assert moments(told["An appointment"]) == [visit]
    alarms = [alarm.trigger.value for alarm in told["An appointment"].valarm_list]
    assert sorted(alarms) == [-timedelta(days=1), -timedelta(minutes=15)]
    assert moments(told["Time to make an appointment"])[0].date() == (NEEDLED + timedelta(weeks=6)).date()
    for each in told.values():
        assert each.valarm_list
        assert each.contents["class"][0].value == "PRIVATE"


def test_made_again_later_the_same_reminders_keep_their_ids_and_the_past_is_left_out() -> None:
    plan = a_plan()
    first, later = made(plan), made(plan, NEEDLED + timedelta(days=7))
    ids = [{each.uid.value for each in events(text)} for text in (first, later)]
    assert ids[1] < ids[0]
    assert min(sessions(later)) > NEEDLED + timedelta(days=7)
    assert not sessions(made(plan, NEEDLED + timedelta(weeks=7)))
    other = {each.uid.value for each in events(made(a_plan(patient="B-22")))}
    assert other.isdisjoint(ids[0])


def test_the_reminders_of_the_next_plan_take_the_place_of_those_before() -> None:
    visit, weeks = NEEDLED + timedelta(days=21), timedelta(days=21)
    first, second = a_plan(next_visit=visit), a_plan(at=NEEDLED + weeks, next_visit=visit + weeks)
    assert first.id != second.id
    held: dict[str, Any] = {}
    for text in (made(first), made(second, NEEDLED + weeks)):
        for event in events(text):
            before = held.get(event.uid.value)
            assert before is None or int(before.sequence.value) < int(event.sequence.value)
            held[event.uid.value] = event
    assert len(held) == len(events(made(first)))
    assert min(moment for event in held.values() for moment in moments(event)) > NEEDLED + weeks
    appointments = [event for event in held.values() if event.summary.value == "An appointment"]
    assert [moments(event) for event in appointments] == [[visit + weeks]]


def test_a_plan_made_alone_stays_in_the_gentle_phases() -> None:
    alone = spans(a_plan(made_by=None), Library())
    assert len(alone) == 2
    assert len(spans(a_plan(), Library())) == 4


def test_fewer_times_a_day_than_sessions_are_all_used_and_more_are_spread() -> None:
    assert {moment.hour for moment in sessions(made(a_plan(), times=(time(8),)))} == {8}
    five = tuple(time(hour) for hour in (8, 10, 12, 14, 16))
    found = sessions(made(a_plan(), times=five))
    hours = {
        day: [moment.hour for moment in found if moment.date() == day] for day in {*map(datetime.date, found)}
    }
    assert hours[date(2026, 11, 20)] == [12, 16]
    assert hours[date(2026, 11, 22)] == [8, 16]


@pytest.mark.parametrize("text", [*HOSTILE, "lumbar pain", "St Mary's"])
def test_nothing_in_it_says_who_or_what(text: str) -> None:
    plan = a_plan(
        patient=text[:60], complaint=text, made_by=text, note=text, activities=(text,),
        contact=Contact(clinic=text, phone=text),
    )  # fmt: skip
    told = made(plan)
    assert text not in told
    assert plan.id not in told
    for word in ("multifidus", "lumbar", "needl", "pain", "A-17"):
        assert word not in told.casefold()
    assert sessions(told)


def test_a_plan_that_says_it_lasts_for_centuries_is_not_believed() -> None:
    found = sessions(made(a_plan(ends=datetime(2199, 1, 1, tzinfo=UTC))))
    assert max(found) - NEEDLED < timedelta(days=402)
