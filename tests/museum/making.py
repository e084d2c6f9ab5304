"""Makes the exhibits of a day as the program of that day writes them, and as others might: always the same ones.

The clock stands where each thing happens, and ids come from a seed. Only the clinic's key and what is sealed to it
are other bytes each time.
"""

from __future__ import annotations

import random
import secrets
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from journal_samples import AT, EVERY_KIND, journal_at
from museum.altered_logs import damaged, odd_lines, of_other_writers, torn
from museum.commands import Answer, Room, room
from museum.exhibits import KEY
from museum.written_files import own_exercises, plans, settings, thresholds
from reloadpt.care.answers import clearing_entry, flag_of
from reloadpt.care.record import Record
from reloadpt.clinic.caseload import Caseload
from reloadpt.clinic.overview import overview
from reloadpt.clinic.reviews import AlertReviews
from reloadpt.demo.behaviours import BACK_FILLS, HURTS, STEADY, WARNS, Behaviour
from reloadpt.demo.complaints import CASES, LOW_BACK, Complaint
from reloadpt.demo.life import Life
from reloadpt.demo.rewriting import rewrite_for
from reloadpt.program.library import shipped_folder
from sample_logs import HOSTILE, NEEDLED, ZONE, library

MADE = datetime(2026, 11, 29, 20, 0, tzinfo=ZONE)
"""When the lives end that are lived for the museum."""
SEVERAL = Complaint(
    "pain in the neck and the arm",
    (
        "upper-trapezius:calm:left", "upper-trapezius:calm:right", "levator-scapulae:calm:left",
        "rotator-cuff:wake:left:stim", "forearm-extensors:calm:left",
    ),
    ("work at a desk",),
)  # fmt: skip
LIVES: dict[str, tuple[Complaint, int, Behaviour, int]] = {
    "one-muscle": (CASES[6], 1, STEADY, 6),
    "two-muscles-and-a-current": (LOW_BACK, 2, STEADY, 6),
    "three-muscles-of-one-side": (SEVERAL, 3, STEADY, 3),
    "four-muscles": (SEVERAL, 4, STEADY, 3),
    "five-muscles": (SEVERAL, 5, STEADY, 3),
    "left-calf": (CASES[3], 2, STEADY, 4),
    "right-hip": (CASES[2], 2, HURTS, 4),
    "filled-in-later": (CASES[1], 2, BACK_FILLS, 7),
    "a-warning-sign": (LOW_BACK, 2, WARNS, 28),
}
"""By name: what the patient has, how many sites of it are needled, how they behave, and how many days are kept."""
KEEPS = ("one-muscle", "filled-in-later", "left-calf")
"""The journals that are made reports of and imported too."""


def make(day: Path) -> None:
    """Fill the folder ``day`` with every exhibit, without the texts beside them."""
    makers = (_journals, _plans, _programmes, _reports, _homes, _caseloads, _settings)
    for maker in makers:
        with _ids(maker.__name__):
            maker(day)


@contextmanager
def _ids(seed: str) -> Iterator[None]:
    """Ids that are random elsewhere come from ``seed``."""
    chance = random.Random(f"museum {seed}")  # noqa: S311
    whole, short = uuid.uuid4, secrets.token_hex
    vars(uuid)["uuid4"] = lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
    vars(secrets)["token_hex"] = lambda size=16: chance.randbytes(size).hex()
    try:
        yield
    finally:
        vars(uuid)["uuid4"], vars(secrets)["token_hex"] = whole, short


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


# Journals -------------------------------------------------------------------------------------------------


