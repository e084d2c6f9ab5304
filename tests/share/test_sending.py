from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from program_runs import AS_ANYONE, reloadpt
from reloadpt.files import Trouble
from reloadpt.journal.chain import verify_log
from reloadpt.journal.entries import SEAL, Entry, line_hash
from reloadpt.journal.events import Due, Shared
from reloadpt.journal.journal import Journal
from reloadpt.share.embedded import extract
from reloadpt.share.seal import is_sealed, new_key, open_sealed
from reloadpt.share.sending import SharedReport, default_name, write_shared_report
from sample_logs import at, begins, entries_of, four_days, library, lines_of, rated, sat

MOMENT = at(3)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return journal_in(tmp_path / "home")


def journal_in(folder: Path, **plan: Any) -> Path:
    folder.mkdir()
    entries = entries_of((at(0), begins(**plan)), rated(0, 4), *sat(0), *sat(1))
    (folder / "journal.jsonl").write_bytes(lines_of(entries))
    return folder


def share(home: Path, out: Path | None = None, to: str | None = None) -> SharedReport:
    return write_shared_report(home / "journal.jsonl", library(), MOMENT, out, to)


def written(home: Path) -> list[Entry]:
    return list(Journal(home / "journal.jsonl").entries())


def test_the_file_holds_the_journal_with_the_word_that_it_was_shared(home: Path, tmp_path: Path) -> None:
    share(home, tmp_path / "a.html")
    lines = extract((tmp_path / "a.html").read_bytes(), "a")
    assert lines == (home / "journal.jsonl").read_bytes()
    last = written(home)[-1]
    assert isinstance(last.event, Shared)
    assert last.event.through == last.n - 1
    assert verify_log(lines).whole


@pytest.mark.parametrize(
    ("made_by", "whom"), [(None, "a physiotherapist or your doctor"), ("the clinic", "your therapist")]
)
def test_it_says_whom_to_give_the_file_to(made_by: str | None, whom: str, tmp_path: Path) -> None:
    home = journal_in(tmp_path / "home", made_by=made_by)
    done = reloadpt(home, "share", "-o", tmp_path / "a.html")
    assert f"Nothing was sent. Give the file to {whom} yourself.\n" in done.err


def test_the_file_is_private(home: Path, tmp_path: Path) -> None:
    share(home, tmp_path / "a.html")
    assert (tmp_path / "a.html").stat().st_mode & 0o777 == 0o600


