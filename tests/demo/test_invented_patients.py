from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from reloadpt.care.record import Record
from reloadpt.clinic.caseload import Caseload, Patient
from reloadpt.clinic.overview import PatientRow, row_of
from reloadpt.clinic.summary import Summary, summarise
from reloadpt.demo import life
from reloadpt.demo.behaviours import BEHAVIOURS, DROPS_OUT, FLARES, MISSES, STEADY, Behaviour, ExpectedOutcome
from reloadpt.demo.caseloads import invent_patients, write_logs
from reloadpt.demo.complaints import CASES, LOW_BACK
from reloadpt.demo.homes import CASELOAD, CLINIC_STEPS, KEPT_BACK, fill_for_clinic, inbox_of
from reloadpt.demo.life import Life
from reloadpt.demo.memory_journal import MemoryJournal
from reloadpt.demo.rewriting import rewrite_for
from reloadpt.files import Places, places
from reloadpt.journal.chain import verify_log
from reloadpt.journal.entries import Entry
from reloadpt.journal.journal import Journal
from reloadpt.measures.course import Course
from reloadpt.program.library import Library
from sample_logs import ZONE, library

UNTIL = datetime(2026, 11, 26, 18, 0, tzinfo=ZONE)


def lived(behaviour: Behaviour, seed: str = "1", weeks: int = 4, case: int = 0) -> bytes:
    return Life(library(), CASES[case], behaviour, "A-17", seed, UNTIL, weeks).live()


def entries_in(lines: bytes) -> list[Entry]:
    found: list[Entry] = []
    assert verify_log(lines, on_entry=found.append).whole
    return found


def row(lines: bytes) -> PatientRow:
    course = Course()
    verdict = verify_log(lines, on_entry=lambda entry: course.fold((entry,)))
    assert verdict.whole
    assert verdict.not_understood == course.not_understood == 0
    return row_of(Patient(Path("a"), summarise([], course), ()), UNTIL)


def faults(truth: ExpectedOutcome, seen: PatientRow) -> list[str]:
    """What the figures say against the truth of a behaviour."""
    rules = {alert.rule for alert in seen.alerts}
    found = [f"{rule} does not fire" for rule in truth.fires - rules]
    found += [f"{rule} fires" for rule in truth.never & rules]
    recent = seen.patient.summary.recent
    if not truth.done[0] <= recent.sets_done / recent.sets_planned <= truth.done[1]:
        found.append(f"{recent.sets_done} of {recent.sets_planned} sets")
    if truth.source == "timed" and recent.timed != recent.sets_done:
        found.append("not all timed")
    if truth.source == "back_filled" and (recent.timed or not recent.sets_done):
        found.append("not filled in later")
    return found


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda behaviour: behaviour.name)
def test_figures_and_alerts_say_what_the_behaviour_did(behaviour: Behaviour) -> None:
    case = BEHAVIOURS.index(behaviour) % len(CASES)
    assert faults(behaviour.truth, row(lived(behaviour, case=case))) == []


def test_the_truth_of_another_behaviour_does_not_hold() -> None:
    steady = row(lived(STEADY))
    assert faults(STEADY.truth, steady) == []
    assert faults(DROPS_OUT.truth, steady)
    assert faults(FLARES.truth, steady)


def test_pain_starts_and_ends_as_the_behaviour_says() -> None:
    def summary(behaviour: Behaviour) -> Summary:
        return row(lived(behaviour)).patient.summary

    steady, flares = summary(STEADY), summary(FLARES)
    assert (steady.pain_start, steady.pain, steady.worth_having) == (5, 2, True)
    assert (flares.pain_start, flares.pain, flares.worth_having) == (4, 8, False)


def test_the_same_seed_makes_the_same_life_and_another_seed_another() -> None:
    assert lived(STEADY) == lived(STEADY)
    assert lived(STEADY) != lived(STEADY, seed="2")


def test_what_today_no_longer_keeps_whole_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    short = lived(FLARES, weeks=9)
    monkeypatch.setattr(life, "keep_recent", lambda _history: None)
    assert lived(FLARES, weeks=9) == short


def test_a_life_too_short_for_its_behaviour_is_refused() -> None:
    with pytest.raises(ValueError, match="4 weeks"):
        Life(library(), LOW_BACK, STEADY, "A-17", "1", UNTIL, 3)


class OnDisk(MemoryJournal):
    """The lines of a journal that is on the disk."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.path = journal.path

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()


def test_a_journal_on_disk_would_hold_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_disk(library: Library) -> tuple[Record, MemoryJournal]:
        record = Record(tmp_path / "journal.jsonl", library)
        return record, OnDisk(record.journal)

    in_memory = lived(MISSES)
    monkeypatch.setattr(life, "memory_record", on_disk)
    assert lived(MISSES) == in_memory


def test_nothing_happens_after_the_end_and_all_in_order() -> None:
    times = [entry.at for entry in entries_in(lived(STEADY))]
    assert times == sorted(times)
    assert times[-1] == UNTIL
    assert UNTIL - times[0] < timedelta(days=29)


def test_a_life_told_again_is_another_patient_with_the_same_figures() -> None:
    lines = lived(FLARES)
    again = rewrite_for(lines, "B-20", "1")
    first, other = row(lines).patient.summary, row(again).patient.summary
    assert (other.counts, other.pain_line, other.alerts) == (first.counts, first.pain_line, first.alerts)
    assert b'"patient":"B-20"' in again.splitlines()[0]
    ids = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
    assert not {*ids.findall(lines)} & {*ids.findall(again)}
    assert b"A-17" not in again


def test_a_caseload_has_every_behaviour_and_as_many_patients_as_asked_for(tmp_path: Path) -> None:
    invented = list(invent_patients(30, 4, UNTIL, lived=len(BEHAVIOURS), cores=1))
    assert len({patient.alias for patient in invented}) == 30
    assert all(re.fullmatch(r"[A-Z]-\d{2}", patient.alias) for patient in invented)
    assert [patient.behaviour for patient in invented[: len(BEHAVIOURS)]] == [*BEHAVIOURS]
    paths = list(write_logs(iter(invented), tmp_path))
    assert [path.name for path in paths] == [f"{patient.alias}.jsonl" for patient in invented]
    assert all(verify_log(path.read_bytes()).whole for path in paths)


def test_inventing_touches_no_files_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELOADPT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    lived(STEADY)
    assert places().data == tmp_path / "home"
    assert list(tmp_path.iterdir()) == []


def test_the_demo_of_a_clinic_is_filled_step_by_step_and_keeps_a_few_reports_back(tmp_path: Path) -> None:
    places = Places(data=tmp_path, config=tmp_path)
    assert sum(fill_for_clinic(places, UNTIL)) == CLINIC_STEPS
    found = Caseload(places.caseload).patients()
    waiting = list(inbox_of(places).iterdir())
    assert (len(found), len(waiting)) == (CASELOAD - len(KEPT_BACK), len(KEPT_BACK))