def _journals(day: Path) -> None:
    folder = day / "journals"
    for name, (case, sites, behaviour, kept) in LIVES.items():
        told = Complaint(case.complaint, case.targets[:sites], case.activities)
        with room(MADE) as here, here.machine():
            lines = Life(library(), told, behaviour, "A-17", f"museum {name}", MADE, 4).live()
        _write(folder / f"{name}.jsonl", _first_days(lines, kept))
    for name, tell in BY_COMMANDS.items():
        with room(NEEDLED) as here:
            tell(Patient(here))
            _write(folder / f"{name}.jsonl", (here.home / "journal.jsonl").read_bytes())
    with room(AT) as here:
        _write(folder / "every-kind-of-entry.jsonl", journal_at(here.path, EVERY_KIND).path.read_bytes())
        _write(folder / "only-its-first-line.jsonl", journal_at(here.path / "b", ()).path.read_bytes())
    lines = (folder / "one-muscle.jsonl").read_bytes()
    short = _first_days(lines, 1)
    others = of_other_writers((folder / "corrected.jsonl").read_bytes())
    for name, data in {**damaged(short), **torn(short), **odd_lines(short), **others}.items():
        _write(folder / f"{name}.jsonl", data)


def _first_days(lines: bytes, days: int) -> bytes:
    """The beginning of a log, which is a log too."""
    of_day: list[bytes] = [line.partition(b'"at":"')[2][:10] for line in lines.splitlines()]
    kept = sorted(set(of_day))[:days]
    return b"".join(
        line for line, written in zip(lines.splitlines(keepends=True), of_day, strict=True) if written in kept
    )


class Patient:
    """Someone who tells everything by commands, on days after the needling."""

    def __init__(self, here: Room) -> None:
        self.here = here

    def begins(self, *targets: str, alias: str = "A-17", more: tuple[str, ...] = ()) -> None:
        file = self.here.path / "plan.json"
        words = [word for target in targets for word in ("--target", target)]
        self.says("plan", "new", "--patient", alias, *words, "--needled-at", self.here.at.isoformat(), "--screen",
                  "all=no", "--clinic", "an invented clinic", "--phone", "01632 960017", "--emergency", "112", *more, "-o", str(file))  # fmt: skip
        self.says("plan", "use", str(file))

    def on(self, day: int, hour: float = 9) -> Patient:
        self.here.at = NEEDLED.replace(hour=0) + timedelta(days=day, hours=hour)
        return self

    def says(self, *words: str) -> Answer:
        answer = self.here.call(*words)
        assert answer.code == 0, answer
        return answer


def _corrected(patient: Patient) -> None:
    patient.begins("multifidus:wake:both:stim", "lumbar-paraspinals:calm:both")
    patient.on(0, 15).says(
        "checkin", "--pain", "4", "--soreness", "multifidus:3", "--soreness", "lumbar-paraspinals:2"
    )
    patient.on(1, 8).says("checkin", "--pain", "8", "--soreness", "multifidus:4")
    patient.on(1, 8.1).says("log", "amend", "3", "pain=3", "--reason", "pressed the wrong key")
    patient.on(2, 9).says("log", "add", "session", "--day", "yesterday", "--pain", "2")
    first = _entry_of(patient, "set_done")
    patient.on(2, 9.1).says("log", "amend", first, "reps=5", "--reason", "miscounted")
    patient.on(2, 9.2).says("log", "amend", first, "reps=6", "--reason", "miscounted again")
    patient.on(2, 9.3).says("log", "amend", str(int(first) + 1), "--void", "--reason", "not done after all")
    patient.on(2, 9.4).says("log", "amend", first, "--as-written", "--reason", "it was right")
    patient.on(3, 8).says("log", "add", "note", "The stairs were <easy> & quick.")
    patient.on(3, 9).says("log", "add", "session", "--day", "today")


def _filled_in_by_commands(patient: Patient) -> None:
    patient.begins("calf:calm:left", "calf:wake:right")
    patient.on(1, 8).says("checkin", "--pain", "3", "--soreness", "calf:left:4", "--soreness", "calf:right:2")
    patient.on(2, 9).says("log", "add", "session", "--day", "yesterday", "--pain", "2")
    patient.on(3, 9).says("log", "add", "checkin", "--day", "yesterday", "--pain", "2", "--worst", "4")
    patient.on(3, 9.1).says("log", "add", "sets", "calf/ankle-pumps:left", "--sets", "2", "--reps", "20", "--day",
                            "2026-11-22", "--pain", "1")  # fmt: skip
    patient.on(3, 9.2).says("log", "add", "checkin", "--day", "2026-11-21", "--pain", "5", "--when", "other",
                            "--soreness", "calf:left:3")  # fmt: skip
    patient.on(4, 20).says("log", "add", "session", "--day", "today", "--pain", "3")


