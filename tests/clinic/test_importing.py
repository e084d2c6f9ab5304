from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from program_runs import AS_ANYONE, reloadpt
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import SEVERAL, ImportResult, import_all
from reloadpt.share.embedded import embed
from reloadpt.share.seal import new_key, seal_bytes
from sample_logs import at, begins, entries_of, lines_of, rated, sat, sent


def report(patient: str = "A-17", plan: str = "p1") -> bytes:
    log = entries_of((at(0), begins(plan, patient=patient)), rated(0, 4), *sat(0), sent(1))
    return b"<!DOCTYPE html><title>a report</title>" + embed(lines_of(log))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def import_(tmp_path: Path, *paths: Path, secret: str | None = None, cores: int = 1) -> list[ImportResult]:
    return list(import_all(paths, Caseload(tmp_path / "caseload"), secret, cores))


def kinds(found: list[ImportResult]) -> dict[str, str]:
    return {result.path.name: result.kind for result in found}


def test_a_folder_is_searched_for_reports_and_nothing_in_it_is_touched(tmp_path: Path, inbox: Path) -> None:
    (inbox / "deep" / "er").mkdir(parents=True)
    (inbox / "a.html").write_bytes(report())
    (inbox / "deep" / "er" / "B.HTML").write_bytes(report("B-4"))
    (inbox / "letter.docx").write_bytes(b"dear clinic")
    (inbox / ".hidden.html").write_bytes(b"nothing")
    before = sorted(inbox.rglob("*"))
    assert kinds(import_(tmp_path, inbox)) == {"a.html": "new", "B.HTML": "new"}
    assert sorted(inbox.rglob("*")) == before


def test_one_bad_file_never_stops_the_others(tmp_path: Path, inbox: Path) -> None:
    (inbox / "1.html").write_bytes(b"\x00" * 1000)
    (inbox / "2.html").write_bytes(report("A"))
    (inbox / "3.jsonl").write_bytes(b'{"n":')
    (inbox / "4.html").write_bytes(report("B"))
    (inbox / "5.html.age").write_bytes(b"age-encryption.org/v1\n")
    (inbox / "6.html").mkdir()
    found = import_(tmp_path, inbox, tmp_path / "absent.html")
    assert kinds(found) == {
        "1.html": "rejected",
        "2.html": "new",
        "3.jsonl": "rejected",
        "4.html": "new",
        "5.html.age": "rejected",
        "absent.html": "rejected",
    }
    for result in found:
        assert (result.path.name in result.why) is (result.kind == "rejected")


def test_a_link_inside_a_folder_is_not_followed(tmp_path: Path, inbox: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.html").write_bytes(report())
    (inbox / "link.html").symlink_to(outside / "b.html")
    (inbox / "folder").symlink_to(outside, target_is_directory=True)
    [result] = import_(tmp_path, inbox)
    assert result.kind == "rejected"
    assert "link" in result.why
    assert kinds(import_(tmp_path, inbox / "link.html")) == {"link.html": "new"}, "named by hand it is meant"


def test_names_that_move_a_cursor_are_shown_harmless(tmp_path: Path, inbox: Path) -> None:
    (inbox / "\x1b[2Jevil\n\u202e.html").write_bytes(b"<html>")
    [result] = import_(tmp_path, inbox)
    assert result.why.isprintable()


def test_an_alias_is_never_a_path(tmp_path: Path, inbox: Path) -> None:
    for n, alias in enumerate(("../../up", "/etc/passwd", "a\x00b", "CON", ".", "..", "a" * 200)):
        (inbox / f"{n}.html").write_bytes(report(alias, f"p{n}"))
    found = import_(tmp_path, inbox)
    assert {result.kind for result in found} == {"new"}
    inside = tmp_path / "caseload"
    assert {path.name for path in tmp_path.iterdir()} == {"inbox", "caseload"}
    assert all(path.name.isalnum() for path in inside.iterdir() if path.is_dir())


def test_a_folder_and_a_file_that_cannot_be_read_are_named_and_the_others_taken(
    tmp_path: Path, inbox: Path
) -> None:
    (inbox / "closed").mkdir(mode=0)
    (inbox / "open.html").write_bytes(report())
    for name in ("closed.html", "closed.zip"):
        (inbox / name).touch(mode=0)
    done = reloadpt(tmp_path / "clinic", "clinic", "import", inbox, through=AS_ANYONE)
    assert (done.code, done.err.splitlines()[-1]) == (1, "1 new, 3 rejected.")
    assert f"rejected: {inbox / 'closed'}: permission denied." in done.err
    assert f"rejected: {inbox / 'closed.html'}: cannot be read (permission denied)." in done.err
    assert f"rejected: {inbox / 'closed.zip'}: cannot be read (permission denied)." in done.err


def test_many_files_are_read_by_every_core_with_the_same_result(tmp_path: Path, inbox: Path) -> None:
    secret, public = new_key()
    for n in range(SEVERAL + 4):
        data = report(f"P-{n}", f"p{n}")
        (inbox / f"{n:02}.html.age").write_bytes(seal_bytes(data, public) if n % 2 else data)
    (inbox / "bad.html").write_bytes(b"<html>")
    several = import_(tmp_path / "two", inbox, secret=secret, cores=2)
    alone = import_(tmp_path / "one", inbox, secret=secret)
    assert kinds(several) == kinds(alone)
    assert [result.patient for result in several] == [result.patient for result in alone]
    assert len(Caseload(tmp_path / "two" / "caseload").patients()) == SEVERAL + 4


def test_thousands_of_files_are_told_apart(tmp_path: Path, inbox: Path) -> None:
    for n in range(3000):
        (inbox / f"{n:04}.html").write_bytes(report(f"P-{n}", f"p{n}") if n % 300 == 0 else b"<html>")
    found = import_(tmp_path, inbox)
    assert Counter(result.kind for result in found) == {"new": 10, "rejected": 2990}
    assert len(Caseload(tmp_path / "caseload").patients()) == 10
