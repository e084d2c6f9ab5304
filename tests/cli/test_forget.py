"""``reloadpt forget``: what is here is shown, confirmed and gone; nothing else is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from program_runs import Run, environment, home_in_use, reloadpt
from reloadpt.care.record import Record
from reloadpt.clock import now
from reloadpt.files import Places
from reloadpt.forgetting import PARTS, remove_files, stored_files
from reloadpt.journal.elsewhere import files_elsewhere, place_elsewhere
from reloadpt.journal.events import Note
from reloadpt.journal.journal import Journal


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which about everything was done that leaves a file."""
    folder = tmp_path_factory.mktemp("lived")
    home = home_in_use(folder / "home")
    report = folder / "a.html"
    for arguments in (
        ("checkin", "--pain", "3"), ("share", "-o", report), ("clinic", "import", report), ("clinic", "key"),
    ):  # fmt: skip
        assert reloadpt(home, *arguments).code == 0
    Record.open(home / "journal.jsonl", now()).keep_state()
    for name, text in (
        ("journal.torn-3-20261122T080000Z", "half"), ("journal.broken-20261122T080000Z", "broken"),
        ("journal (laptop's conflicted copy 2026-11-22).jsonl", "copy"), ("journal.sync-conflict-1.jsonl", "copy"),
        (".journal.jsonl.0a1b2c3d4e5f", "draft"), ("journal.state (conflicted copy).json", "copy"), ("crash.txt", "x"),
        ("settings.toml", ""), ("last-contact.json", "{}"), ("thresholds.json", "{}"),
    ):  # fmt: skip
        (home / name).write_text(text)
    (home / "exercises").mkdir()
    (home / "exercises" / "own.json").write_text("{}")
    return home


