"""From the patient's machine to the therapist's, by the commands alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from program_runs import Run, environment, home_in_use, reloadpt
from reloadpt.care.record import Record
from reloadpt.clock import now
from reloadpt.journal.events import Note
from sample_logs import HOSTILE, Patient, at, begins, entries_of, library, lines_of, rated, sat, sent

KEYS = [
    "patient", "sessions_done", "sessions_planned", "sets_done", "sets_planned", "sets_unconfirmed",
    "adherence", "last_seen", "pain",
    "pain_change", "soreness", "alerts", "caveats", "story", "damage",
]  # fmt: skip


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    return tmp_path / "clinic"


@pytest.fixture
def patient(tmp_path: Path) -> Path:
    return home_in_use(tmp_path / "patient")


def exercises(home: Path) -> Patient:
    """The patient of this home, who sits down now and does what is due."""
    found = Patient.__new__(Patient)
    found.record = Record.open(home / "journal.jsonl", now())
    assert found.record.plan
    found.plan, found.library = found.record.plan, library()
    found.checks_in(now(), 3, {"multifidus": 1})
    found.session(now() + timedelta(seconds=1))
    return found


def test_the_main_job_from_end_to_end(patient: Path, clinic: Path, tmp_path: Path) -> None:
    did = exercises(patient)
    dealt = sum(session.sets_dealt for session in did.course.sessions.values())
    assert reloadpt(patient, "log", "verify").code == 0
    shared = reloadpt(patient, "share", "-o", tmp_path / "a17.html")
    assert (shared.code, shared.out) == (0, "")
    first = reloadpt(clinic, "clinic", "import", tmp_path / "a17.html")
    assert (first.code, first.out, first.err) == (0, "", "1 new.\n")
    listed = reloadpt(clinic, "clinic", "list", "--json")
    [row] = json.loads(listed.out)
    assert list(row) == KEYS
    assert (row["patient"], row["sets_done"], row["sets_planned"]) == ("A-17", dealt, dealt)
    again = reloadpt(clinic, "clinic", "import", tmp_path / "a17.html")
    assert (again.code, again.err) == (0, "1 unchanged.\n")
    assert reloadpt(clinic, "clinic", "list", "--json").out == listed.out


def test_a_sealed_report_goes_to_the_clinic_that_holds_the_key(
    patient: Path, clinic: Path, tmp_path: Path
) -> None:
    made = reloadpt(clinic, "clinic", "key")
    public = made.out.strip()
    assert public.startswith("age1")
    assert reloadpt(clinic, "clinic", "key").out.strip() == public
    assert (clinic / "clinic.key").stat().st_mode & 0o777 == 0o600
    assert reloadpt(patient, "share", "-o", tmp_path / "a.html", "--to", public).code == 0
    other = reloadpt(tmp_path / "other", "clinic", "import", tmp_path / "a.html.age")
    assert other.code == 1
    assert "no key yet" in other.err
    assert reloadpt(clinic, "clinic", "import", tmp_path / "a.html.age").err == "1 new.\n"


@pytest.mark.skipif(shutil.which("age") is None, reason="needs the age command")
def test_the_age_command_opens_it_too(patient: Path, clinic: Path, tmp_path: Path) -> None:
    public = reloadpt(clinic, "clinic", "key").out.strip()
    reloadpt(patient, "share", "-o", tmp_path / "a.html", "--to", public)
    opened = subprocess.run(
        ["age", "--decrypt", "-i", str(clinic / "clinic.key"), str(tmp_path / "a.html.age")],
        capture_output=True,
        check=True,
    )
    assert opened.stdout.startswith(b"<!DOCTYPE html>")


def test_without_a_name_the_report_is_written_here_under_a_safe_one(patient: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    assert reloadpt(patient, "share", cwd=here).code == 0
    assert [path.name for path in here.iterdir()] == [f"reloadpt-A-17-{now():%Y-%m-%d}.html"]


def test_without_a_journal_there_is_nothing_to_share(tmp_path: Path) -> None:
    done = reloadpt(tmp_path / "nobody", "share", "-o", tmp_path / "a.html")
    assert (done.code, done.out) == (1, "")
    assert "no journal yet" in done.err


def test_an_import_with_a_bad_file_takes_the_others_and_exits_with_1(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(lines_of(entries_of((at(0), begins()), *sat(0), sent(1))))
    (tmp_path / "bad.html").write_bytes(b"<html>")
    done = reloadpt(clinic, "clinic", "import", tmp_path / "bad.html", tmp_path / "good.jsonl")
    assert done.code == 1
    assert done.err.splitlines()[-1] == "1 new, 1 rejected."
    assert "bad.html: this is a web page without a log inside" in done.err


def test_two_imports_at_once_give_the_same_as_one(clinic: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n in range(12):
        log = entries_of((at(0), begins(f"p{n}", patient=f"P-{n}")), *sat(0), rated(1, 3), *sat(1), sent(2))
        (inbox / f"{n}.jsonl").write_bytes(lines_of(log))
        (inbox / f"{n}-older.jsonl").write_bytes(lines_of(log[:9]))
    call = [sys.executable, "-m", "reloadpt", "clinic", "import", str(inbox)]
    running = [
        subprocess.Popen(call, env=environment(clinic), stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    told = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    reloadpt(tmp_path / "alone", "clinic", "import", inbox)
    together, alone = (
        reloadpt(home, "clinic", "list", "--json").out for home in (clinic, tmp_path / "alone")
    )
    assert json.loads(together) == json.loads(alone)
    assert len(json.loads(together)) == 12


def test_a_clinic_sets_its_own_thresholds(clinic: Path, tmp_path: Path) -> None:
    log = entries_of((at(0), begins()), rated(0, 4), *sat(0), rated(3, 5), rated(4, 5), sent(4))
    (tmp_path / "a.jsonl").write_bytes(lines_of(log))
    reloadpt(clinic, "clinic", "import", tmp_path / "a.jsonl")

    def listed() -> Run:
        return reloadpt(clinic, "clinic", "list", "--json")

    def rules() -> list[str]:
        return [each["rule"] for each in json.loads(listed().out)[0]["alerts"]]

    before = rules()
    assert "pain_up" not in before
    (clinic / "thresholds.json").write_text('{"pain_up": 1}')
    assert set(rules()) == {"pain_up", *before}
    for wrong, says in (
        ('{"pain_upp": 1}', "pain_up"),
        ('{"pain_up": "one"}', "pain_up"),
        ('{"pain_up": 99}', "10"),
        ("[]", ""),
    ):
        (clinic / "thresholds.json").write_text(wrong)
        told = listed()
        assert (told.code, told.out) == (1, "")
        assert "thresholds.json" in told.err
        assert says in told.err


def test_one_patient_is_shown_by_alias_or_by_id(clinic: Path, tmp_path: Path) -> None:
    for n, name in enumerate(("A", "A", "B")):
        log = entries_of((at(0), begins(f"p{n}", patient=name)), rated(0, 4), *sat(0), sent(1))
        (tmp_path / f"{n}.jsonl").write_bytes(lines_of(log))
    reloadpt(clinic, "clinic", "import", *tmp_path.glob("*.jsonl"))
    told = json.loads(reloadpt(clinic, "clinic", "show", "B", "--json").out)
    assert (told["patient"], told["sets_done"], told["weeks"][0]["sets_done"]) == ("B", 4, 4)
    assert "B (" in reloadpt(clinic, "clinic", "show", told["id"]).out
    two = reloadpt(clinic, "clinic", "show", "A")
    assert two.code == 1
    assert "2 patients" in two.err
    assert reloadpt(clinic, "clinic", "show", "nobody").code == 1


def test_an_empty_caseload_is_an_empty_list(clinic: Path) -> None:
    done = reloadpt(clinic, "clinic", "list", "--json")
    assert (done.code, json.loads(done.out)) == (0, [])
    assert not (clinic / "caseload").exists(), "looking makes nothing"


def test_hostile_text_never_reaches_the_terminal_as_it_is(clinic: Path, tmp_path: Path) -> None:
    for n, text in enumerate(HOSTILE):
        log = entries_of(
            (at(0), begins(f"p{n}", patient=text)), *sat(0), (at(0, 12), Note(text=text)), sent(1)
        )
        (tmp_path / f"{n}.jsonl").write_bytes(lines_of(log))
    imported = reloadpt(clinic, "clinic", "import", *tmp_path.glob("*.jsonl"))
    listed = reloadpt(clinic, "clinic", "list")
    told = json.loads(reloadpt(clinic, "clinic", "list", "--json").out)
    shown = reloadpt(clinic, "clinic", "show", "\x1b]0;owned\x07\x1b[2J")
    assert {row["patient"] for row in told} == set(HOSTILE)
    for run in (imported, listed, shown):
        assert run.code == 0, run
        assert not [sign for sign in run.out + run.err if not (sign.isprintable() or sign == "\n")]


@pytest.mark.parametrize(
    "arguments",
    [("share", "--help"), ("clinic", "list", "--json"), ("clinic", "import", "absent"), ("clinic", "key")],
)
def test_none_of_it_imports_textual_or_numpy(clinic: Path, arguments: tuple[str, ...]) -> None:
    look = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*{'textual', 'rich', 'numpy'} & set(sys.modules), file=sys.stderr))\n"
        "sys.argv[0] = 'reloadpt'\n"
        "from reloadpt.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look, *arguments],
        env=environment(clinic),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.splitlines()[-1].strip() == "", done.stderr


def test_share_and_import_open_no_socket(patient: Path, clinic: Path, tmp_path: Path) -> None:
    watch = (
        "import sys\n"
        "def hear(event, args):\n"
        "    if event.startswith('socket.'):\n"
        "        print('SOCKET', event, file=sys.stderr)\n"
        "sys.addaudithook(hear)\n"
        "sys.argv[0] = 'reloadpt'\n"
        "from reloadpt.__main__ import main\n"
        "main()\n"
    )
    for home, arguments in (
        (patient, ("share", "-o", str(tmp_path / "a.html"))),
        (clinic, ("clinic", "import", str(tmp_path / "a.html"))),
        (clinic, ("clinic", "list")),
    ):
        done = subprocess.run(
            [sys.executable, "-c", watch, *arguments],
            env=environment(home) | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "SOCKET" not in done.stderr


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from reloadpt.cli import clinic

class Left:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)

def take_in(paths):
    Left()
    return 0

clinic._take_in = take_in
clinic._watch(Path(sys.argv[1]))
"""