def _needled_again(patient: Patient) -> None:
    patient.begins("quadriceps:wake:left", "hamstrings:calm:right")
    patient.on(1, 8).says("checkin", "--pain", "4", "--soreness", "quadriceps:3")
    patient.on(1, 9).says("log", "add", "session", "--day", "today")
    patient.on(4, 9).says("needled", "quadriceps:left", "--stim")
    patient.on(5, 9).says("needled", "gluteus-medius:right", "--at", "2026-11-24T17:30:00+01:00")
    patient.on(5, 9.1).says(
        "checkin", "--pain", "3", "--soreness", "quadriceps:4", "--soreness", "gluteus-medius:2"
    )
    patient.on(5, 10).says("log", "add", "session", "--day", "today")


def _paused(patient: Patient) -> None:
    patient.begins("hip-flexors:calm:both")
    patient.on(1, 8).says("checkin", "--pain", "2", "--soreness", "hip-flexors:2")
    patient.on(1, 9).says("pause", "--from", "2026-11-23", "--to", "2026-11-26", "--reason", "a holiday")
    patient.on(2, 9).says("log", "add", "session", "--day", "today")
    patient.on(8, 9).says("pause", "--from", "2026-11-28", "--to", "2026-11-28")
    patient.on(9, 9).says("log", "add", "session", "--day", "today")


def _signs_and_cleared(patient: Patient) -> None:
    patient.begins("pectorals:calm:left", "rotator-cuff:wake:left")
    patient.on(1, 8).says("checkin", "--pain", "4")
    for hours, code in ((24, "SB"), (96, "SI")):
        at = NEEDLED + timedelta(hours=hours)
        record = Record.open(patient.here.home / "journal.jsonl", at)
        record.append([flag_of(code, record.need_plan())], at)
        if code == "SB":
            record.append(
                [clearing_entry(code, "the clinic", at + timedelta(hours=20), "in_person")],
                at + timedelta(hours=22),
            )
    patient.on(5, 9).says("checkin", "--pain", "5")


def _two_aliases(patient: Patient) -> None:
    patient.begins("multifidus:wake:both")
    patient.on(1, 8).says("checkin", "--pain", "4")
    patient.on(2, 9).begins("calf:calm:left", alias="B-22")
    patient.on(3, 9).says("checkin", "--pain", "2", "--soreness", "calf:3")
    patient.on(3, 10).says("log", "add", "session", "--day", "today")


def _two_plans(patient: Patient) -> None:
    patient.begins("multifidus:wake:both:stim", more=("--start-pain", "5", "--activity", "sit for an hour"))
    patient.on(1, 9).says("log", "add", "session", "--day", "today", "--pain", "3")
    patient.on(7, 11).begins(
        "multifidus:wake:both", "quadratus-lumborum:calm:right", more=("--fixed", "--most-exercises", "3")
    )
    patient.on(8, 9).says("checkin", "--pain", "2", "--soreness", "quadratus-lumborum:4")
    patient.on(8, 9.1).says("log", "add", "session", "--day", "today", "--pain", "2")
    patient.on(8, 20).says("share", "-o", str(patient.here.path / "a.html"))


def _hostile_words(patient: Patient) -> None:
    patient.begins(
        "jaw:calm:both", alias="=cmd|' /C calc'!A0", more=("--complaint", HOSTILE[0], "--note", HOSTILE[17])
    )
    for number, text in enumerate(HOSTILE):
        patient.on(1, 8 + number / 60).says("log", "add", "note", "--", text)
    patient.on(2, 8).says("pause", "--from", "2026-11-25", "--to", "2026-11-26", "--reason", HOSTILE[16])


BY_COMMANDS: dict[str, Callable[[Patient], None]] = {
    "corrected": _corrected,
    "filled-in-by-commands": _filled_in_by_commands,
    "needled-again": _needled_again,
    "paused": _paused,
    "signs-and-cleared": _signs_and_cleared,
    "two-aliases": _two_aliases,
    "two-plans": _two_plans,
    "hostile-words": _hostile_words,
}
"""Journals by name that come from commands alone, but for the signs, which only the app asks."""


