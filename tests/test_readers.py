"""Every reader of files, fed with what is nearly right: it reads, or says why not in plain words, and nothing else."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app_runs import low_back_plan
from reloadpt.care.record import STATE_VERSION, Record
from reloadpt.clinic.caseload import SUMMARY, Caseload
from reloadpt.clinic.importing import ENDINGS, import_all
from reloadpt.clinic.key import secret_key
from reloadpt.clinic.receiving import receive
from reloadpt.clinic.thresholds import thresholds_in
from reloadpt.clinic.unpacking import reports_in
from reloadpt.files import Trouble, read_json
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import Note
from reloadpt.journal.journal import Journal
from reloadpt.program.check import read_checked, read_form
from reloadpt.program.library import Library
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Programme
from reloadpt.program.remembered import recall_defaults
from reloadpt.settings import change_setting, default_text, read_settings
from reloadpt.share.embedded import embed
from reloadpt.share.seal import new_key, public_half, seal_bytes
from sample_logs import at, begins, entries_of, lines_of, rated, sat, sent

MIB = 1024 * 1024
NOW = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
KEY = new_key()[0]
LOG = lines_of(entries_of((at(0), begins()), rated(0, 4), *sat(0), sent(1)))
REPORT = b"<!DOCTYPE html><title>x</title>" + embed(LOG) + b"</html>"

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null|[\[\]{},:=]')
ODD = (
    b"null", b"true", b"-1", b"1e999", b"NaN", b"-Infinity", b"9" * 5000, b"0.1", b'""', b'"\\ud800"', b'"\\u0000"', b"[]",
    b"{}", b"[" * 100_000, b'{"a":' * 20_000, b"]", b"}", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf", b"\r\n", b"\n", b"\x1b[2J",
    b"</script>", b"<!--", '"\u202e"'.encode(), b'"' + b"x" * 70_000 + b'"', b'"2026-11-20T09:00:00"',
    b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-12:00"', b'"../../etc/passwd"', b'"format"', b"[[keys]]",
)  # fmt: skip


def nearly(seed: bytes) -> st.SearchStrategy[bytes]:
    """The seed with a token replaced, a piece put in, taken out or twice, or cut off; sometimes more than once."""
    tokens = [found.span() for found in TOKEN.finditer(seed)] or [(0, len(seed))]
    places = st.integers(0, len(seed))
    piece = st.sampled_from(ODD) | st.binary(max_size=20)

    def spliced(data: bytes, begin: int, end: int, new: bytes) -> bytes:
        begin, end = sorted((min(begin, len(data)), min(end, len(data))))
        return data[:begin] + new + data[end:]

    change = st.one_of(
        st.tuples(st.sampled_from(tokens), piece).map(lambda it: (*it[0], it[1])),
        st.tuples(places, piece).map(lambda it: (it[0], it[0], it[1])),
        st.tuples(places, places).map(lambda it: (*it, b"")),
        places.map(lambda begin: (begin, len(seed), b"")),
        st.tuples(places, places).map(lambda it: (it[0], it[0], seed[it[0] : it[0] + it[1]])),
    )

    def changed(changes: list[tuple[int, int, bytes]]) -> bytes:
        data = seed
        for begin, end, new in changes:
            data = spliced(data, begin, end, new)
        return data

    return st.lists(change, min_size=1, max_size=3).map(changed)


@dataclass(frozen=True)
class Reader:
    """How one kind of file is read: a good one, its name, and what reads it; ``Trouble`` is an answer."""

    seed: bytes
    name: str
    read: Callable[[Path], object]


def opens(path: Path) -> None:
    """Open the app's record on whatever is there, and write on."""
    record = Record.open(path, NOW)
    before = len(record.history.sessions)
    record.append([Note(text="goes on")], NOW)
    assert verify_file(path).whole
    assert Record.open(path, NOW).history.sessions.keys() == record.history.sessions.keys()
    assert before == len(record.history.sessions)


def starts_with_state(path: Path) -> None:
    """Start with a state file that fits the log by its numbers and says something odd."""
    log = path.with_name("journal.jsonl")
    log.write_bytes(LOG)
    sound = Record.open(log, NOW)
    journal = Journal(log)
    list(journal.entries())
    assert journal.mark
    try:
        payload = bytes(msgspec.Raw(path.read_bytes()))
        journal.save_checkpoint(journal.mark, STATE_VERSION, payload)
    except msgspec.MsgspecError:
        return
    record = Record.open(log, NOW)
    assert record.history.entries >= 0
    assert sound.history.plan is not None


def settings_of(path: Path) -> None:
    found, wrong = read_settings(path)
    assert all("\n" not in each for each in wrong)
    change_setting(path, "motion", value=not found.motion)
    assert read_settings(path)[0].motion is not found.motion


