"""Every reader of files, fed with what is nearly right: it reads, or says why not in plain words, and nothing else."""

from __future__ import annotations

import random
import re
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from app_runs import low_back_plan
from profiles import thoroughness, tries
from reloadpt.care.record import STATE_VERSION, Record
from reloadpt.clinic.caseload import SUMMARY, TURN, Caseload
from reloadpt.clinic.importing import ENDINGS, import_all
from reloadpt.clinic.key import secret_key
from reloadpt.clinic.receiving import receive
from reloadpt.clinic.reviews import NAME, AlertReviews
from reloadpt.clinic.thresholds import thresholds_in
from reloadpt.clinic.unpacking import reports_in
from reloadpt.files import Trouble, read_json
from reloadpt.journal.chain import verify_file
from reloadpt.journal.events import Note
from reloadpt.journal.journal import Journal
from reloadpt.measures.course import course_of
from reloadpt.program.check import read_checked, read_form
from reloadpt.program.library import Library
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Programme
from reloadpt.program.remembered import recall_defaults
from reloadpt.settings import change_setting, default_text, read_settings
from reloadpt.share.datapackage import INDEX, ExportScope
from reloadpt.share.deidentify import NAME as SECRET
from reloadpt.share.deidentify import make_or_read_key
from reloadpt.share.embedded import embed
from reloadpt.share.exporting import write_bundles
from reloadpt.share.seal import new_key, public_half, seal_bytes
from reloadpt.share.tables import tables_of_log
from sample_logs import at, begins, entries_of, lines_of, rated, sat, sent

MIB = 1024 * 1024
NOW = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
KEY = new_key()[0]
LOG = lines_of(entries_of((at(0), begins()), rated(0, 4), *sat(0), sent(1)))
TOLD = lines_of(entries_of((at(0), begins()), rated(1, 8), rated(2, 8), sent(2)))
"""A log for which a therapist is alerted."""
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


def starts_with_kept(path: Path) -> None:
    """Start with a state file that is not as it was written: what the log says is there, and can be added to."""
    log = path.with_name("journal.jsonl")
    log.write_bytes(LOG)
    record = Record.open(log, NOW)
    assert msgspec.json.encode(record.history) == SOUND_STATE
    record.append([Note(text="goes on")], NOW)


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


def looked_at(path: Path) -> None:
    """Read what the clinic looked at, and mark more."""
    [patient] = caseload_in(path.parent).patients()
    seen = AlertReviews(path.parent, NOW)
    assert all(sentence.isprintable() for sentence in seen.mended)
    assert patient.summary.alerts
    seen.mark(patient.summary.logs, patient.summary.alerts, "again", NOW, "spoke", "Kim")
    assert all(seen.look_at(patient.summary.logs, alert, NOW) for alert in patient.summary.alerts)


def caseload_in(folder: Path) -> Caseload:
    """A caseload of one patient, for whom there are alerts."""
    caseload = Caseload(folder)
    if not caseload.folders():
        log = folder.with_name("told.jsonl")
        log.write_bytes(TOLD)
        list(import_all([log], caseload, None))
    return caseload


def stored(path: Path) -> None:
    """Look at a caseload in which a log is not as it was put there, and import again."""
    caseload = caseload_in(path.parent / "caseload")
    [folder] = caseload.folders()
    [log] = [each for each in folder.glob("*.jsonl") if "conflict" not in each.name]
    log.write_bytes(path.read_bytes())
    (folder / SUMMARY).unlink()
    for patient in caseload.patients():
        caseload.page(patient, NOW)
    told = path.parent / "told.jsonl"
    [result] = import_all([told], caseload, None)
    assert result.kind in ("new", "unchanged", "conflict", "extended", "older", "healed"), result.why
    assert len(caseload_in(path.parent / "caseload").patients()) == 1
    assert any(TOLD in each.read_bytes() for each in path.parent.rglob(f"caseload/*/{log.stem}*.jsonl"))


def turn_taken(path: Path) -> None:
    """Import where the name of the last turn is not what it was."""
    caseload = caseload_in(path.parent / "caseload")
    with caseload.writing() as placing:
        pass
    (caseload.folder / TURN).write_bytes(path.read_bytes())
    with caseload.writing(placing):
        assert len(caseload.patients()) == 1


def exported_into(path: Path) -> None:
    """Export into a folder whose index is not as it was written."""
    folder = path.parent / "out"
    folder.mkdir()
    (folder / INDEX).write_bytes(path.read_bytes())
    write_bundles([], folder, ExportScope("fhir"))


