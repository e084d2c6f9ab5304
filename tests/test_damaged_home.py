"""A home in which one file is not as it was written: the real program starts, or says in one sentence what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clinic_runs import NOW, write_reports
from program_runs import home_in_use, reloadpt
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.key import make_key
from reloadpt.clinic.reviews import AlertReviews
from reloadpt.crash import NAME as NOTE
from reloadpt.program.library import Library
from reloadpt.program.plan import Contact
from reloadpt.program.remembered import keep_defaults
from reloadpt.settings import default_text
from reloadpt.share.deidentify import make_or_read_key
from sample_logs import meant

CALLS = (("--plain",), ("clinic", "list"))
KEPT = (
    "journal.jsonl", "journal.state.json", "settings.toml", "exercises/multifidus.json", "last-contact.json",
    "clinic.key", "deidentify.key", "thresholds.json", "caseload/seen.jsonl", "caseload/.turn",
    "caseload/*/summary.json", "caseload/*/*-*.jsonl",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with every file in it that the program keeps or reads, of a patient and of a clinic."""
    folder = tmp_path_factory.mktemp("whole")
    home = home_in_use(folder / "home")
    (home / "settings.toml").write_text(default_text(), encoding="utf-8")
    (home / "thresholds.json").write_text('{"pain_high": 7}', encoding="utf-8")
    (home / "exercises").mkdir()
    shutil.copy(Library().paths["multifidus"], home / "exercises")
    keep_defaults(home, "the clinic", Contact(clinic="The clinic", phone="040 1234"))
    make_key(home)
    make_or_read_key(home)
    assert reloadpt(home, "clinic", "import", write_reports(folder / "reports", "F-2")).code == 0
    [patient] = Caseload(home / "caseload", meant()).patients()
    AlertReviews(home / "caseload", NOW).mark(patient.summary.logs, patient.summary.alerts, "called", NOW)
    for arguments in CALLS:
        assert reloadpt(home, *arguments).code == 0
    return home


@pytest.mark.parametrize("name", KEPT)
def test_the_program_starts_beside_a_file_with_a_byte_that_is_no_text(
    whole: Path, tmp_path: Path, name: str
) -> None:
    for arguments in CALLS:
        home = tmp_path / "-".join(arguments)
        shutil.copytree(whole, home)
        [kept] = home.glob(name)
        data = kept.read_bytes()
        middle = len(data) // 2
        kept.write_bytes(data[:middle] + b"\x80" + data[middle + 1 :])
        done = reloadpt(home, *arguments)
        assert done.code in (0, 1), done
        assert not (home / NOTE).exists()
        if done.code:
            assert done.err.count("\n") == 1, done.err
            assert done.err.endswith((".\n", "?\n"))


def test_no_kept_file_is_passed_over_here(whole: Path) -> None:
    empty = {each for each in whole.rglob("*") if each.is_file() and not each.stat().st_size}
    assert {each for each in whole.rglob("*") if each.is_file()} - empty == {
        each for name in KEPT for each in whole.glob(name)
    }
