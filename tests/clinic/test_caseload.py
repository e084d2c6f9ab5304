from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from profiles import tries
from reloadpt import files
from reloadpt.clinic.caseload import SUMMARY, Caseload, Patient
from reloadpt.clinic.importing import ImportResult, import_all
from reloadpt.clinic.summary import summary_bytes as sealed
from reloadpt.files import Trouble
from reloadpt.journal.entries import Entry
from sample_logs import Said, at, begins, entries_of, item, lines_of, meant, rated, sat, sent

DAYS: list[Said] = [each for day in range(6) for each in (rated(day, 4), *sat(day, day % 5))]


def caseload(folder: Path) -> Caseload:
    return Caseload(folder / "caseload", meant())


def take_in(folder: Path, *files: Path) -> list[str]:
    return [result.kind for result in results(folder, *files)]


def results(folder: Path, *files: Path) -> list[ImportResult]:
    return list(import_all(files, caseload(folder), None))


def logs(folder: Path) -> set[frozenset[tuple[str, bytes]]]:
    """What the caseload holds, patient by patient, whatever the patients' random ids are."""
    kept = caseload(folder)
    return {
        frozenset((path.name, path.read_bytes()) for path in each.glob("*.jsonl")) for each in kept.folders()
    }


def written(folder: Path, name: str, entries: Sequence[Entry]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(lines_of(entries))
    return path


@pytest.fixture
def log() -> list[Entry]:
    return entries_of((at(0), begins()), *DAYS, sent(6))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_each_result_is_told_apart(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    half = written(inbox, "half.jsonl", log[:20])
    whole = written(inbox, "whole.jsonl", log)
    assert take_in(tmp_path, half) == ["new"]
    assert take_in(tmp_path, half) == ["unchanged"]
    assert take_in(tmp_path, whole) == ["extended"]
    assert take_in(tmp_path, half) == ["older"]
    assert take_in(tmp_path, written(inbox, "bad.jsonl", log[1:])) == ["rejected"]
    [patient] = caseload(tmp_path).patients()
    [kept] = patient.folder.glob("*.jsonl")
    assert kept.read_bytes() == whole.read_bytes()


def test_a_log_that_contradicts_is_kept_beside_and_the_figures_stay(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    first = written(inbox, "first.jsonl", log)
    twin = forked(log, 10, rated(3, 9))
    assert take_in(tmp_path, first) == ["new"]
    [before] = caseload(tmp_path).patients()
    assert take_in(tmp_path, written(inbox, "twin.jsonl", twin)) == ["conflict"]
    [after] = caseload(tmp_path).patients()
    assert after.summary == before.summary
    assert after.conflicts == (f"{log_id(log)}.conflict-{twin[-1].h[:8]}.jsonl",)
    assert (after.folder / after.conflicts[0]).read_bytes() == lines_of(twin)


def test_a_contradiction_is_kept_once_and_in_its_longest_form(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    short = written(inbox, "short.jsonl", forked(log, 10, rated(3, 9)))
    long = written(inbox, "long.jsonl", forked(log, 10, rated(3, 9), rated(4, 8)))
    take_in(tmp_path, written(inbox, "first.jsonl", log), short)
    assert take_in(tmp_path, short, long, short, long) == ["conflict"] * 4
    [patient] = caseload(tmp_path).patients()
    assert [(patient.folder / name).read_bytes() for name in patient.conflicts] == [long.read_bytes()]


def test_two_devices_are_one_patient_when_alias_and_a_plan_agree(tmp_path: Path, inbox: Path) -> None:
    phone = written(inbox, "phone.jsonl", entries_of((at(0), begins()), *sat(0), sent(5)))
    laptop = written(inbox, "laptop.jsonl", entries_of((at(1), begins()), *sat(2), rated(3, 2), sent(5)))
    assert take_in(tmp_path, phone, laptop) == ["new", "new"]
    [patient] = caseload(tmp_path).patients()
    assert patient.summary.counts.sets_done == 8
    assert patient.summary.pain == 2
    assert len(patient.summary.logs) == 2


@pytest.mark.parametrize(
    ("plan", "patient"), [("another plan", "A-17"), ("p1", "B-4")], ids=["another plan", "another alias"]
)
def test_logs_that_agree_in_one_thing_only_are_two_patients(
    tmp_path: Path, inbox: Path, plan: str, patient: str
) -> None:
    one = written(inbox, "one.jsonl", entries_of((at(0), begins()), *sat(0)))
    other = written(inbox, "other.jsonl", entries_of((at(0), begins(plan, patient=patient)), *sat(0)))
    take_in(tmp_path, one, other)
    assert len(caseload(tmp_path).patients()) == 2


def test_a_log_that_ties_two_patients_makes_them_one(tmp_path: Path, inbox: Path) -> None:
    one = written(inbox, "one.jsonl", entries_of((at(0), begins("p1")), *sat(0)))
    two = written(inbox, "two.jsonl", entries_of((at(1), begins("p2")), *sat(1)))
    tie = written(
        inbox, "tie.jsonl", entries_of((at(0), begins("p1")), *sat(2), (at(3), begins("p2")), *sat(3))
    )
    take_in(tmp_path, one, two)
    assert len(caseload(tmp_path).patients()) == 2
    take_in(tmp_path, tie)
    [patient] = caseload(tmp_path).patients()
    assert len(patient.summary.logs) == 3
    assert patient.summary.counts.sets_done == 16


def test_a_therapist_joins_what_only_they_know_to_be_one_patient(tmp_path: Path, inbox: Path) -> None:
    one = written(inbox, "one.jsonl", entries_of((at(0), begins("p1")), *sat(0)))
    two = entries_of((at(0), begins("p2", patient="B-4")), *sat(1), *sat(2))
    take_in(tmp_path, one, written(inbox, "two.jsonl", two[:8]))
    kept = caseload(tmp_path)
    with kept.writing() as placing:
        placing.join(*kept.patients())
    [patient] = kept.patients()
    assert patient.summary.counts.sets_done == 8
    assert take_in(tmp_path, written(inbox, "two.jsonl", two)) == ["extended"]
    [patient] = kept.patients()
    assert patient.summary.counts.sets_done == 12


def test_a_log_whose_alias_changed_is_still_the_same_patient(tmp_path: Path, inbox: Path) -> None:
    log = entries_of((at(0), begins("p1")), *sat(0), (at(1), begins("p2", patient="B-4")), *sat(1))
    take_in(tmp_path, written(inbox, "before.jsonl", log[:8]))
    take_in(tmp_path, written(inbox, "after.jsonl", log))
    [patient] = caseload(tmp_path).patients()
    assert patient.summary.patient == "B-4"


def test_alerts_of_a_merged_patient_name_the_log_and_the_entry(tmp_path: Path, inbox: Path) -> None:
    one = entries_of((at(0), begins()), *sat(0))
    two = entries_of((at(0), begins()), rated(1, 8), rated(2, 8))
    take_in(tmp_path, written(inbox, "one.jsonl", one), written(inbox, "two.jsonl", two))
    [patient] = caseload(tmp_path).patients()
    [high] = [alert for alert in patient.summary.alerts if alert.rule == "pain_high"]
    assert high.entries == (f"{log_id(two)[:8]}:2", f"{log_id(two)[:8]}:3")


@given(st.randoms(use_true_random=False))
@tries(15, HealthCheck.function_scoped_fixture)
def test_any_order_and_any_repetition_gives_the_same_caseload(
    tmp_path_factory: pytest.TempPathFactory, rnd: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("order")
    inbox = an_inbox(folder / "inbox")
    shuffled = [path for path in inbox for _ in range(rnd.randint(1, 2))]
    rnd.shuffle(shuffled)
    for path in shuffled:
        take_in(folder, path)
    take_in(folder / "plain", *inbox)
    assert logs(folder) == logs(folder / "plain")
    assert shown(folder) == shown(folder / "plain")


def test_an_import_that_was_killed_half_way_and_repeated_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = an_inbox(tmp_path / "inbox")
    whole = DyingDisk(10_000)
    monkeypatch.setattr("reloadpt.clinic.caseload.replace_file", whole.replace_file)
    take_in(tmp_path / "plain", *inbox)
    for survives in range(10_000 - whole.left):
        folder = tmp_path / f"killed-{survives}"
        monkeypatch.setattr("reloadpt.clinic.caseload.replace_file", DyingDisk(survives).replace_file)
        with pytest.raises(KilledError):
            take_in(folder, *inbox)
        monkeypatch.setattr("reloadpt.clinic.caseload.replace_file", files.replace_file)
        shown(folder)
        take_in(folder, *inbox)
        assert logs(folder) == logs(tmp_path / "plain")
        assert shown(folder) == shown(tmp_path / "plain")


def test_a_turn_builds_on_the_one_before_only_where_nobody_wrote_since(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    ours = caseload(tmp_path)
    first, second = (
        ours.read(written(inbox, name, entries), None)
        for name, entries in (("a.jsonl", log[:20]), ("b.jsonl", log))
    )
    with ours.writing() as turn:
        assert turn.place(first) == "new"
    with ours.writing(turn) as same:
        assert same is turn
    with caseload(tmp_path).writing() as theirs:
        assert theirs.place(second) == "extended"
    with ours.writing(turn) as anew:
        assert anew is not turn
        assert anew.place(second) == "unchanged"


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    path = written(inbox, "log.jsonl", log)
    take_in(tmp_path, path)
    kept = caseload(tmp_path)
    [folder] = kept.folders()
    (folder / f".{log_id(log)}.jsonl.abcdef").write_bytes(b"half a dr")
    (kept.folder / ("0" * 16)).mkdir()
    take_in(tmp_path, path)
    assert sorted(each.name for each in folder.iterdir()) == [f"{log_id(log)}.jsonl", SUMMARY]
    assert kept.folders() == [folder]


def test_a_summary_that_is_lost_or_damaged_is_made_again(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    path = written(inbox, "log.jsonl", log)
    take_in(tmp_path, path)
    [before] = caseload(tmp_path).patients()
    for damage in (
        b"",
        b"{}",
        b"\xff\xfe",
        sealed(msgspec.structs.replace(before.summary, version="summary/0")),
        (before.folder / SUMMARY).read_bytes().replace(b'"patient":"A-17"', b'"patient":"A-18"'),
    ):
        (before.folder / SUMMARY).write_bytes(damage)
        [after] = caseload(tmp_path).patients()
        assert after.summary == before.summary
    take_in(tmp_path, path)
    assert not caseload(tmp_path).patients()[0].remade


def test_a_kept_log_that_was_damaged_hides_no_other_patient(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    other = entries_of((at(0), begins("p2", patient="B-4")), *sat(0))
    take_in(tmp_path, written(inbox, "log.jsonl", log), written(inbox, "other.jsonl", other))
    [stored] = caseload(tmp_path).folder.glob(f"*/{log_id(log)}.jsonl")
    stored.write_bytes(b"x" + stored.read_bytes())
    assert [patient.summary.patient for patient in caseload(tmp_path).patients()] == ["B-4"]


def test_everything_is_private(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    take_in(tmp_path, written(inbox, "log.jsonl", log))
    for path in caseload(tmp_path).folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_caseload_that_cannot_be_written_says_so(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    (tmp_path / "caseload").write_text("in the way")
    with pytest.raises(Trouble):
        take_in(tmp_path, written(inbox, "log.jsonl", log))


# What the tests above are made of ---------------------------------------------------------------------


class KilledError(BaseException):
    """The program was killed here."""


@dataclass
class DyingDisk:
    """Takes so many files, and dies at the next."""

    left: int

    def replace_file(self, path: Path, data: bytes) -> None:
        self.left -= 1
        if self.left < 0:
            raise KilledError
        files.replace_file(path, data)


def log_id(entries: Sequence[Entry]) -> str:
    return str(getattr(entries[0].event, "log", ""))


def forked(entries: Sequence[Entry], at_n: int, *said: Said) -> list[Entry]:
    """The same log up to an entry, and then another course of things."""
    from reloadpt.journal.entries import write_entry

    found = list(entries[:at_n])
    for moment, event in said:
        found.append(write_entry(len(found), found[-1].h, moment, event))
    return found


def an_inbox(folder: Path) -> list[Path]:
    """Reports of three patients, one with two devices tied by a third log, in all their stages."""
    one = entries_of((at(0), begins("p1")), *DAYS, sent(6))
    two = entries_of((at(1), begins("p2")), *sat(1, None, item(sets=2)), rated(2, 3))
    tie = entries_of((at(0), begins("p1")), *sat(4, hour=19), (at(5), begins("p2")), *sat(5, hour=20))
    b = entries_of((at(0), begins("p3", patient="B-4")), *sat(0), rated(1, 8), rated(2, 8))
    c = entries_of((at(0), begins("p1", patient="C-9")), *sat(0))
    stages = {
        "one": one,
        "one-half": one[:15],
        "two": two,
        "tie": tie,
        "tie-half": tie[:4],
        "b": b,
        "b-half": b[:6],
    }
    return [written(folder, f"{name}.jsonl", entries) for name, entries in (stages | {"c": c}).items()]


def shown(folder: Path) -> list[object]:
    """What a therapist sees, patient by patient."""

    def told(patient: Patient) -> tuple[object, ...]:
        summary = patient.summary
        return (
            summary.patient,
            summary.counts,
            summary.pain,
            summary.alerts,
            summary.phases,
            len(summary.logs),
        )

    return sorted((told(patient) for patient in caseload(folder).patients()), key=repr)
