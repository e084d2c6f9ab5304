"""Caseloads counted by the workers of a real cluster on this machine: the same as counted here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from program_runs import reloadpt
from reloadpt.care.thresholds import PROPOSED
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.cluster import FolderCount, count_patients, counting_terms, places_in
from reloadpt.clinic.importing import import_all
from reloadpt.clinic.summary import Summary
from reloadpt.files import Trouble
from sample_logs import Said, at, begins, entries_of, lines_of, rated, sat, sent
from waiting import until

PATIENTS = 40
BY = counting_terms(PROPOSED)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr
    for line in process.stderr:
        if words in line:
            return line
    raise AssertionError(f"never said: {words}")


@contextmanager
def a_worker(scheduler: str, folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    command = [
        "distributed.cli.dask_worker",
        scheduler,
        "--host",
        "127.0.0.1",
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    with running(*command, "--local-directory", str(folder), *more) as worker:
        line_with(worker, "Starting established connection")
        yield worker


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """A scheduler on the loopback, at a port of its own choosing."""
    with running(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"
    ) as process:
        yield line_with(process, "Scheduler at:").split()[-1]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a clinic whose patients each did a little more than the one before."""
    home = tmp_path_factory.mktemp("clinic")
    inbox = home / "inbox"
    inbox.mkdir()
    for k in range(PATIENTS):
        days: list[Said] = [each for day in range(4) for each in (rated(day, k % 8), *sat(day, k % 5))]
        entries = entries_of((at(0), begins(plan_id=f"p{k}")), *days, sent(5))
        (inbox / f"{k}.jsonl").write_bytes(lines_of(entries))
    assert {each.kind for each in import_all([inbox], Caseload(home / "caseload"), None, cores=1)} == {"new"}
    return home


@pytest.fixture(scope="module")
def here(clinic: Path) -> dict[str, Summary]:
    """Every summary, made in this process."""
    caseload = Caseload(clinic / "caseload")
    found = {folder.name: caseload.summarised(folder) for folder in caseload.folders()}
    assert len(found) == PATIENTS
    return {name: summary for name, summary in found.items() if summary}


def summaries(counted: Iterator[FolderCount]) -> dict[str, Summary]:
    return {each.patient.id: each.patient.summary for each in counted if each.patient}


def test_two_workers_count_what_one_process_counts(
    clinic: Path, here: dict[str, Summary], scheduler: str, tmp_path: Path
) -> None:
    with a_worker(scheduler, tmp_path / "one"), a_worker(scheduler, tmp_path / "two"):
        assert summaries(count_patients([str(clinic / "caseload")], BY, scheduler)) == here
        listed = reloadpt(clinic, "clinic", "list", "--json", "--cluster", scheduler)
        for kind in ("csv", "parquet", "fhir"):
            told = reloadpt(
                clinic, "clinic", "export", "--as", kind, "-o", tmp_path / kind, "--cluster", scheduler
            )
            assert told.code == 0, told.err
    assert (listed.code, listed.err) == (0, "")
    assert json.loads(listed.out) == json.loads(reloadpt(clinic, "clinic", "list", "--json").out)
    for kind in ("csv", "parquet", "fhir"):
        alone = tmp_path / f"{kind} alone"
        assert reloadpt(clinic, "clinic", "export", "--as", kind, "-o", alone).code == 0
        assert files_in(tmp_path / kind) == files_in(alone)


def files_in(folder: Path) -> dict[str, bytes]:
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert found
    return found


def test_a_deidentified_export_of_other_caseloads_is_that_of_one_process(
    clinic: Path, tmp_path: Path
) -> None:
    caseload: list[str | Path] = ["--caseload", clinic / "caseload"]
    none: list[str | Path] = []
    for name, more in (("spread", caseload), ("alone", none)):
        told = reloadpt(
            clinic, "clinic", "export", "--as", "csv", "--deidentified", "-o", tmp_path / name, *more
        )
        assert told.code == 0, told.err
    assert files_in(tmp_path / "spread") == files_in(tmp_path / "alone")
    assert b"A-17" not in (tmp_path / "alone" / "sets.csv").read_bytes()