def test_an_interrupt_ends_the_watching_even_where_python_drops_it(clinic: Path) -> None:
    """What is raised while an object is cleared away goes no further."""
    clinic.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(clinic)],
        env=environment(clinic), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "KeyboardInterrupt" in done.stderr, "it was dropped"
    assert done.stderr.endswith("Watched no more.\n")


def test_patients_are_joined_and_parted_by_commands(clinic: Path, tmp_path: Path) -> None:
    logs = [
        entries_of((at(0), begins(f"p{n}", patient=alias)), *sat(n)) for n, alias in enumerate(("A", "B"))
    ]
    for n, log in enumerate(logs):
        (tmp_path / f"{n}.jsonl").write_bytes(lines_of(log))
    assert reloadpt(clinic, "clinic", "import", *tmp_path.glob("*.jsonl")).code == 0

    def listed() -> list[str]:
        return sorted(row["patient"] for row in json.loads(reloadpt(clinic, "clinic", "list", "--json").out))

    assert reloadpt(clinic, "clinic", "join", "A", "B").code == 0
    [name] = listed()
    assert reloadpt(clinic, "clinic", "import", *tmp_path.glob("*.jsonl")).code == 0
    assert listed() == [name]
    assert reloadpt(clinic, "clinic", "part", name).code == 0
    assert listed() == ["A", "B"]
    for arguments in (("join", "A", "A"), ("part", "A"), ("part", "A", "zz"), ("join", "A", "C")):
        refused = reloadpt(clinic, "clinic", *arguments)
        assert (refused.code, refused.err.count("\n")) == (1, 1), refused


