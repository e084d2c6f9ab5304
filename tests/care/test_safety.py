"""Warning signs: which are asked of whom and when, what a yes locks, and what alone unlocks it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from diary import LIBRARY, LOW_BACK, Diary, plan_for

from reloadpt.care.questions import signs_now
from reloadpt.care.safety import (
    CLASSES,
    EVERYWHERE,
    SignLock,
    advice_for,
    gravest,
    lock_in_force,
    locks_after_plan,
    signs_to_ask,
    stays_closed,
    watched_longer,
    whom_to_call,
)
from reloadpt.journal.events import CheckedIn, Cleared, FlagRaised
from reloadpt.program.plan import Contact
from reloadpt.program.screening import ITEMS

CARRIED = [
    (muscle, code)
    for muscle in LIBRARY.muscles
    for code in sorted({*LIBRARY.programme(muscle).stop_rules, *EVERYWHERE} - {"S0"})
]
NEEDLED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NEEDLED + timedelta(hours=count)


@pytest.mark.parametrize(("muscle", "code"), CARRIED)
def test_each_sign_of_each_muscle_is_asked_locks_and_unlocks_only_as_said(muscle: str, code: str) -> None:
    diary = Diary(plan_for(f"{muscle}:calm", start_pain=3))
    at = diary.at(0)
    assert code in signs_now(diary.plan, LIBRARY, diary.history, at)
    assert diary.today(0).items
    diary.write(at, FlagRaised(code=code, advice=advice_for(code, diary.plan.contact)))
    locked = diary.today(0)
    assert locked.locked is not None
    assert locked.locked.code == code
    assert locked.items == ()
    assert not locked.checkin
    diary.write(at, Cleared(code="spoke", by="the clinic", seen_at="2026-11-02"))
    diary.write(at, Cleared(code="SI" if code != "SI" else "SB", by="the clinic", seen_at="2026-11-02"))
    assert diary.today(0).locked, "another word clears nothing"
    diary.write(at, Cleared(code=code, by="the hospital", seen_at="2026-11-02"))
    assert diary.today(0).locked is None
    assert diary.today(0).items


def test_a_sign_that_a_muscle_does_not_carry_is_not_asked() -> None:
    diary = Diary(plan_for("quadriceps:calm"))
    asked = signs_now(diary.plan, LIBRARY, diary.history, diary.at(0))
    assert not {"ST", "SN", "SL", "SP", "SJ"} & {*asked}


@pytest.mark.parametrize(
    ("code", "last_hour"), [("SF", 2), ("SN", 72), ("ST", 7 * 24), ("SB", 7 * 24), ("SI", 14 * 24)]
)
def test_a_sign_is_asked_to_the_end_of_its_window_and_no_longer(code: str, last_hour: float) -> None:
    codes = ("ST", "SN")
    assert code in signs_to_ask(codes, NEEDLED, hours(last_hour))
    assert code not in signs_to_ask(codes, NEEDLED, hours(last_hour + 0.1))


def test_signs_of_nerves_and_the_tail_of_the_spine_are_asked_as_long_as_the_plan_runs() -> None:
    assert {"SL", "SG", "SA", "SV"} <= {*signs_to_ask(("SL", "SG", "SA", "SV"), NEEDLED, hours(24 * 40))}


def test_weak_immunity_and_blood_thinners_are_watched_for_four_weeks() -> None:
    answered = [{"item": item, "answer": "no"} for item in ITEMS]
    plain = plan_for("quadriceps:calm", screened=answered)
    assert watched_longer(plain, "thigh") == ()
    assert watched_longer(plain, "back") == ("SI",), "an infection at the spine may take weeks"
    weak = plan_for(
        "quadriceps:calm",
        screened=[
            {"item": "compromised-immunity", "answer": "yes", "override": {"reason": "x", "by": "y"}},
            {"item": "anticoagulants", "answer": "yes"},
        ],
    )
    assert watched_longer(weak, "thigh") == ("SI", "SB")
    assert watched_longer(plan_for("quadriceps:calm", screened=[]), "thigh") == ("SI", "SB"), "open is not no"
    longer = watched_longer(weak, "thigh")
    assert {"SI", "SB"} <= {*signs_to_ask((), NEEDLED, hours(24 * 28), longer)}
    assert not {"SI", "SB"} & {*signs_to_ask((), NEEDLED, hours(24 * 28 + 1), longer)}


def test_a_muscle_needled_outside_the_plan_is_asked_about_too() -> None:
    diary = Diary(plan_for("quadriceps:calm"))
    plan = diary.plan
    assert "ST" not in signs_now(plan, LIBRARY, diary.history, diary.at(0))
    other = Diary(plan_for("upper-trapezius:calm"))
    diary.history.needlings += other.history.needlings
    assert "ST" in signs_now(plan, LIBRARY, diary.history, diary.at(0))


def test_on_demand_every_sign_is_asked_however_long_ago_the_needle_was() -> None:
    diary = Diary(plan_for("upper-trapezius:calm"))
    on_demand = signs_now(diary.plan, LIBRARY, diary.history, diary.at(40))
    assert {"ST", "SN", "SA", "SI", "SB", "SF"} == {*on_demand}
    asked = diary.today(40).ask
    assert asked is not None
    assert asked.signs == ("SA",), "a check-in goes by the hours"


def test_the_gravest_of_several_signs_decides_and_each_must_be_cleared() -> None:
    assert gravest(["SI", "ST", "SF"]) == "ST"
    assert gravest(["XX", "ST"]) == "XX", "a sign this version does not know counts as the gravest"
    assert gravest([]) is None
    diary = Diary(plan_for(*LOW_BACK))
    for code in ("SI", "SL"):
        diary.write(diary.at(0), FlagRaised(code=code, advice=""))
    assert [lock.code for lock in [diary.today(0).locked] if lock] == ["SL"]
    diary.write(diary.at(0), Cleared(code="SL", by="the hospital", seen_at=""))
    assert [lock.code for lock in [diary.today(0).locked] if lock] == ["SI"]


def test_every_sign_answered_yes_locks_whether_or_not_it_was_raised_by_itself() -> None:
    diary = Diary(plan_for(*LOW_BACK))
    diary.write(diary.at(0), CheckedIn(when="before", pain=3, asked=("SL", "SI"), flags=("SL", "SI")))
    diary.write(diary.at(0), FlagRaised(code="SL", advice="Call."))
    locked = diary.today(0).locked
    assert locked is not None
    assert (locked.code, locked.advice) == ("SL", "Call.")
    diary.write(diary.at(0), Cleared(code="SL", by="the hospital", seen_at=""))
    locked = diary.today(0).locked
    assert locked is not None
    assert locked.code == "SI"
    assert "0800 123" in locked.advice


def test_after_a_faint_there_is_no_exercise_for_the_day() -> None:
    noon = SignLock(code="SF", advice="", at=NEEDLED.replace(hour=12))
    assert lock_in_force([noon], noon.at + timedelta(hours=11))
    assert lock_in_force([noon], noon.at + timedelta(hours=13)) is None
    midnight = SignLock(code="SF", advice="", at=NEEDLED.replace(hour=23))
    assert lock_in_force([midnight], midnight.at + timedelta(hours=7))
    assert lock_in_force([midnight], midnight.at + timedelta(hours=8)) is None


@pytest.mark.parametrize("code", [code for code, kind in CLASSES.items() if kind != "faint"])
def test_no_other_lock_ends_by_time(code: str) -> None:
    lock = SignLock(code=code, advice="", at=NEEDLED)
    assert lock_in_force([lock], NEEDLED + timedelta(days=400)) == lock


def test_a_new_plan_ends_a_lock_only_where_a_therapist_made_it_after_the_sign() -> None:
    lock = SignLock(code="SL", advice="", at=NEEDLED)
    assert locks_after_plan([lock], "the clinic", hours(1)) == []
    assert locks_after_plan([lock], None, hours(1)) == [lock], "a plan of one's own unlocks nothing"
    assert locks_after_plan([lock], "the clinic", hours(-1)) == [lock], "nor does one made before"


def test_a_sign_of_an_exercise_locks_nothing() -> None:
    diary = Diary(plan_for(*LOW_BACK))
    diary.write(diary.at(0), FlagRaised(code="S0", advice=""))
    assert diary.today(0).locked is None


def test_the_advice_holds_the_numbers_of_the_plan() -> None:
    contact = Contact(phone="0800 1", out_of_hours="116117", emergency="999")
    assert "999" in advice_for("ST", contact)
    assert "0800 1" in advice_for("SI", contact)
    assert "116117" in advice_for("SI", contact)
    assert "999" in advice_for("unknown", contact)


def test_every_number_of_the_plan_is_told_the_one_to_call_first_before_the_others() -> None:
    contact = Contact(clinic="The\x1b clinic", phone="040 1234", out_of_hours="116 117", emergency="112")
    assert [call.number for call in whom_to_call("ST", contact)] == ["112", "040 1234", "116 117"]
    assert [call.number for call in whom_to_call("SI", contact)] == ["040 1234", "116 117", "112"]
    assert whom_to_call("SI", contact)[0].says == "Call now: The clinic"
    assert whom_to_call("SF", contact)[0].says == "Not well in 10 minutes? Call"
    assert whom_to_call("not known", contact)[0].says == "Call now: emergency"


def test_where_the_plan_lacks_a_number_no_other_is_said_to_be_called_in_its_place() -> None:
    night = Contact(out_of_hours="116 117")
    assert [call.says for call in whom_to_call("SI", night)] == [
        "Call now: out of hours",
        "Worse, or very unwell?",
    ]
    assert [call.says for call in whom_to_call("SI", Contact())] == ["Worse, or very unwell?"]


def test_a_faint_says_today_and_no_other_lock_does() -> None:
    assert stays_closed("SF") == "No exercise today, after feeling faint."
    assert stays_closed("ST") == stays_closed("SI") != stays_closed("SF")
