"""Reports out of zip archives: read in memory, bounded, and never written under a name of theirs."""

from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from profiles import tries
from reloadpt.clinic import unpacking
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.importing import ENDINGS, ImportResult, import_all
from reloadpt.clinic.unpacking import MOST, reports_in
from reloadpt.files import Trouble
from reloadpt.share.embedded import embed
from reloadpt.share.seal import new_key, seal_bytes
from sample_logs import HOSTILE, at, begins, entries_of, lines_of, rated, sat, sent

MIB = 1024 * 1024


def report(patient: str = "A-17", plan: str = "p1") -> bytes:
    log = entries_of((at(0), begins(plan, patient=patient)), rated(0, 4), *sat(0), sent(1))
    return b"<!DOCTYPE html><title>a report</title>" + embed(lines_of(log))


def packed(folder: Path, members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def import_(folder: Path, *paths: Path, secret: str | None = None) -> list[ImportResult]:
    return list(import_all(paths, Caseload(folder / "caseload"), secret))


def test_each_report_in_an_archive_is_told_apart(tmp_path: Path) -> None:
    secret, public = new_key()
    path = packed(
        tmp_path,
        {
            "one.html": report("A", "1"),
            "deep/er/two.jsonl": lines_of(entries_of((at(0), begins("2", patient="B")), *sat(0))),
            "three.html.age": seal_bytes(report("C", "3"), public),
            "letter.docx": b"dear clinic",
            "__MACOSX/._one.html": b"resource fork",
            ".hidden.html": b"x",
            "bad.html": b"<html>",
            "folder/": b"",
        },
    )
    found = import_(tmp_path, path, secret=secret)
    assert {each.inside: each.kind for each in found} == {
        "one.html": "new", "deep/er/two.jsonl": "new", "three.html.age": "new", "bad.html": "rejected",
    }  # fmt: skip
    assert next(each for each in found if each.kind == "rejected").why.startswith(
        f"{path}, bad.html: this is a web page without a log"
    )
    assert {each.kind for each in import_(tmp_path, path, secret=secret)} == {"unchanged", "rejected"}


def test_an_archive_in_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    packed(tmp_path / "inbox", {"one.html": report()}).rename(tmp_path / "inbox" / "Mail.ZIP")
    [result] = import_(tmp_path, tmp_path / "inbox")
    assert (result.kind, result.inside) == ("new", "one.html")


@pytest.mark.parametrize(
    "name", ["../../up.html", "/etc/cron.d/x.html", "..\\..\\up.html", "C:\\x.html", "a\nb\x1b[2J.html", "a" * 3000 + ".html"]
)  # fmt: skip
def test_a_name_in_an_archive_is_shown_and_never_a_path(tmp_path: Path, name: str) -> None:
    found = import_(tmp_path, packed(tmp_path, {name: report(), f"bad{name[-20:]}": b"<html>"}))
    assert [each.kind for each in found] == ["new", "rejected"]
    assert all((each.inside + each.name + each.why).isprintable() for each in found)
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "caseload"}
    assert not (tmp_path.parent / "up.html").exists()


def refused(folder: Path, path: Path) -> str:
    [result] = import_(folder, path)
    assert result.kind == "rejected"
    assert result.why.isprintable()
    assert not list((folder / "caseload").glob("*/*"))
    return result.why


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "link" in refused(tmp_path, tmp_path / "a.zip")


def test_an_archive_inside_another_is_not_opened(tmp_path: Path) -> None:
    inner = packed(tmp_path, {"one.html": report()}).read_bytes()
    assert "inside another" in refused(tmp_path, packed(tmp_path, {"inner.zip": inner}))
    assert "under another name" in refused(tmp_path, packed(tmp_path, {"inner.html": inner}))


def test_a_sealed_archive_is_told_from_a_sealed_report(tmp_path: Path) -> None:
    secret, public = new_key()
    path = tmp_path / "a.zip.age"
    path.write_bytes(seal_bytes(packed(tmp_path, {"one.html": report()}).read_bytes(), public))
    [result] = import_(tmp_path, path, secret=secret)
    assert "zip" in result.why


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_may_ask_for_any_memory_is_not_read(tmp_path: Path, how: int) -> None:
    assert "packed in a way" in refused(tmp_path, packed(tmp_path, {"one.html": report()}, how))


