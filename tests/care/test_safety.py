"""Warning signs: which are asked of whom and when, what a yes locks, and what alone unlocks it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from diary import LIBRARY, LOW_BACK, Diary, plan_for

from reloadpt.care.questions import muscles_of_sign, needled_muscle, signs_now
from reloadpt.care.safety import (
    CLASSES,
    EVERYWHERE,
    NeedledMuscle,
    SignLock,
    advice_for,
    gravest,
    lock_in_force,
    not_told,
    signs_to_ask,
    stays_closed,
    watched_longer,
    whom_to_call,
)
from reloadpt.care.signs import Sign, end_by_plan, locks_of
from reloadpt.journal.events import CheckedIn, Cleared, FlagRaised
from reloadpt.program.plan import Contact, Plan
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
    diary.write(at, FlagRaised(code=code, advice=advice_for(code, diary.plan)))
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
    after = 1 if CLASSES[code] == "emergency" else 0
    assert bool(diary.today(0).items) is (after == 0)
    assert diary.today(after).items


def asked_at(muscle: str, hour: float, longer: tuple[str, ...] = ()) -> set[str]:
    return {*signs_to_ask(needled_muscle(LIBRARY, muscle), NEEDLED, hours(hour), longer)}


def test_a_sign_that_a_muscle_does_not_carry_is_not_asked() -> None:
    assert asked_at("quadriceps", 1) == {"SV", "SG", "SI", "SB", "SF"}


DAY = 24


@pytest.mark.parametrize(
    ("muscle", "code", "last_hour"),
    [
        ("quadriceps", "SF", 2),
        ("quadriceps", "SB", 7 * DAY),
        ("quadriceps", "SI", 14 * DAY),
        ("upper-trapezius", "SN", 72),
        ("upper-trapezius", "SW", 28 * DAY),
        ("upper-trapezius", "SK", 28 * DAY),
        ("jaw", "SW", 28 * DAY),
        ("quadratus-lumborum", "SK", 28 * DAY),
        ("upper-trapezius", "ST", 7 * DAY),
        ("deltoid", "ST", 7 * DAY),
        ("jaw", "ST", 7 * DAY),
        ("multifidus", "ST", 7 * DAY),
        ("quadratus-lumborum", "ST", 7 * DAY),
        ("multifidus", "SP", 7 * DAY),
        ("hip-flexors", "SP", 7 * DAY),
        ("quadratus-lumborum", "SR", 7 * DAY),
        ("hip-flexors", "SR", 7 * DAY),
        ("lumbar-paraspinals", "SR", 7 * DAY),
    ],
)
def test_a_sign_is_asked_to_the_end_of_its_window_and_no_longer(
    muscle: str, code: str, last_hour: float
) -> None:
    assert code in asked_at(muscle, last_hour)
    assert code not in asked_at(muscle, last_hour + 0.1)


@pytest.mark.parametrize(
    ("muscle", "code"),
    [
        ("quadriceps", "ST"),
        ("hip-flexors", "ST"),
        ("deltoid", "SW"),
        ("calf", "SK"),
        ("gluteus-maximus", "SR"),
    ],
)
def test_a_window_is_of_its_region_alone(muscle: str, code: str) -> None:
    assert code not in asked_at(muscle, 80)


@pytest.mark.parametrize(("hour", "early"), [(71.9, {"SN"}), (72, {"SN"}), (72.1, {"SW", "SK"})])
def test_at_the_spine_the_signs_of_the_first_days_give_way_to_those_of_the_weeks(
    hour: float, early: set[str]
) -> None:
    assert asked_at("multifidus", hour) & {"SN", "SW", "SK"} == early


def test_signs_of_nerves_and_the_tail_of_the_spine_are_asked_as_long_as_the_plan_runs() -> None:
    muscle = NeedledMuscle("own", "", ("SL", "SG", "SA", "SV"))
    assert {"SL", "SG", "SA", "SV"} <= {*signs_to_ask(muscle, NEEDLED, hours(24 * 40))}
    assert "SP" in asked_at("pelvic-floor-overactive", 24 * 40)


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
    assert {"SI", "SB"} <= asked_at("quadriceps", 24 * 28, longer)
    assert not {"SI", "SB"} & asked_at("quadriceps", 24 * 28 + 1, longer)


def test_a_muscle_needled_outside_the_plan_is_asked_about_too() -> None:
    diary = Diary(plan_for("quadriceps:calm"))
    asked = diary.today(0).ask
    assert asked is not None
    assert "SN" not in asked.signs
    other = Diary(plan_for("upper-trapezius:calm"))
    diary.history.needlings += other.history.needlings
    asked = diary.today(0).ask
    assert asked is not None
    assert "SN" in asked.signs


def test_on_demand_every_sign_of_the_body_is_asked_however_long_ago_the_needle_was() -> None:
    diary = Diary(plan_for("upper-trapezius:calm"))
    body = {"ST", "SL", "SV", "SI", "SA", "SG", "SP", "SR", "SJ", "SB", "SF"}
    assert {*signs_now(diary.plan, LIBRARY, diary.history, diary.at(1))} == body | {"SN"}
    assert {*signs_now(diary.plan, LIBRARY, diary.history, diary.at(40))} == body | {"SW", "SK"}
    asked = diary.today(40).ask
    assert asked is not None
    assert asked.signs == ("SA",), "a check-in goes by the hours"


def test_a_sign_that_is_watched_is_asked_on_demand_too_so_that_it_can_come_again() -> None:
    diary = Diary(plan_for("upper-trapezius:calm"))
    diary.write(diary.at(1), FlagRaised(code="SN"))
    diary.write(diary.at(1), Cleared(code="SN", by="x", seen_at=diary.at(1).isoformat(), how="in_person"))
    for day, asked in ((4, True), (8, True), (9, False)):
        now = signs_now(diary.plan, LIBRARY, diary.history, diary.at(day))
        assert ("SN" in now, "SW" in now) == (asked, True), "a watched sign hides none"
    diary.write(diary.at(5), FlagRaised(code="SN"))
    assert [sign.again for sign in diary.history.signs] == [False, True]


def test_a_sign_is_of_the_region_of_the_muscles_that_carry_it() -> None:
    plan = plan_for("upper-trapezius:calm", "deltoid:calm", "calf:calm")
    assert muscles_of_sign(plan, LIBRARY, "ST") == ("upper-trapezius", "deltoid")
    assert muscles_of_sign(plan, LIBRARY, "SL") == ()


def test_an_emergency_sign_is_asked_at_each_check_in_for_seven_days() -> None:
    diary = Diary(plan_for("calf:calm"))
    diary.write(diary.at(20), FlagRaised(code="ST", advice=""))
    diary.write(diary.at(20), Cleared(code="ST", by="x", seen_at=diary.at(20).isoformat(), how="in_person"))
    for day, asked in ((21, True), (27, True), (28, False)):
        ask = diary.today(day).ask
        assert ask is not None
        assert ("ST" in ask.signs) is asked, day
    diary.rate(21, 2, asked=("ST", "SG"))
    later = diary.today(21, time(20)).ask
    assert later is not None
    assert later.signs == ("ST",)


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


def test_a_new_plan_ends_a_lock_only_where_its_maker_says_after_the_sign_that_it_was_seen() -> None:
    sign = Sign(n=1, at=NEEDLED, marked_at=NEEDLED, code="SL")

    def locks(made_by: str | None, made: float, seen: tuple[str, ...] | None) -> list[str]:
        return [lock.code for lock in locks_of(end_by_plan([sign], hours(2), made_by, hours(made), seen))]

    assert locks("the clinic", 1, ("SL",)) == []
    assert locks("the clinic", 1, ()) == ["SL"]
    assert locks("the clinic", 1, ("ST",)) == ["SL"]
    assert locks("the clinic", 1, None) == [], "a log of an older version reads to the same locks"
    assert locks(None, 1, ("SL",)) == ["SL"], "a plan of one's own unlocks nothing"
    assert locks("the clinic", -1, ("SL",)) == ["SL"], "nor does one made before"


@pytest.mark.parametrize(("seen", "locked"), [(["SL"], []), ([], ["SL"])])
def test_a_plan_file_says_which_signs_were_seen(seen: list[str], locked: list[str]) -> None:
    diary = Diary(plan_for(*LOW_BACK))
    diary.write(diary.at(0), FlagRaised(code="SL", advice="Call."))
    later = diary.at(2)
    diary.start(plan_for(*LOW_BACK, id="second", made_at=later.isoformat(), signs_seen=seen), later)
    assert [lock.code for lock in diary.history.locks] == locked


def test_a_sign_of_an_exercise_locks_nothing() -> None:
    diary = Diary(plan_for(*LOW_BACK))
    diary.write(diary.at(0), FlagRaised(code="S0", advice=""))
    assert diary.today(0).locked is None


def with_contact(contact: dict[str, str], *yes: str, made_by: str | None = "the clinic") -> Plan:
    screened = [{"item": item, "answer": "yes", "override": {"reason": "x", "by": "y"}} for item in yes]
    return plan_for("calf:calm", contact=contact, screened=screened, made_by=made_by)


def test_the_advice_holds_the_numbers_of_the_plan() -> None:
    plan = with_contact({"phone": "0800 1", "out_of_hours": "116117", "emergency": "999"})
    assert "999" in advice_for("ST", plan)
    assert "0800 1" in advice_for("SI", plan)
    assert "116117" in advice_for("SI", plan)
    assert "999" in advice_for("unknown", plan)


def test_without_a_number_none_is_made_up() -> None:
    plan = with_contact({})
    assert advice_for("ST", plan).startswith("Call the emergency number of your country now.")
    assert advice_for("SI", plan) == (
        "Have a doctor look at it today. If you get worse or feel very unwell, call the emergency number of your "
        "country."
    )
    night = with_contact({"out_of_hours": "116 117", "emergency": "112"})
    assert advice_for("SI", night).startswith("Call the out-of-hours service now: 116 117.")


def test_how_to_lie_after_a_faint_goes_by_the_person() -> None:
    assert advice_for("SF", with_contact({})).startswith("Lie down with your legs up.")
    assert advice_for("SF", with_contact({}, "later-pregnancy")).startswith("Lie down on your left side.")
    assert advice_for("SF", with_contact({}, "heart-failure")).startswith("Sit down and lean back.")
    assert advice_for("SF", with_contact({}, "heart-failure", "later-pregnancy")).startswith("Sit down")


def test_sudden_pain_after_a_fall_or_with_thin_bones_may_be_a_broken_bone() -> None:
    bone = "It may be a broken bone: be seen today."
    assert bone in advice_for("SK", with_contact({}, "osteoporosis"))
    assert bone in advice_for("SN", with_contact({}), ("fall",))
    assert bone not in advice_for("SK", with_contact({}))
    assert bone not in advice_for("SN", with_contact({}), ("fever",))


def test_who_has_no_therapist_is_not_told_that_a_therapist_reads_it() -> None:
    assert "for your therapist" in not_told(with_contact({}))
    assert not_told(with_contact({}, made_by=None)) == "Nobody has been told. Call."


def test_every_number_of_the_plan_is_told_the_one_to_call_first_before_the_others() -> None:
    contact = Contact(clinic="The\x1b clinic", phone="040 1234", out_of_hours="116 117", emergency="112")
    assert [call.number for call in whom_to_call("ST", contact)] == ["112", "040 1234", "116 117"]
    assert [call.number for call in whom_to_call("SI", contact)] == ["040 1234", "116 117", "112"]
    assert whom_to_call("SI", contact)[0].says == "Call now: The clinic"
    assert whom_to_call("SF", contact)[0].says == "Not well in 10 minutes? Call"
    assert whom_to_call("not known", contact)[0].says == "Call now: emergency"


def test_where_the_plan_lacks_a_number_no_other_is_said_to_be_called_in_its_place() -> None:
    night = Contact(out_of_hours="116 117", emergency="112")
    assert [call.says for call in whom_to_call("SI", night)] == [
        "Call now: out of hours",
        "Worse, or very unwell? Call",
    ]
    [call] = whom_to_call("SI", Contact())
    assert (call.says, call.number) == ("Worse, or very unwell? Call", "the emergency number of your country")


def test_a_faint_says_today_and_no_other_lock_does() -> None:
    assert stays_closed("SF") == "No exercise today, after feeling faint."
    assert stays_closed("ST") == stays_closed("SI") != stays_closed("SF")