def test_verify_says_how_whole_each_stored_log_is(clinic: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines_of(entries_of((at(0), begins()), *sat(0))))
    assert reloadpt(clinic, "clinic", "import", tmp_path / "a.jsonl").code == 0
    whole = reloadpt(clinic, "clinic", "verify")
    assert (whole.code, whole.out, whole.err) == (0, "", "1 log, 1 whole.\n")
    [stored] = clinic.glob("caseload/*/*-*.jsonl")
    stored.write_bytes(stored.read_bytes().replace(b'"source"', b'"sourcE"', 1))
    found = reloadpt(clinic, "clinic", "verify")
    assert (found.code, found.err) == (1, "1 log, 0 whole.\n")
    assert "Lost: line" in found.out
    listed = reloadpt(clinic, "clinic", "list")
    assert (listed.code, "! The log that is kept here is damaged." in listed.out) == (0, True)


@pytest.mark.parametrize("displaced", ["cut", "cut at a line", "folder", "pipe", "link"])
def test_a_patient_whose_log_is_cut_or_displaced_is_first_with_the_reason_until_a_report_comes(
    clinic: Path, tmp_path: Path, displaced: str
) -> None:
    for alias in ("A", "B"):
        log = entries_of((at(0), begins(f"plan-{alias}", patient=alias)), *sat(0), *sat(1))
        (tmp_path / f"{alias}.jsonl").write_bytes(lines_of(log))
    take_in = ("clinic", "import", tmp_path / "A.jsonl", tmp_path / "B.jsonl")
    assert reloadpt(clinic, *take_in).code == 0
    [stored] = [path for path in clinic.glob("caseload/*/*.jsonl") if b'"patient":"B"' in path.read_bytes()]
    whole = stored.read_bytes()
    stored.unlink()
    if displaced == "folder":
        stored.mkdir()
    elif displaced == "pipe":
        os.mkfifo(stored)
    elif displaced == "link":
        stored.symlink_to("/nowhere")
    else:
        stored.write_bytes(
            b"".join(whole.splitlines(keepends=True)[:-2]) + (b'{"n"' if displaced == "cut" else b"")
        )
    third = tmp_path / "C.jsonl"
    third.write_bytes(lines_of(entries_of((at(0), begins("plan-C", patient="C")))))
    for _ in range(2):
        rows = json.loads(reloadpt(clinic, "clinic", "list", "--json").out)
        assert (rows[0]["patient"], len(rows[0]["damage"])) == ("B", 1)
        assert not any(row["damage"] for row in rows[1:])
        verified = reloadpt(clinic, "clinic", "verify")
        assert (verified.code, verified.out.count("\n")) == (1, 1)
        assert (
            reloadpt(clinic, "clinic", "import", third).code == 0
        )  # an import of another changes nothing of it
    assert reloadpt(clinic, *take_in).code == 0
    rows = json.loads(reloadpt(clinic, "clinic", "list", "--json").out)
    assert sorted((row["patient"], len(row["damage"])) for row in rows) == [("A", 0), ("B", 0), ("C", 0)]
    assert reloadpt(clinic, "clinic", "verify").code == 0