def caseload_with_summary(path: Path) -> None:
    folder = path.parent / "caseload"
    caseload = Caseload(folder)
    if not folder.exists():
        path.with_name("a.jsonl").write_bytes(LOG)
        list(import_all([path.with_name("a.jsonl")], caseload, None))
    [patient] = caseload.patients()
    (patient.folder / SUMMARY).write_bytes(path.read_bytes())
    [again] = caseload.patients()
    assert again.summary.logs == patient.summary.logs


def imports(path: Path) -> None:
    """Import it into a caseload that holds a patient: what is refused touches nothing, what is kept replaces nothing."""
    folder = path.parent / "caseload"
    caseload = Caseload(folder)
    path.with_name("first.jsonl").write_bytes(LOG)
    list(import_all([path.with_name("first.jsonl")], caseload, KEY))
    before = {each: each.read_bytes() for each in folder.rglob("*.json*")}
    [result] = import_all([path], caseload, KEY)
    after = {each: each.read_bytes() for each in folder.rglob("*.json*")}
    if result.kind in ("rejected", "unchanged", "older"):
        assert after == before
    for each, lines in before.items():
        assert each.suffix == ".json" or after[each].startswith(lines)
    if result.why:
        raise Trouble(result.why)


def summary_seed() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.jsonl").write_bytes(LOG)
        caseload = Caseload(folder / "caseload")
        list(import_all([folder / "a.jsonl"], caseload, None))
        return (caseload.patients()[0].folder / SUMMARY).read_bytes()


def state_seed() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "journal.jsonl")
        path.write_bytes(LOG)
        return msgspec.json.encode(Record.open(path, NOW).history)


READERS = {
    "report": Reader(REPORT, "a.html", lambda path: receive(path, None)),
    "log": Reader(LOG, "a.jsonl", lambda path: (verify_file(path), receive(path, None))),
    "journal": Reader(LOG, "journal.jsonl", opens),
    "state": Reader(state_seed(), "payload.json", starts_with_state),
    "import": Reader(REPORT, "a.html", imports),
    "sealed import": Reader(seal_bytes(LOG, public_half(KEY)), "a.age", imports),
    "sealed": Reader(seal_bytes(REPORT, public_half(KEY)), "a.html.age", lambda path: receive(path, KEY)),
    "plan": Reader(plan_file(low_back_plan()), "a.plan.json", lambda path: read_form(path, Plan)),
    "programme": Reader(
        Library().paths["multifidus"].read_bytes(), "multifidus.json",
        lambda path: (read_form(path, Programme), read_checked(path, Programme)),
    ),
    "settings": Reader(default_text().encode(), "settings.toml", settings_of),
    "thresholds": Reader(b'{"pain_high": 7, "sore_late_hours": 72}', "thresholds.json", lambda path: thresholds_in(path.parent)),
    "remembered": Reader(
        b'{"made_by":"x","contact":{"clinic":"y","phone":"1","out_of_hours":null,"emergency":"112"}}',
        "last-contact.json", lambda path: recall_defaults(path.parent),
    ),
    "key": Reader(f"# public key: x\n{KEY}\n".encode(), "clinic.key", lambda path: secret_key(path.parent)),
    "summary": Reader(summary_seed(), "in.json", caseload_with_summary),
}  # fmt: skip


@pytest.mark.parametrize("kind", READERS)
def test_what_is_right_is_read(kind: str, tmp_path: Path) -> None:
    reader = READERS[kind]
    path = tmp_path / reader.name
    path.write_bytes(reader.seed)
    reader.read(path)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
def test_what_is_nearly_right_is_read_or_refused_in_plain_words(
    kind: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    reader = READERS[kind]
    path = tmp_path_factory.mktemp("read") / reader.name
    path.write_bytes(data.draw(nearly(reader.seed)))
    try:
        reader.read(path)
    except Trouble as trouble:
        assert str(trouble)  # noqa: PT017
        assert all(line.isprintable() for line in str(trouble).split("\n"))  # noqa: PT017


@pytest.mark.parametrize(
    "kind", ["report", "log", "journal", "plan", "programme", "settings", "thresholds", "remembered", "key"]
)
def test_a_file_of_any_size_makes_no_reader_grow(kind: str, tmp_path: Path) -> None:
    reader = READERS[kind]
    path = tmp_path / reader.name
    with path.open("wb") as stream:
        stream.truncate(300 * MIB)
    tracemalloc.start()
    try:
        reader.read(path)
    except Trouble as trouble:
        assert "\n" not in str(trouble)  # noqa: PT017
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 100 * MIB


@pytest.mark.parametrize(
    "text", ["[" * 500_000, '{"a":' * 500_000, "[" * 500_000 + "]" * 500_000, "9" * 1_000_000]
)
def test_nesting_and_numbers_without_end_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(Trouble, match=r"too deep|not JSON"):
        read_json(tmp_path / "a.json")


def test_an_archive_of_a_good_report_is_read(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.html", REPORT)
    assert [each.data for each in reports_in(tmp_path / "a.zip", ENDINGS)] == [REPORT]