def test_a_member_with_a_password_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path, {"one.html": report()})
    data = bytearray(path.read_bytes())
    for mark, at_byte in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at_byte] |= 1
    path.write_bytes(data)
    assert "password" in refused(tmp_path, path)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "not a zip archive"), (b"<html>", "not a zip archive"), (b"PK\x03\x04rest", "damaged"), (b"PK\x05\x06" + bytes(18), "not a zip archive")],
)  # fmt: skip
def test_what_is_no_archive_is_refused_in_one_sentence(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    assert says in refused(tmp_path, tmp_path / "a.zip")


def test_an_archive_without_a_report_says_so(tmp_path: Path) -> None:
    assert "no report" in refused(tmp_path, packed(tmp_path, {"photo.jpg": b"x"}))


def test_a_cut_archive_is_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path, {"one.html": report()}).read_bytes()
    for cut in range(0, len(whole), 97):
        (tmp_path / "a.zip").write_bytes(whole[:cut])
        assert refused(tmp_path, tmp_path / "a.zip")


def test_more_files_than_anyone_sends_are_not_listed(tmp_path: Path) -> None:
    path = packed(tmp_path, {f"{n}.txt": b"" for n in range(MOST + 1)})
    assert "more than 2000 files" in refused(tmp_path, path)
    assert "no report" in refused(tmp_path, packed(tmp_path, {f"{n}.txt": b"" for n in range(MOST)}))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.html", "w") as stream:
        for _ in range(256):
            stream.write(bytes(MIB))
    assert path.stat().st_size < MIB
    tracemalloc.start()
    try:
        assert "64 MiB" in refused(tmp_path, path)
        assert tracemalloc.get_traced_memory()[1] < 200 * MIB
    finally:
        tracemalloc.stop()


def test_a_header_that_lies_about_the_size_does_not_help(tmp_path: Path) -> None:
    path = packed(tmp_path, {"a.html": bytes(100 * MIB)})
    data = path.read_bytes()
    path.write_bytes(data.replace((100 * MIB).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert "damaged" in refused(tmp_path, path)


def test_all_that_is_in_one_archive_is_bounded_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_IN_ALL", 5 * MIB)
    path = packed(tmp_path, {f"{n}.html": bytes(2 * MIB) for n in range(5)})
    told = [each.why for each in reports_in(path, ENDINGS)]
    assert [bool(why) for why in told] == [False, False, True, True, True]


def test_what_is_damaged_counts_as_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_IN_ALL", 5 * MIB)
    path = packed(tmp_path, {f"{n}.html": bytes(2 * MIB) for n in range(4)})
    data = path.read_bytes()
    path.write_bytes(data.replace(zlib.crc32(bytes(2 * MIB)).to_bytes(4, "little"), b"wrng"))
    assert [each.unpacked for each in reports_in(path, ENDINGS)] == [2 * MIB, 2 * MIB, 0, 0]


def test_all_archives_of_an_import_are_bounded_together(tmp_path: Path) -> None:
    for name in "cba":
        packed(tmp_path, {"one.html": report(f"P-{name}", f"plan {name}")}).rename(tmp_path / f"{name}.zip")
    (tmp_path / "d.html").write_bytes(report("P-d", "plan d"))
    paths = [tmp_path / name for name in ("a.zip", "b.zip", "c.zip", "d.html")]
    caseload = Caseload(tmp_path / "caseload")
    results = list(import_all(paths, caseload, None, unpacked_at_most=len(report("P-a", "plan a"))))
    assert [(result.path.name, result.kind) for result in results] == [
        ("a.zip", "new"), ("b.zip", "new"), ("c.zip", "rejected"), ("d.html", "new"),
    ]  # fmt: skip
    assert "Import it by itself" in results[2].why
    assert [result.kind for result in import_all(paths, caseload, None)] == [
        "unchanged",
        "unchanged",
        "new",
        "unchanged",
    ]


def test_hostile_names_and_reports_come_through_the_command(tmp_path: Path) -> None:
    path = packed(tmp_path, {f"{n} {text}.html": report(text, f"p{n}") for n, text in enumerate(HOSTILE)})
    assert {each.kind for each in import_(tmp_path, path)} == {"new"}


@given(st.binary(max_size=40), st.integers(0, 5000), st.integers(0, 40))
@tries(80, HealthCheck.function_scoped_fixture)
def test_bytes_put_anywhere_into_an_archive_give_its_reports_or_a_sentence(
    tmp_path: Path, junk: bytes, where: int, instead_of: int
) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.html", REPORT)
        archive.writestr("two.html", b"<html>")
    data = whole.getvalue()
    where %= len(data)
    path = tmp_path / "a.zip"
    path.write_bytes(data[:where] + junk + data[where + instead_of :])
    try:
        told = list(reports_in(path, ENDINGS))
    except Trouble as trouble:
        assert str(trouble).isprintable()  # noqa: PT017
    else:
        assert all(each.why or each.data in (REPORT, b"<html>") for each in told)


REPORT = report()