def index_seed() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        told = tables_of_log(course_of(entries_of((at(0), begins()), *sat(0))))
        write_bundles([("A-17", told)], Path(name), ExportScope("fhir"))
        return Path(name, INDEX).read_bytes()


def seen_seed() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        looked_at(Path(name, "caseload", NAME))
        return Path(name, "caseload", NAME).read_bytes()


def kept_state_seed() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "journal.jsonl")
        path.write_bytes(LOG)
        Record.open(path, NOW)
        return path.with_suffix(".state.json").read_bytes()


def summary_seed() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.jsonl").write_bytes(LOG)
        caseload = Caseload(folder / "caseload")
        list(import_all([folder / "a.jsonl"], caseload, None))
        return (caseload.patients()[0].folder / SUMMARY).read_bytes()


def state_seed() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "journal.jsonl")
        path.write_bytes(LOG)
        return msgspec.json.encode(Record.open(path, NOW).history)


SOUND_STATE = state_seed()
READERS = {
    "report": Reader(REPORT, "a.html", lambda path: receive(path, None)),
    "log": Reader(LOG, "a.jsonl", lambda path: (verify_file(path), receive(path, None))),
    "journal": Reader(LOG, "journal.jsonl", opens),
    "state": Reader(SOUND_STATE, "payload.json", starts_with_state),
    "kept state": Reader(kept_state_seed(), "journal.state.json", starts_with_kept),
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
    "stored log": Reader(TOLD, "in.jsonl", stored),
    "looked at": Reader(seen_seed(), NAME, looked_at),
    "turn": Reader(b"0" * 32, "turn", turn_taken),
    "secret": Reader(bytes(32).hex().encode(), SECRET, lambda path: make_or_read_key(path.parent)),
    "export": Reader(index_seed(), "in.json", exported_into),
}  # fmt: skip

FINDS = {
    "a byte in a string of the state that is no text": ("state", SOUND_STATE.replace(b"A-17", b"A-\x807")),
}
"""What searching found before, by what it is."""
MOST = 100
"""So many changes of one byte are tried of each file in a steady run; a search tries every one."""


@pytest.mark.parametrize("kind", READERS)
def test_what_is_right_is_read(kind: str, tmp_path: Path) -> None:
    reader = READERS[kind]
    path = tmp_path / reader.name
    path.write_bytes(reader.seed)
    reader.read(path)


def read_or_refused(kind: str, folder: Path, data: bytes) -> None:
    """Read it as a file of that kind; where it is refused, in plain words."""
    path = folder / READERS[kind].name
    path.write_bytes(data)
    try:
        READERS[kind].read(path)
    except Trouble as trouble:
        assert str(trouble)  # noqa: PT017
        assert all(line.isprintable() for line in str(trouble).split("\n"))  # noqa: PT017


@pytest.mark.parametrize("find", FINDS)
def test_what_was_found_before_is_read_or_refused(find: str, tmp_path: Path) -> None:
    kind, data = FINDS[find]
    assert data != READERS[kind].seed
    read_or_refused(kind, tmp_path, data)


def one_byte_changed(data: bytes) -> Iterator[bytes]:
    """The data with one byte of it another: no text, the end of a text, no UTF-8 at all, one bit turned."""
    changes = [
        (place, new)
        for place, byte in enumerate(data)
        for new in {0x80, 0x00, 0xFF, byte ^ 1 << place % 8} - {byte}
    ]
    if thoroughness() == 1 and len(changes) > MOST:
        changes = random.Random(20261201).sample(changes, MOST)  # noqa: S311
    for place, new in changes:
        yield data[:place] + bytes([new]) + data[place + 1 :]


@pytest.mark.hypothesis  # a search tries all of it
@pytest.mark.parametrize("kind", READERS)
def test_one_byte_changed_anywhere_is_read_or_refused_in_plain_words(kind: str, tmp_path: Path) -> None:
    for changed in one_byte_changed(READERS[kind].seed):
        with tempfile.TemporaryDirectory(dir=tmp_path) as name:
            read_or_refused(kind, Path(name), changed)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
@tries(40, *HealthCheck)
def test_what_is_nearly_right_is_read_or_refused_in_plain_words(
    kind: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    changed = data.draw(nearly(READERS[kind].seed))
    read_or_refused(kind, tmp_path_factory.mktemp("read"), changed)


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