def _entry_of(patient: Patient, kind: str) -> str:
    """The number of the first entry of a kind."""
    lines = patient.says("log", "show").out_lines
    return next(line.split()[0] for line in lines if line.split()[3] == kind)


# What is written by hand -----------------------------------------------------------------------------------


def _plans(day: Path) -> None:
    for name, data in plans().items():
        _write(day / "plans" / f"{name}.json", data)
    for name, files in own_exercises().items():
        for muscle, data in files.items():
            _write(day / "exercises" / name / f"{muscle}.json", data)


def _programmes(day: Path) -> None:
    for file in sorted(shipped_folder().glob("*.json")):
        _write(day / "programmes" / file.name, file.read_bytes())


def _settings(day: Path) -> None:
    for name, data in settings().items():
        _write(day / "settings" / f"{name}.toml", data)
    for name, data in thresholds().items():
        _write(day / "thresholds" / f"{name}.json", data)


# What leaves the machine -----------------------------------------------------------------------------------


def _reports(day: Path) -> None:
    folder = day / "reports"
    folder.mkdir()
    for name in (*KEEPS, "hostile-words", "two-aliases"):
        _shared(day / "journals" / f"{name}.jsonl", folder / f"{name}.html")
    whole = (folder / "two-aliases.html").read_bytes()
    _write(folder / "cut-short.html", whole[: len(whole) // 2])
    _write(folder / "cut-at-its-end.html", whole[:-200])
    _write(folder / "line-ends-changed.html", whole.replace(b"\n", b"\r\n"))
    _write(folder / "one-figure-changed.html", whole.replace(b'"pain":4', b'"pain":3', 1))
    _write(folder / "no-report.html", b"<!doctype html><title>a page</title><p>Nothing of ours.</p>\n")
    _write(folder / "two-logs-inside.html", whole + whole)
    with room(MADE) as here:
        public = here.call("clinic", "key").out.strip()
        shutil.copyfile(here.home / KEY, folder / KEY)
    sealed = folder / "sealed.html.age"
    _shared(day / "journals" / "corrected.jsonl", sealed, to=public)
    data = sealed.read_bytes()
    _write(folder / "sealed-and-damaged.html.age", data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
    _write(folder / "sealed-and-cut-short.html.age", data[:300])


def _shared(journal: Path, report: Path, to: str | None = None) -> None:
    """Make the report of a journal on the day after its last entry."""
    last = journal.read_bytes().splitlines()[-1].partition(b'"at":"')[2][:25].decode()
    with room(datetime.fromisoformat(last) + timedelta(days=1)) as here:
        shutil.copyfile(journal, here.home / "journal.jsonl")
        answer = here.call("share", "-o", here.path / report.name, *(("--to", to) if to else ()))
        assert answer.code == 0, answer
        _write(report, (here.path / report.name).read_bytes())


# What lies in a home ---------------------------------------------------------------------------------------


def _homes(day: Path) -> None:
    whole = _first_days((day / "journals" / "one-muscle.jsonl").read_bytes(), 3)
    half = _first_days(whole, 2)
    state, early = _state_of(whole), _state_of(half)
    wrong_sum = state.replace(b'"sum":"', b'"sum":"0', 1)
    for name, journal, kept in (
        ("state-of-all", whole, state),
        ("state-of-the-first-half", whole, early),
        ("state-of-more-than-is-there", half, state),
        ("state-of-another-journal", (day / "journals" / "paused.jsonl").read_bytes(), early),
        (
            "state-of-an-older-version",
            half,
            early.replace(b'"version":"history/4"', b'"version":"history/3"'),
        ),
        ("state-with-a-wrong-sum", half, wrong_sum),
        ("state-cut-short", half, early[: len(early) // 2]),
        ("state-that-is-none", half, b"[" * 5000),
    ):
        _write(day / "homes" / name / "journal.jsonl", journal)
        _write(day / "homes" / name / "journal.state.json", kept)
    two = day / "homes" / "two-devices"
    _write(two / "journal.jsonl", half)
    with room(MADE) as here:
        _write(here.home / "journal.jsonl", _first_days(whole, 1))
        here.call("checkin", "--pain", "3")
        here.call("pause", "--from", "2026-11-29", "--to", "2026-11-30")
        copy = (here.home / "journal.jsonl").read_bytes()
    _write(two / "journal.sync-conflict-20261129-200000-ABCDEFG.jsonl", copy)
    for name, data in (
        ("went-on-after-damage", "damaged-a-bit-of-a-number"),
        ("torn-and-opened", "torn-in-a-line"),
    ):
        with room(MADE) as here:
            shutil.copyfile(day / "journals" / f"{data}.jsonl", here.home / "journal.jsonl")
            here.call("checkin", "--pain", "3")
            for file in sorted(here.home.iterdir()):
                if file.suffix != ".lock":
                    _write(day / "homes" / name / file.name, file.read_bytes())
    _write(day / "homes" / "with-own-exercises" / "journal.jsonl", half)
    own = day / "exercises" / "one-changed" / "calf.json"
    _write(day / "homes" / "with-own-exercises" / "exercises" / own.name, own.read_bytes())


def _state_of(journal: bytes) -> bytes:
    with room(MADE) as here:
        _write(here.home / "journal.jsonl", journal)
        assert here.call("plan", "show").code == 0
        return (here.home / "journal.state.json").read_bytes()


# The therapist's side --------------------------------------------------------------------------------------


def _caseloads(day: Path) -> None:
    kept = [day / "journals" / f"{name}.jsonl" for name in KEEPS]
    whole = day / "caseloads" / "whole"
    with room(MADE) as here:
        assert here.call("clinic", "import", *_retold(kept, here.path)).code == 0
        with here.machine():
            _look_at_all(here.home / "caseload")
        _keep(here.home / "caseload", whole)
    with room(MADE) as here:
        shutil.copytree(whole, here.home / "caseload")
        again = here.path / "again.jsonl"
        again.write_bytes(_another_end(next(iter(sorted(whole.glob("*/*.jsonl")))).read_bytes()))
        here.call("clinic", "import", again)
        _keep(here.home / "caseload", day / "caseloads" / "with-a-conflict")
    for name, change in (("with-a-damaged-log", _flip), ("with-a-torn-log", lambda data: data[:-30])):
        shutil.copytree(whole, day / "caseloads" / name)
        log = sorted((day / "caseloads" / name).glob("*/*.jsonl"))[1]
        log.write_bytes(change(log.read_bytes()))
    bare = day / "caseloads" / "without-summaries"
    shutil.copytree(whole, bare)
    for file in (*bare.glob("*/summary.json"), bare / ".turn"):
        file.unlink()


def _retold(journals: list[Path], folder: Path) -> list[Path]:
    """The first days of journals, as files of patients with aliases of their own."""
    files = []
    for number, journal in enumerate(journals):
        file = folder / journal.name
        file.write_bytes(
            rewrite_for(_first_days(journal.read_bytes(), 1), f"C-{number + 1}", f"museum {number}")
        )
        files.append(file)
    return files


def _look_at_all(folder: Path) -> None:
    caseload = Caseload(folder)
    seen = AlertReviews(folder, MADE)
    for row in overview(caseload.patients(), MADE):
        if row.alerts:
            seen.mark(row.patient.summary.logs, row.alerts, "called", MADE, "spoke", "the clinic")


def _keep(made: Path, caseload: Path) -> None:
    shutil.copytree(made, caseload, ignore=shutil.ignore_patterns("*.lock", ".lock"))


def _another_end(lines: bytes) -> bytes:
    """The same log up to its last entries, which are others."""
    with room(MADE) as here:
        _write(here.home / "journal.jsonl", b"".join(lines.splitlines(keepends=True)[:-5]))
        assert here.call("checkin", "--pain", "9").code == 0
        return (here.home / "journal.jsonl").read_bytes()


def _flip(data: bytes) -> bytes:
    place = data.index(b'"pain":') + len(b'"pain":')
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