@pytest.fixture
def home(lived_in: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", lived_in, tmp_path / "home"], check=True)
    return tmp_path / "home"


def forget(home: Path, *parts: str, word: str = "forget\n") -> Run:
    return reloadpt(home, "forget", *parts, stdin=word)


def everything(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*")}


def test_all_that_the_program_made_is_gone_with_its_folder(home: Path) -> None:
    done = forget(home, *PARTS)
    assert (done.code, done.out) == (0, "")
    assert not home.exists()


def test_without_a_part_named_the_caseload_and_own_programmes_stay(home: Path) -> None:
    done = forget(home)
    assert done.code == 0
    left = everything(home)
    assert {"caseload", "exercises/own.json", "clinic.key", "thresholds.json"} <= left
    assert not [name for name in left if "journal" in name or "crash" in name or "settings" in name]
    assert "`reloadpt forget caseload` removes it" in done.err


def test_the_caseload_can_go_alone(home: Path) -> None:
    before = everything(home)
    assert forget(home, "caseload").code == 0
    gone = before - everything(home)
    assert gone == {name for name in before if name.startswith(("caseload", "clinic.key", "thresholds"))}


def test_what_is_here_is_shown_first_with_counts_and_sizes(home: Path) -> None:
    done = forget(home, word="")
    entries = sum(1 for _ in Journal(home / "journal.jsonl").entries())
    size = (home / "journal.jsonl").stat().st_size
    assert f"journal.jsonl ({entries} entries, {size / 1024:.1f} KiB)" in done.err
    for name in (
        "torn-3",
        "broken-",
        "conflicted copy 2026-11-22",
        "sync-conflict",
        "crash.txt",
        "settings.toml",
    ):
        assert name in done.err
    assert "Your journal, and what belongs to it: " in done.err


@pytest.mark.parametrize("word", ["", "\n", "yes\n", "y\n", "forget me not\n"])
def test_any_other_word_leaves_all_as_it_is(home: Path, word: str) -> None:
    before = everything(home)
    done = forget(home, *PARTS, word=word)
    assert done.code == 1
    assert done.err.endswith("Nothing was removed.\n")
    assert everything(home) == before


def test_where_nothing_is_there_is_nothing_to_remove(tmp_path: Path) -> None:
    done = forget(tmp_path / "nobody")
    assert (done.code, done.err) == (0, "There is nothing of it here.\n")
    assert not (tmp_path / "nobody").exists()


def test_what_is_not_ours_stays_and_is_named(home: Path) -> None:
    mine = ("letter.txt", "journal.md", "my journal.odt", "server.key", "journal.d/x.jsonl")
    (home / "journal.d").mkdir()
    for name in mine:
        (home / name).write_text("mine")
    done = forget(home, *PARTS)
    assert done.code == 0
    assert everything(home) == {*mine, "journal.d"}
    assert "letter.txt: not ours by its name; it stays." in done.err


def test_links_go_and_what_they_point_to_stays(home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("journal.jsonl", "photo.jpg"):
        (outside / name).write_text("mine")
    (home / "journal.jsonl").rename(tmp_path / "elsewhere.jsonl")
    (home / "journal.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    patient = next(path for path in (home / "caseload").iterdir() if path.is_dir())
    (patient / "more").symlink_to(outside, target_is_directory=True)
    (home / "exercises" / "photos").symlink_to(outside, target_is_directory=True)
    done = forget(home, *PARTS)
    assert done.code == 0
    assert f"{tmp_path / 'elsewhere.jsonl'} itself stays" in done.err
    assert not home.exists()
    assert {path.name for path in outside.iterdir()} == {"journal.jsonl", "photo.jpg"}
    assert (tmp_path / "elsewhere.jsonl").exists()


def test_a_caseload_that_is_itself_a_link_is_not_entered(home: Path, tmp_path: Path) -> None:
    (home / "caseload").rename(tmp_path / "share")
    (home / "caseload").symlink_to(tmp_path / "share", target_is_directory=True)
    before = everything(tmp_path / "share")
    assert forget(home, *PARTS).code == 0
    assert everything(tmp_path / "share") == before
    assert not home.exists()


def test_while_a_session_is_open_nothing_is_removed(home: Path) -> None:
    before = everything(home)
    with Journal(home / "journal.jsonl").session():
        done = forget(home)
    assert done.code == 1
    assert "session open" in done.err
    assert everything(home) - {"journal.session.lock"} == before


def test_what_cannot_be_removed_is_said_and_the_rest_is_gone(home: Path) -> None:
    """The system is asked to refuse, which works for every user, root too."""
    refuse = (
        "import os, pathlib, sys\n"
        "real = pathlib.Path.unlink\n"
        "def unlink(path, missing_ok=False):\n"
        "    if path.name.startswith('journal.broken'): raise PermissionError(13, 'Permission denied')\n"
        "    real(path, missing_ok)\n"
        "pathlib.Path.unlink = unlink\n"
        "sys.argv = ['reloadpt', 'forget']\n"
        "from reloadpt.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", refuse], env=environment(home), input="forget\n", capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "journal.broken-20261122T080000Z: could not be removed (permission denied)." in done.stderr
    assert [path.name for path in home.glob("*journal*")] == ["journal.broken-20261122T080000Z"]


def test_an_app_that_is_still_open_does_not_write_again_what_was_forgotten(home: Path) -> None:
    record = Record.open(home / "journal.jsonl", now())
    assert forget(home).code == 0
    record.keep_state()
    assert not stored_files(Places(data=home, config=home))["record"]


def test_it_says_what_it_does_not_reach(home: Path) -> None:
    done = forget(home)
    assert "backup" in done.err
    assert "sent" in done.err
    assert os.linesep not in done.out


def test_what_was_written_elsewhere_goes_with_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    homes = [home_in_use(tmp_path / name) for name in ("home", "other")]
    for home in homes:
        record = Record.open(home / "journal.jsonl", now())
        record.write_elsewhere(now())
        record.append([Note(text=home.name)], now())
    assert len(files_elsewhere()) == 2
    places = Places(homes[0], homes[0])
    assert remove_files(places, ("record",)).failures == ()
    [left] = files_elsewhere()
    assert b"other" in left.read_bytes()
    assert remove_files(Places(homes[1], homes[1]), ("record",)).failures == ()
    assert not place_elsewhere().exists()
