"""``export`` and ``remind`` as a person calls them: what they write, where they refuse, what they import."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
import vobject

from program_runs import environment, home_in_use, reloadpt
from reloadpt.journal.chain import verify_log
from sample_logs import four_days

KINDS = ["csv", "fhir", "jsonl", "parquet"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    four_days(folder / "journal.jsonl")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def files_in(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {each.name: each.read_bytes() for each in path.iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_for_its_owner_alone_and_again_with_the_same_bytes(
    home: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out"
    first = reloadpt(home, "export", "--as", kind, "-o", out)
    assert (first.code, first.out) == (0, "")
    assert "Nothing was sent" in first.err
    kept = files_in(out)
    assert all(kept.values())
    for path in (out, *out.glob("*")):
        assert path.stat().st_mode & 0o077 == 0
    assert reloadpt(home, "export", "--as", kind, "-o", out).code == 0
    assert files_in(out) == kept


def test_the_lines_are_the_journals_own(home: Path, tmp_path: Path) -> None:
    journal = home / "journal.jsonl"
    with journal.open("ab") as stream:
        stream.write(b'{"n":99,"torn')
    whole = journal.read_bytes().rpartition(b"\n")[0] + b"\n"
    assert reloadpt(home, "export", "--as", "jsonl", "-o", tmp_path / "a.jsonl").code == 0
    assert (tmp_path / "a.jsonl").read_bytes() == whole
    some = reloadpt(
        home,
        "export",
        "--as",
        "jsonl",
        "-o",
        tmp_path / "b.jsonl",
        "--from",
        "2026-11-21",
        "--to",
        "2026-11-22",
    )
    assert some.code == 0
    lines = (tmp_path / "b.jsonl").read_bytes().splitlines(keepends=True)
    assert b"".join(lines) in whole
    assert {json.loads(line)["at"][:10] for line in lines} == {"2026-11-21", "2026-11-22"}
    assert verify_log(b"".join(lines)).first_break is not None


def test_a_period_holds_its_days_and_no_others(home: Path, tmp_path: Path) -> None:
    period = ("--from", "2026-11-21", "--to", "2026-11-22")
    assert reloadpt(home, "export", "--as", "csv", "-o", tmp_path / "all").code == 0
    assert reloadpt(home, "export", "--as", "csv", "-o", tmp_path / "some", *period).code == 0
    assert reloadpt(home, "export", "--as", "fhir", "-o", tmp_path / "some.json", *period).code == 0
    every, some = rows(tmp_path / "all" / "sets.csv"), rows(tmp_path / "some" / "sets.csv")
    assert some == [row for row in every if row["session_date"] in ("2026-11-21", "2026-11-22")]
    assert 0 < len(some) < len(every)
    told = json.loads((tmp_path / "some" / "datapackage.json").read_text(encoding="utf-8"))
    assert (told["reloadpt"]["from"], told["reloadpt"]["to"]) == ("2026-11-21", "2026-11-22")
    bundle = json.loads((tmp_path / "some.json").read_text(encoding="utf-8"))
    [sets] = [
        entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"].get("code", {}).get("text") == "Adherence: sets done of those planned"
    ]
    assert [part["valueQuantity"]["value"] for part in sets["component"]] == [
        sum(row["status"] == "done" for row in some),
        len(some),
    ]


@pytest.mark.parametrize(
    "arguments",
    [(), ("--as", "csv"), ("--as", "xml", "-o", "x"), ("--as", "csv", "-o", "x", "--from", "monday"),
     ("--as", "csv", "-o", "x", "--from", "2026-11-22", "--to", "2026-11-21")],
)  # fmt: skip
def test_a_wrong_call_exits_with_2(home: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = reloadpt(home, "export", *arguments, cwd=tmp_path)
    assert done.code == 2
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_ours_stays(home: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    if kind in ("csv", "parquet"):
        out.mkdir()
        (out / "thesis.txt").write_text("mine", encoding="utf-8")
    else:
        out.write_text("mine", encoding="utf-8")
    before = files_in(out)
    done = reloadpt(home, "export", "--as", kind, "-o", out)
    assert done.code == 1
    assert done.err.count("\n") == 1
    assert files_in(out) == before


def test_another_kind_of_export_and_files_of_our_names_stay_too(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert reloadpt(home, "export", "--as", "csv", "-o", out).code == 0
    kept = files_in(out)
    assert reloadpt(home, "export", "--as", "parquet", "-o", out).code == 1
    assert files_in(out) == kept
    (out / "datapackage.json").unlink()
    assert reloadpt(home, "export", "--as", "csv", "-o", out).code == 1
    assert (out / "sets.csv").read_bytes() == kept["sets.csv"]


def test_what_else_lies_in_a_folder_of_ours_stays(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert reloadpt(home, "export", "--as", "csv", "-o", out).code == 0
    (out / "analysis.R").write_text("mine", encoding="utf-8")
    (out / ".sets.csv.0123456789ab").write_text("left by a killed program", encoding="utf-8")
    assert reloadpt(home, "export", "--as", "csv", "-o", out).code == 0
    assert (out / "analysis.R").read_text(encoding="utf-8") == "mine"
    assert not (out / ".sets.csv.0123456789ab").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_where_it_cannot_be_written_it_says_so_and_leaves_nothing(
    home: Path, tmp_path: Path, kind: str
) -> None:
    done = reloadpt(home, "export", "--as", kind, "-o", tmp_path / "no" / "such")
    assert done.code == 1
    assert "no such folder" in done.err
    assert not (tmp_path / "no").exists()


def test_the_journal_itself_is_never_a_target(home: Path) -> None:
    before = (home / "journal.jsonl").read_bytes()
    done = reloadpt(home, "export", "--as", "jsonl", "-o", home / "journal.jsonl")
    assert done.code == 1
    assert (home / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_journal_that_was_changed_is_kept_and_what_still_holds_is_exported(
    home: Path, tmp_path: Path, kind: str
) -> None:
    journal = home / "journal.jsonl"
    broken = journal.read_bytes().replace(b'"pain":3', b'"pain":9', 1)
    journal.write_bytes(broken)
    done = reloadpt(home, "export", "--as", kind, "-o", tmp_path / "out")
    assert done.code == 0
    assert "kept" in done.err
    assert [path.read_bytes() for path in home.glob("journal.broken-*")] == [broken]
    assert files_in(tmp_path / "out")


def test_without_a_journal_there_is_nothing_to_export(tmp_path: Path) -> None:
    for arguments in (("export", "--as", "csv", "-o", tmp_path / "x"), ("remind", "-o", tmp_path / "x.ics")):
        done = reloadpt(tmp_path / "home", *arguments)
        assert done.code == 1
        assert done.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_reminders_are_written_in_this_machines_zone_at_the_times_of_the_settings(tmp_path: Path) -> None:
    home, out = home_in_use(tmp_path / "home"), tmp_path / "a.ics"
    (home / "settings.toml").write_text('reminders = ["07:30"]\n', encoding="utf-8")
    done = reloadpt(home, "remind", "-o", out)
    assert (done.code, done.out) == (0, "")
    assert out.stat().st_mode & 0o777 == 0o600
    text = out.read_text(encoding="utf-8")
    assert "TZID=Europe/Berlin" in text
    told = {each.dtstart.value.strftime("%H:%M") for each in vobject.readOne(text).vevent_list}
    assert told == {"07:30"}
    assert reloadpt(home, "remind", "-o", out, "--time", "20:15", "--zone", "America/New_York").code == 0
    told = {each.dtstart.value.strftime("%H:%M") for each in vobject.readOne(out.read_text()).vevent_list}
    assert told == {"20:15"}


@pytest.mark.parametrize("zone", ["Nowhere/Here", "../../etc/passwd", "/etc/passwd", "\x1b[2J", ""])
def test_a_zone_that_is_none_is_named(tmp_path: Path, zone: str) -> None:
    home = home_in_use(tmp_path / "home")
    done = reloadpt(home, "remind", "-o", tmp_path / "a.ics", "--zone", zone)
    if zone:
        assert done.code == 1
        assert "\x1b" not in done.err
        assert not (tmp_path / "a.ics").exists()
    else:
        assert done.code == 0


def test_reminders_never_replace_a_calendar_of_another(tmp_path: Path) -> None:
    home, out = home_in_use(tmp_path / "home"), tmp_path / "a.ics"
    out.write_text("BEGIN:VCALENDAR\nPRODID:-//another//\nEND:VCALENDAR\n", encoding="utf-8")
    assert reloadpt(home, "remind", "-o", out).code == 1
    assert "another" in out.read_text(encoding="utf-8")
    assert reloadpt(home, "remind", "-o", tmp_path / "b.ics", "--time", "25:00").code == 2


@pytest.mark.parametrize("kind", KINDS)
def test_where_the_disk_takes_no_more_the_export_of_before_stays(
    home: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out"
    assert reloadpt(home, "export", "--as", kind, "-o", out).code == 0
    before = files_in(out)
    # a file may grow to 4 KiB, no further
    limited = subprocess.run(
        ["bash", "-c", 'ulimit -f 4; exec "$@"', "bash", sys.executable, "-m", "reloadpt",
         "export", "--as", kind, "-o", out],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert limited.returncode == 1
    assert "cannot be written" in limited.stderr
    assert limited.stderr.count("\n") == 1
    assert files_in(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