def test_an_older_report_is_replaced_and_any_other_file_is_not(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    share(home, out)
    share(home, out)
    letter = tmp_path / "letter.html"
    letter.write_text("dear clinic")
    for other in (letter, home / "journal.jsonl"):
        before, entries = other.read_bytes(), len(written(home))
        with pytest.raises(Trouble, match="no report"):
            share(home, other)
        assert other.read_bytes() == before
        assert len(written(home)) == entries


@pytest.mark.parametrize("out", ["absent/a.html", "."])
def test_where_it_cannot_be_written_nothing_is_noted(home: Path, tmp_path: Path, out: str) -> None:
    before = (home / "journal.jsonl").read_bytes()
    with pytest.raises(Trouble, match=r"[Nn]othing was (shared|written)"):
        share(home, tmp_path / out)
    assert (home / "journal.jsonl").read_bytes() == before


def test_a_damaged_journal_is_kept_whole_and_the_one_that_goes_on_from_it_is_shared(
    home: Path, tmp_path: Path
) -> None:
    path = home / "journal.jsonl"
    damaged = path.read_bytes().replace(b'"pain":4', b'"pain":0')
    path.write_bytes(damaged)
    sent = share(home, tmp_path / "a.html")
    assert sent.mended
    assert "line 3" in sent.mended
    [kept] = home.glob("*.broken-*")
    assert kept.read_bytes() == damaged
    lines = extract((tmp_path / "a.html").read_bytes(), "a")
    assert verify_log(lines).whole
    assert b"plan_started" in lines
    assert b'"continues":{"log"' in lines


def test_a_torn_tail_is_left_behind(home: Path, tmp_path: Path) -> None:
    path = home / "journal.jsonl"
    path.write_bytes(path.read_bytes() + b'{"n":99')
    share(home, tmp_path / "a.html")
    assert verify_log(extract((tmp_path / "a.html").read_bytes(), "a")).torn == 0


def test_with_a_key_it_is_sealed_and_named_so(home: Path, tmp_path: Path) -> None:
    secret, public = new_key()
    sent = share(home, tmp_path / "a.html", public)
    assert sent.path == tmp_path / "a.html.age"
    assert not (tmp_path / "a.html").exists()
    sealed = sent.path.read_bytes()
    assert is_sealed(sealed)
    assert b"A-17" not in sealed
    assert extract(open_sealed(sealed, secret, "a"), "a") == (home / "journal.jsonl").read_bytes()
    last = written(home)[-1].event
    assert isinstance(last, Shared)
    assert last.to == public


def test_the_plans_own_key_is_used_and_another_goes_before_it(tmp_path: Path) -> None:
    secret, public = new_key()
    other_secret, other = new_key()
    home = journal_in(tmp_path / "keyed", share_key=public)
    assert open_sealed(share(home, tmp_path / "a.html").path.read_bytes(), secret, "a")
    assert open_sealed(share(home, tmp_path / "b.html", other).path.read_bytes(), other_secret, "b")


def test_a_key_that_is_none_stops_it_before_anything_is_noted(home: Path, tmp_path: Path) -> None:
    before = (home / "journal.jsonl").read_bytes()
    with pytest.raises(Trouble, match="not an age key"):
        share(home, tmp_path / "a.html", "age1nonsense")
    assert (home / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("A-17", "reloadpt-A-17-2026-11-23.html"),
        ("../../etc/passwd", "reloadpt-etc-passwd-2026-11-23.html"),
        ("..", "reloadpt-patient-2026-11-23.html"),
        ("Ä\x1b[2J\n", "reloadpt-2J-2026-11-23.html"),
        ("x" * 500, f"reloadpt-{'x' * 40}-2026-11-23.html"),
        ("患者", "reloadpt-patient-2026-11-23.html"),
    ],
)
def test_an_alias_is_never_a_path(alias: str, name: str) -> None:
    assert default_name(alias, MOMENT) == name


def test_a_folder_that_takes_no_files_is_named_and_nothing_is_noted(home: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    before = (home / "journal.jsonl").read_bytes()
    done = reloadpt(home, "share", "-o", closed / "a.html", through=AS_ANYONE)
    assert (done.code, done.err) == (1, f"{closed}: files cannot be written here. Nothing was shared.\n")
    assert (home / "journal.jsonl").read_bytes() == before
    assert not list(closed.iterdir())


def test_what_was_due_up_to_the_day_of_the_report_is_written_down_before_it(tmp_path: Path) -> None:
    patient = four_days(tmp_path / "journal.jsonl")
    write_shared_report(patient.path, patient.library, at(6, 12), tmp_path / "a.html", None)
    *_, first, second, third, shared = written(tmp_path)
    told = [
        (entry.event.day, entry.event.standing)
        for entry in (first, second, third)
        if isinstance(entry.event, Due)
    ]
    assert told == [("2026-11-24", "planned"), ("2026-11-25", "planned"), ("2026-11-26", "planned")]
    assert isinstance(shared.event, Shared)
    assert shared.event.through == third.n


def test_a_journal_that_can_only_be_read_is_shared_as_it_is_and_says_up_to_when_it_knows(
    tmp_path: Path,
) -> None:
    patient = four_days(tmp_path / "journal.jsonl")
    lines = relinked(patient.path.read_bytes().replace(b"reloadpt-log/1", b"reloadpt-log/2"))
    patient.path.write_bytes(lines)
    told = write_shared_report(patient.path, patient.library, at(9), tmp_path / "a.html", None)
    assert extract((tmp_path / "a.html").read_bytes(), "a") == lines == patient.path.read_bytes()
    assert "only reads" in (told.mended or "")
    assert (told.mended or "").endswith("What was due is known up to 2026-11-23.")


def relinked(lines: bytes) -> bytes:
    """The same lines with hashes that fit."""
    prev, found = b"0" * 32, []
    for number, line in enumerate(lines.splitlines()):
        body = re.sub(
            rb'^\{"n":\d+,"prev":"[0-9a-f]+"', b'{"n":%d,"prev":"%b"' % (number, prev), line[:-SEAL]
        )
        prev = line_hash(body).encode()
        found.append(b'%b,"h":"%b"}\n' % (body, prev))
    return b"".join(found)
