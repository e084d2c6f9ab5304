"""Signs that a patient marks reach the therapist, by commands as both would give them, and go only when closed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from museum.commands import Room, room
from reloadpt.care.questions import signs_now
from reloadpt.care.record import Record
from reloadpt.dialogue.signs import WORRY
from reloadpt.files import Places
from reloadpt.plain.line_mode import LineMode
from reloadpt.plain.lines import InputEnded
from reloadpt.plain.talk import Talk
from reloadpt.program.library import Library

NEEDLED = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
PLAN = (
    "--patient", "A-17", "--target", "upper-trapezius:calm:both", "--target", "calf:calm:left", "--phone", "040 1234",
    "--clinic", "The clinic", "--emergency", "999", "--screen", "all=no",
)  # fmt: skip


class Desk:
    """A patient and a therapist on one machine, each with a home of their own."""

    def __init__(self, patient: Room, clinic: Room, *screened: str) -> None:
        self.patient, self.clinic = patient, clinic
        file = patient.path / "a.plan.json"
        assert (
            patient.call(
                "plan", "new", *PLAN, *screened, "--needled-at", patient.at.isoformat(), "-o", file
            ).code
            == 0
        )
        assert patient.call("plan", "use", file).code == 0

    def later(self, **by: float) -> None:
        self.patient.at = self.clinic.at = self.patient.at + timedelta(**by)

    def types(self, *lines: str) -> str:
        """The patient's line mode, with these lines typed."""
        told: list[str] = []
        script = Script(lines)
        home = self.patient.home
        with self.patient.machine():
            LineMode(Places(home, home), Talk(script, told.append), lambda: self.patient.at).run()
        assert not script.lines, (script.lines, told)
        return "".join(told)

    def marks(self, *codes: str, sure: bool = True) -> str:
        """Ask the signs, and mark some."""
        with self.patient.machine():
            record = Record.open(self.patient.home / "journal.jsonl", self.patient.at)
            plan = record.need_plan()
            asked = [*signs_now(plan, Library(), record.history, self.patient.at), WORRY]
        letters = " ".join(chr(97 + asked.index(code)) for code in codes)
        return self.types("signs", letters, *(["yes" if sure else "no"] if set(codes) - {WORRY} else []))

    def clears(self, by: str, how: str, where: str = "") -> str:
        """Somebody has seen the patient in the last two hours."""
        return self.types("", "seen", by, how, *([where] if where else []), "1", "yes")

    def sends(self) -> None:
        file = self.patient.path / "report.html"
        file.unlink(missing_ok=True)
        assert self.patient.call("share", "-o", file).code == 0
        assert self.clinic.call("clinic", "import", file).code == 0

    def alerts(self, *, closed: bool = False) -> list[dict[str, Any]]:
        """The alerts of signs on the therapist's list that are open, or those that were closed."""
        told = self.clinic.call("clinic", "list", "--json")
        assert told.code == 0, told
        [row] = json.loads(told.out)
        return [alert for alert in row["alerts"] if "sign" in alert and ("closed" in alert) is closed]

    def closes(self, sign: str, done: str = "spoke") -> int:
        return self.clinic.call("clinic", "close", "A-17", sign, "--by", "Kim", "--what", done).code