def test_a_worker_that_is_killed_changes_nothing(
    clinic: Path, here: dict[str, Summary], scheduler: str, tmp_path: Path
) -> None:
    many = [str(clinic / "caseload")] * 12
    with a_worker(scheduler, tmp_path / "one"), a_worker(scheduler, tmp_path / "two", "--no-nanny") as dying:
        program = (
            "import sys, msgspec\n"
            "from reloadpt.clinic.cluster import count_patients, counting_terms\n"
            "from reloadpt.care.thresholds import PROPOSED\n"
            "print('begun', flush=True)\n"
            "found = list(count_patients(sys.argv[2:], counting_terms(PROPOSED), sys.argv[1]))\n"
            "sys.stdout.buffer.write(msgspec.json.encode([[e.patient.id, e.patient.summary] for e in found]))\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, scheduler, *many], stdout=subprocess.PIPE
        ) as counting:
            assert counting.stdout
            assert counting.stdout.readline() == b"begun\n"
            until_busy(dying.pid)
            os.kill(dying.pid, signal.SIGKILL)
            assert counting.poll() is None, "the work was over before the worker died"
            out = counting.stdout.read()
    import msgspec

    found = msgspec.json.decode(out, type=list[tuple[str, Summary]])
    assert len(found) == 12 * PATIENTS
    assert all(summary == here[patient] for patient, summary in found)


def until_busy(pid: int) -> None:
    """Wait until a process has used some more processor time: the worker is at work."""
    ticks = os.sysconf("SC_CLK_TCK")
    before = cpu_ticks(pid)
    until(lambda: cpu_ticks(pid) > before + ticks // 3, "the worker was given work")


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_without_a_cluster_every_core_here_counts_other_caseloads(
    clinic: Path, here: dict[str, Summary]
) -> None:
    assert summaries(count_patients([f"file://{clinic}/caseload"], BY)) == here


def test_a_log_that_cannot_be_read_is_named_and_stops_no_other(clinic: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = home / "caseload" / "0123456789abcdef"
    folder.mkdir(parents=True)
    name = "00000000-0000-4000-8000-000000000000.jsonl"
    (folder / name).write_bytes(b"{}\n")
    told = reloadpt(
        home, "clinic", "list", "--json", "--caseload", home / "caseload", "--caseload", clinic / "caseload"
    )
    assert told.code == 0
    assert told.err == f"{folder.name}/{name}: this log cannot be read, and is left out.\n"
    assert len(json.loads(told.out)) == PATIENTS


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--caseload", "nowhere/at/all"], "nowhere/at/all: there is no caseload there."),
        (["--caseload", "what://is/this"], "what://is/this: this caseload cannot be read"),
        (["--cluster", "not an address"], "not an address: no cluster answers there"),
        (["--cluster", "tcp://127.0.0.1:9"], "tcp://127.0.0.1:9: no cluster answers there"),
    ],
)
def test_what_does_not_answer_is_said_in_a_sentence(clinic: Path, arguments: list[str], words: str) -> None:
    told = reloadpt(clinic, "clinic", "list", *arguments)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(words)
    assert told.err.count("\n") == 1


def test_a_cluster_without_a_worker_or_of_another_version_says_so(
    clinic: Path, scheduler: str, tmp_path: Path
) -> None:
    caseloads = [str(clinic / "caseload")]
    with pytest.raises(Trouble, match="has no worker"):
        list(count_patients(caseloads, BY, scheduler))
    with a_worker(scheduler, tmp_path / "one"), pytest.raises(Trouble, match="Put the same version on all"):
        list(count_patients(caseloads, replace(BY, version="0.0.1"), scheduler))


def test_the_places_of_a_caseload_are_its_patients_only(clinic: Path) -> None:
    found = places_in(str(clinic / "caseload"))
    assert [place.id for place in found] == sorted(each.id for each in found)
    assert len(found) == PATIENTS, "the lock and other files are none"
