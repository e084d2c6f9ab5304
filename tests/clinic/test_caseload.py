from __future__ import annotations

import itertools
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from profiles import tries
from reloadpt import files
from reloadpt.clinic.caseload import MOST_CONFLICTS, SUMMARY, Caseload, Patient
from reloadpt.clinic.importing import ImportResult, import_all
from reloadpt.clinic.summary import summary_bytes as sealed
from reloadpt.files import Trouble
from reloadpt.journal.entries import Entry
from reloadpt.journal.mending import mend
from sample_logs import Said, at, begins, entries_of, item, lines_of, rated, sat, sent

DAYS: list[Said] = [each for day in range(6) for each in (rated(day, 4), *sat(day, day % 5))]


def caseload(folder: Path) -> Caseload:
    return Caseload(folder / "caseload")


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
    assert take_in(tmp_path, written(inbox, "bad.jsonl", [])) == ["rejected"]
    [patient] = caseload(tmp_path).patients()
    [kept] = patient.folder.glob("*.jsonl")
    assert kept.read_bytes() == whole.read_bytes()


@tries(12, HealthCheck.function_scoped_fixture)
@given(data=st.data())
def test_what_is_here_already_is_told_as_if_all_of_it_had_been_read_again(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """In one caseload the summary is there, and what comes is compared; in the other it is read and folded."""
    tmp_path = tmp_path_factory.mktemp("two")
    log = entries_of(
        (at(0), begins(patient=data.draw(st.sampled_from(["A-17", "A-18"])))), *DAYS[:12], sent(6)
    )
    more = data.draw(st.booleans())
    whole = lines_of(
        entries_of((at(0), begins()), *DAYS[:12], (at(7), begins("second", patient="A-19")), sent(8))
        if more
        else log
    )
    ends = [end + 1 for end, byte in enumerate(whole) if byte == 10]
    changed = bytearray(whole)
    changed[data.draw(st.integers(0, len(whole) - 1))] ^= 1
    ways = [
        whole,
        whole[: data.draw(st.sampled_from(ends))],
        whole[:-1],
        whole + b'{"n":',
        bytes(changed),
        whole[: ends[0]] + whole,
    ]
    sent_lines = [data.draw(st.sampled_from(ways)) for _ in range(3)]
    rot = data.draw(st.booleans())
    told = []
    for name in ("compared", "read"):
        folder = tmp_path / name
        folder.mkdir()
        found: list[tuple[str, str, str, str]] = []
        for lines in (whole, *sent_lines):
            if found and rot:
                [stored] = caseload(folder).folders()[0].glob("????????-*-????????????.jsonl")
                stored.write_bytes(bytes(changed))
            for kept in caseload(folder).folders() if name == "read" else ():
                (kept / SUMMARY).unlink()
            (tmp_path / "a.jsonl").write_bytes(lines)
            found += [
                (result.kind, result.patient, result.why, result.damage)
                for result in results(folder, tmp_path / "a.jsonl")
            ]
        # a summary that is there is believed, where its log was changed by somebody else and has the same size
        summaries = [] if rot else [patient.summary for patient in caseload(folder).patients()]
        told.append((found, logs(folder), summaries))
    assert told[0] == told[1]


def calls(work: Callable[[], object]) -> Counter[str]:
    """How often each function is called in ``work``."""
    counted: Counter[str] = Counter()
    sys.setprofile(lambda frame, event, _: counted.update([frame.f_code.co_name] if event == "call" else []))
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("days", [5, 10])
def test_a_log_that_is_here_already_is_compared_and_not_read_again(
    tmp_path: Path, inbox: Path, days: int
) -> None:
    said = [each for day in range(days) for each in (rated(day, 4), *sat(day, 1))]
    log = entries_of((at(0), begins()), *said, sent(days))
    path = written(inbox, "a.jsonl", log)
    first, again = (calls(lambda: take_in(tmp_path, path)) for _ in range(2))
    assert first["check_line"] > len(log)
    assert again["check_line"] == 1, "the first line, which says whose log it is"
    assert not again["summarise"]
    assert take_in(tmp_path, path) == ["unchanged"]


def test_a_log_that_is_taken_away_after_it_was_compared_is_read_after_all(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    path = written(inbox, "a.jsonl", log)
    take_in(tmp_path, path)
    kept = caseload(tmp_path)
    compared = kept.read(path, None)
    assert compared.summary is None
    shutil.rmtree(kept.folders()[0])
    with kept.writing() as placement:
        assert placement.place(compared) == "new"
    [patient] = caseload(tmp_path).patients()
    assert patient.summary.counts.sets_done
    assert logs(tmp_path) == {frozenset({(f"{log_id(log)}.jsonl", lines_of(log))})}


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
    assert patient.summary.patient == "A-17 + B-4"
    assert "names A-17 and B-4" in patient.summary.caveats[0]


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
    (folder / f".{log_id(log)}.jsonl.0123456789ab").write_bytes(b"half a dr")
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
    whole = stored.read_bytes()
    for damage in (
        b"x" + whole,
        b"",
        whole.replace(b'"pain":', b'"pAin":'),
        whole[: len(whole) // 2] + b"\n",
    ):
        stored.write_bytes(damage)
        if len(damage) == len(whole):  # a size alone does not tell of a flipped bit; `clinic verify` does
            stored.with_name(SUMMARY).unlink()
        patients = {patient.summary.patient: patient for patient in caseload(tmp_path).patients()}
        assert sorted(patients) == ["A-17", "B-4"]
        assert (len(patients["A-17"].damage), len(patients["B-4"].damage)) == (1, 0)
        assert take_in(tmp_path, written(inbox, "log.jsonl", log)) == ["healed"]
        assert stored.read_bytes() == whole
        assert not any(patient.damage or patient.conflicts for patient in caseload(tmp_path).patients())


def test_everything_is_private(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    take_in(tmp_path, written(inbox, "log.jsonl", log))
    for path in caseload(tmp_path).folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_caseload_that_cannot_be_written_says_so(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    (tmp_path / "caseload").write_text("in the way")
    with pytest.raises(Trouble):
        take_in(tmp_path, written(inbox, "log.jsonl", log))


# One log, one patient --------------------------------------------------------------------------------


def three_logs(inbox: Path) -> dict[str, Path]:
    """A log of A-17, one of B-22, and one in which plans of both were used one after the other."""
    one = entries_of((at(0), begins("p1")), *sat(0))
    two = entries_of((at(0), begins("p2", patient="B-22")), *sat(1))
    mixed = entries_of((at(0), begins("p1")), *sat(2), (at(3), begins("p2", patient="B-22")), *sat(4))
    logs = {"one": one, "two": two, "mixed": mixed}
    return {name: written(inbox, f"{name}.jsonl", log) for name, log in logs.items()}


@pytest.mark.parametrize("order", [*itertools.permutations(("one", "two", "mixed"))], ids="-".join)
def test_a_log_of_two_patients_joins_nobody_by_itself(
    tmp_path: Path, inbox: Path, order: tuple[str, ...]
) -> None:
    logs = three_logs(inbox)
    for name in order:
        take_in(tmp_path, logs[name])
    listed = {patient.summary.patient: patient for patient in caseload(tmp_path).patients()}
    assert sorted(listed) == ["A-17", "A-17 + B-22", "B-22"]
    assert "names A-17 and B-22" in listed["A-17 + B-22"].summary.caveats[0]
    assert not any("names" in caveat for caveat in listed["A-17"].summary.caveats)
    assert [len(patient.summary.logs) for patient in listed.values()] == [1, 1, 1]


def of(tmp_path: Path, alias: str) -> Patient:
    [found] = [patient for patient in caseload(tmp_path).patients() if patient.summary.patient == alias]
    return found


def kept_bytes(tmp_path: Path) -> dict[str, bytes]:
    """Every file in the folders of the patients."""
    folders = caseload(tmp_path).folders()
    return {
        f"{path.parent.name}/{path.name}": path.read_bytes()
        for folder in folders
        for path in folder.iterdir()
    }


def test_joined_and_parted_again_is_as_it_was_and_no_import_undoes_either(
    tmp_path: Path, inbox: Path
) -> None:
    logs = three_logs(inbox)
    take_in(tmp_path, *logs.values())
    before = kept_bytes(tmp_path)
    with caseload(tmp_path).writing() as placing:
        placing.join(of(tmp_path, "A-17"), of(tmp_path, "A-17 + B-22"))
    joined = of(tmp_path, "A-17")
    assert len(joined.summary.logs) == 2
    take_in(tmp_path, *logs.values())
    assert len(of(tmp_path, "A-17").summary.logs) == 2
    with caseload(tmp_path).writing() as placing:
        placing.part(joined, [])
    assert kept_bytes(tmp_path) == before
    take_in(tmp_path, *logs.values())
    assert kept_bytes(tmp_path) == before


def test_two_people_under_one_alias_and_plan_stay_apart_once_parted(tmp_path: Path, inbox: Path) -> None:
    one, two = (entries_of((at(0), begins()), *sat(day)) for day in (0, 1))
    paths = [written(inbox, f"{n}.jsonl", log) for n, log in enumerate((one, two))]
    take_in(tmp_path, *paths)
    [both] = caseload(tmp_path).patients()
    with caseload(tmp_path).writing() as placing:
        placing.part(both, [log_id(two)])
    assert [len(patient.summary.logs) for patient in caseload(tmp_path).patients()] == [1, 1]
    third = written(inbox, "third.jsonl", entries_of((at(0), begins()), *sat(2)))
    take_in(
        tmp_path, written(inbox, "more.jsonl", [*one, *entries_of((at(0), begins()), rated(3, 1))[2:]]), third
    )
    take_in(tmp_path, *paths)
    # whose the third is, alias and plan do not tell any more
    assert [len(patient.summary.logs) for patient in caseload(tmp_path).patients()] == [1, 1, 1]
    # a caseload that is made anew beside the record of what was parted is parted too
    for folder in caseload(tmp_path).folders():
        shutil.rmtree(folder)
    take_in(tmp_path, *paths)
    assert [len(patient.summary.logs) for patient in caseload(tmp_path).patients()] == [1, 1]


def test_what_was_joined_is_joined_again_in_a_caseload_made_anew(tmp_path: Path, inbox: Path) -> None:
    logs = three_logs(inbox)
    take_in(tmp_path, logs["one"], logs["two"])
    with caseload(tmp_path).writing() as placing:
        placing.join(of(tmp_path, "A-17"), of(tmp_path, "B-22"))
    for folder in caseload(tmp_path).folders():
        shutil.rmtree(folder)
    for name in ("two", "one"):
        take_in(tmp_path, logs[name])
    [patient] = caseload(tmp_path).patients()
    assert len(patient.summary.logs) == 2


def test_there_is_nothing_to_take_apart_in_one_log(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    take_in(tmp_path, written(inbox, "log.jsonl", log))
    [patient] = caseload(tmp_path).patients()
    for logs in ([], [log_id(log)], ["0" * 36]):
        with caseload(tmp_path).writing() as placing, pytest.raises(Trouble, match="Name the logs"):
            placing.part(patient, logs)


# Damage ------------------------------------------------------------------------------------------------


def damaged(path: Path, log: Sequence[Entry], *lines: int) -> Path:
    """A copy of a log in which some lines, from 1, can be read no more."""
    told = lines_of(log).splitlines(keepends=True)
    for line in lines:
        told[line - 1] = told[line - 1].replace(b'"kind"', b'"kinD"')
    path.write_bytes(b"".join(told))
    return path


def test_each_copy_of_a_damaged_log_gives_what_it_has(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    def imported(*lines: int, upto: int = 100) -> list[str]:
        return take_in(tmp_path, damaged(inbox / "a.jsonl", log[:upto], *lines))

    assert imported(3, 5) == ["new"]
    [patient] = caseload(tmp_path).patients()
    assert (patient.summary.logs[0].damaged, len(patient.damage)) == (2, 1)
    assert imported(3, 5) == ["unchanged"]
    assert imported(3, 5, 6) == ["older"]
    assert imported(4, 5) == ["healed"]
    assert imported(5, upto=10) == ["older"]
    assert imported(upto=8) == ["healed"]
    [patient] = caseload(tmp_path).patients()
    [kept] = patient.folder.glob("*.jsonl")
    assert kept.read_bytes() == lines_of(log)
    assert (patient.damage, patient.conflicts) == ((), ())
    assert imported(2, 3, 4) == ["older"]


def test_a_log_without_its_first_line_is_healed_by_the_one_that_has_it(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    take_in(tmp_path, damaged(inbox / "a.jsonl", log, 1))
    [before] = caseload(tmp_path).patients()
    assert before.summary.patient == "A-17"
    assert take_in(tmp_path, written(inbox, "b.jsonl", log)) == ["healed"]
    [patient] = caseload(tmp_path).patients()
    assert [path.name for path in patient.folder.glob("*.jsonl")] == [f"{log_id(log)}.jsonl"]
    assert take_in(tmp_path, damaged(inbox / "a.jsonl", log, 1)) == ["older"]


def test_a_log_that_goes_on_from_a_damaged_one_counts_nothing_twice(tmp_path: Path, inbox: Path) -> None:
    whole = entries_of((at(0), begins()), *sat(0), *sat(1), sent(1))
    take_in(tmp_path, written(inbox, "whole.jsonl", whole))
    [before] = caseload(tmp_path).patients()
    journal = damaged(tmp_path / "journal.jsonl", whole, 5)
    mend(journal, at(2), "reloadpt")
    take_in(tmp_path, journal)
    [after] = caseload(tmp_path).patients()
    assert len(after.summary.logs) == 2
    assert after.summary.counts == before.summary.counts
    assert not any("could not be read" in caveat for caveat in after.summary.caveats)


def test_a_stored_log_that_cannot_be_read_at_all_stays_first_on_the_list(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    take_in(tmp_path, written(inbox, "log.jsonl", log))
    [folder] = caseload(tmp_path).folders()
    for path in folder.iterdir():
        path.write_bytes(b"")
    [patient] = caseload(tmp_path).patients()
    assert (patient.summary.patient, len(patient.damage)) == ("unknown", 1)
    with pytest.raises(Trouble, match="nothing that is kept here can be read"):
        caseload(tmp_path).page(patient, at(5))
    assert take_in(tmp_path, written(inbox, "log.jsonl", log)) == ["healed"]
    [patient] = caseload(tmp_path).patients()
    assert (patient.summary.patient, patient.damage) == ("A-17", ())


# Life in the folder ---------------------------------------------------------------------------------------


def test_what_is_not_ours_is_left_alone(tmp_path: Path, inbox: Path, log: list[Entry]) -> None:
    other = entries_of((at(0), begins("p2", patient="B-22")), *sat(1))
    take_in(tmp_path, written(inbox, "log.jsonl", log), written(inbox, "other.jsonl", other))
    kept = caseload(tmp_path)
    foreign = []
    for folder in (kept.folder, *kept.folders()):
        for name in (
            ".DS_Store",
            ".stfolder",
            "desktop.ini",
            ".syncthing.x.tmp",
            "notes.txt",
            f"{log_id(log)}.jsonl.bak",
        ):
            (folder / name).write_text("theirs")
            foreign.append(folder / name)
        (folder / ".sync").mkdir()
        (folder / "11111111-1111-1111-1111-111111111111.jsonl").symlink_to("/nowhere")
        (folder / "22222222-2222-2222-2222-222222222222.jsonl").mkdir()
        os.mkfifo(folder / "33333333-3333-3333-3333-333333333333.jsonl")
    (kept.folder / ("0" * 16)).write_text("a file")
    (kept.folder / ("1" * 16)).symlink_to(tmp_path)
    assert take_in(tmp_path, written(inbox, "log.jsonl", log)) == ["unchanged"]
    assert len(kept.patients()) == 2
    with kept.writing() as placing:
        placing.join(*kept.patients())
    assert len(kept.patients()) == 1
    assert all(path.read_text() == "theirs" for path in foreign)


def test_so_many_logs_that_contradict_one_are_kept_and_no_more(
    tmp_path: Path, inbox: Path, log: list[Entry]
) -> None:
    take_in(tmp_path, written(inbox, "first.jsonl", log))
    twins = [
        written(inbox, f"{n}.jsonl", forked(log, 10, rated(n + 1, 9))) for n in range(MOST_CONFLICTS + 2)
    ]
    assert take_in(tmp_path, *twins) == ["conflict"] * MOST_CONFLICTS + ["rejected"] * 2
    [patient] = caseload(tmp_path).patients()
    assert len(patient.conflicts) == MOST_CONFLICTS


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