class Script:
    """Lines that are typed; then the input is over."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        self.lines = [*lines]

    def read(self, seconds: float | None) -> str | None:  # noqa: ARG002  (lines are there at once)
        if not self.lines:
            raise InputEnded
        return self.lines.pop(0)


@pytest.fixture
def desk() -> Iterator[Desk]:
    with room(NEEDLED) as patient, room(NEEDLED) as clinic:
        yield Desk(patient, clinic)


def test_a_chest_sign_raised_and_cleared_within_a_minute_stands_until_it_is_closed(desk: Desk) -> None:
    desk.later(hours=2)
    said = desk.marks("ST")
    assert "Call 999 now." in said
    assert "040 1234" in said
    assert "Nobody has been told." in said
    desk.later(seconds=40)
    assert "No exercise today." in desk.clears("Dr. Sommer", "1", "hospital")
    desk.later(minutes=5)
    desk.sends()
    [alert] = desk.alerts()
    assert (alert["level"], alert["rule"], alert["sign"]) == ("today", "warning_sign", "ST")
    assert "23 November 11:00, open 0 minutes, cleared by Dr. Sommer, in person, hospital" in alert["text"]
    assert alert["text"] in desk.clinic.call("clinic", "list").out
    assert alert["text"] in desk.clinic.call("clinic", "show", "A-17").out
    assert desk.closes("SI") == 1, "another sign closes nothing"
    assert desk.closes("st") == 0
    assert desk.alerts() == []
    assert desk.closes("ST") == 1, "it is closed already"
    desk.later(days=3)
    desk.sends()
    assert desk.alerts() == [], "what was cleared stays closed, whatever is imported"
    assert [alert["closed"]["by"] for alert in desk.alerts(closed=True)] == ["Kim"]


def test_an_open_sign_that_was_closed_comes_back_after_a_day(desk: Desk) -> None:
    desk.marks("SL")
    desk.sends()
    [alert] = desk.alerts()
    assert "not cleared" in alert["text"]
    told = desk.clinic.call("clinic", "close", "A-17", "SL", "--by", "Kim", "--what", "could not reach")
    assert (told.code, "24 hours" in told.err) == (0, True)
    assert desk.alerts() == []
    desk.later(hours=23, minutes=59)
    assert desk.alerts() == []
    desk.later(minutes=1)
    assert [alert["sign"] for alert in desk.alerts()] == ["SL"]


def test_a_faint_is_told_this_week(desk: Desk) -> None:
    said = desk.marks("SF")
    assert "Lie down with your legs up." in said
    desk.sends()
    assert [(alert["level"], alert["rule"]) for alert in desk.alerts()] == [("this_week", "faint")]
    desk.later(days=2)
    assert [alert["rule"] for alert in desk.alerts()] == ["faint"]
    assert desk.closes("SF", "sent on") == 0
    desk.later(days=2)
    assert desk.alerts() == []


def test_a_sign_marked_and_taken_back_is_told(desk: Desk) -> None:
    assert "Exercise is closed" not in desk.marks("ST", "SI", sure=False)
    desk.sends()
    told = {alert["sign"]: (alert["level"], alert["rule"]) for alert in desk.alerts()}
    assert told == {"ST": ("this_week", "withdrawn"), "SI": ("at_visit", "withdrawn")}
    desk.later(days=1)
    desk.marks("SI", sure=False)
    desk.sends()
    assert {alert["level"] for alert in desk.alerts() if alert["sign"] == "SI"} == {"this_week"}
    assert desk.closes("SI") == 0
    assert [alert["sign"] for alert in desk.alerts()] == ["ST"]


def test_an_emergency_cleared_by_phone_alone_is_marked_so(desk: Desk) -> None:
    desk.marks("SN")
    desk.later(hours=1)
    desk.clears("the clinic", "2")
    desk.sends()
    [alert] = desk.alerts()
    assert "open 1 hour, cleared by the clinic, by phone alone" in alert["text"]


def test_a_sign_that_comes_again_is_told_as_again(desk: Desk) -> None:
    desk.marks("ST")
    desk.later(hours=1)
    desk.clears("the hospital", "1", "there")
    desk.sends()
    assert desk.closes("ST") == 0
    desk.later(days=1)
    desk.marks("ST")
    desk.sends()
    [alert] = desk.alerts()
    assert "Warning sign ST again on 24 November 10:00, not cleared" in alert["text"]


def test_something_else_that_worries_is_told_this_week_and_locks_nothing(desk: Desk) -> None:
    said = desk.marks(WORRY)
    assert "999" in said
    desk.types("signs", chr(97 + 12), "my ear rings")
    desk.sends()
    told = [(alert["level"], alert["sign"]) for alert in desk.alerts()]
    assert told == [("this_week", "worry")]
    assert "my ear rings" in desk.alerts()[0]["text"]
    assert desk.patient.call("today", "--json").out.count('"locked": null') == 1
    assert desk.closes("worry") == 0
    assert desk.alerts() == []


def test_no_exercise_until_the_next_day_then_reset_until_one_good_day(desk: Desk) -> None:
    def today() -> dict[str, Any]:
        told: dict[str, Any] = json.loads(desk.patient.call("today", "--json").out)
        return told

    def phases() -> set[str]:
        return {f"{item['exercise'].split('/')[0]} {item['phase']}" for item in today()["items"]}

    desk.later(days=2)
    assert "upper-trapezius activate" in phases()
    desk.marks("ST")
    desk.later(hours=6)
    desk.clears("Dr. Sommer", "1", "hospital")
    assert (today()["locked"], today()["items"]) == (None, [])
    desk.later(hours=17)
    assert phases() == {"upper-trapezius reset", "calf activate"}
    did = (
        desk.patient.call("checkin", "--pain", "2"),
        desk.patient.call("log", "add", "session", "--pain", "1"),
    )
    assert [done.code for done in did] == [0, 0]
    desk.later(hours=24)
    assert desk.patient.call("checkin", "--pain", "2").code == 0
    assert "upper-trapezius activate" in phases()


def test_what_the_screening_left_open_and_the_patient_answers_later_reaches_the_therapist() -> None:
    with room(NEEDLED) as patient, room(NEEDLED) as clinic:
        desk = Desk(patient, clinic, "--screen", "osteoporosis=unanswered", "--screen", "falls=unanswered")
        desk.later(hours=2)
        assert "You can answer it here: “Health questions”." in patient.call("today").out
        assert "Written down." in desk.types("health", "1")
        assert "Not answered" not in patient.call("today").out
        desk.sends()
        [row] = json.loads(clinic.call("clinic", "list", "--json").out)
        [alert] = [alert for alert in row["alerts"] if alert["rule"] == "screening"]
        assert alert["level"] == "this_week"
        assert alert["text"] == (
            "Answered by the patient since the plan was made: yes to Osteoporosis (thin bones); no to A fall in the "
            "last year, or poor balance."
        )
        report = (patient.path / "report.html").read_text(encoding="utf-8")
        assert alert["text"] in report
        assert report.count("answered by the patient on 23 November 2026, after the plan was made") == 2
