"""The faults themselves: each runs the real program, does it harm, and counts what was called saved and is there."""

from __future__ import annotations

import errno
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from faults.patient import REFUSED, Patient, entries, sets_found, tell, whole, words
from faults.reading import CALLS, HEADS, KINDS, changed_under_it, failing_reads
from faults.table import Row
from program_runs import AS_ANYONE, environment
from reloadpt.journal.chain import verify_file
from sample_logs import at, begins, entries_of, lines_of, sat, sent
from terminal_runs import home_with_quick_sets

CHANCE = random.Random(20261122)  # noqa: S311
INJECT = ("strace", "-f", "-qq", "-e", "signal=none", "-o")
FAILING: tuple[tuple[tuple[str, str], ...], ...] = (
    (("write", "EIO"),), (("write", "ENOSPC"),), (("fsync", "EIO"),), (("fsync", "ENOSPC"),),
    (("write", "EIO"), ("ftruncate", "EIO")), (("write", "ENOSPC"), ("fsync", "EIO")),
)  # fmt: skip
"""Calls that fail, alone or together; the later ones leave no way back within the program."""
BOUNDARIES = ("openat", "write", "fsync", "ftruncate", "rename", "unlink", "mkdir")
CLOCK = Path(__file__).with_name("set_clock.py")


def killed_at_random(home: Path, times: int) -> Row:
    """``kill -9`` at any moment of a session; the next start goes on with it."""
    saved = found = 0
    for _ in range(times):
        patient = Patient(home)
        called = patient.sit(kill_after=CHANCE.uniform(0, 0.4))
        patient.kill()
        saved += called
        found += min(called, sets_found(home)) if called else 0
        assert verify_file(home / "journal.jsonl").whole
    return Row("kill -9 at random", times, saved, found)


def killed_at_each_boundary(home: Path, most: int) -> Row:
    """``kill -9`` before every call to the system that touches a file, one after the other."""
    tried = 0
    called: list[str] = []
    for call in BOUNDARIES:
        for n in range(1, most + 1):
            word = f"{call} {n}"
            # only calls about the home count: Python opens many files of its own
            ours = [part for each in _touched(home) for part in ("-P", str(each))]
            died = [
                *INJECT,
                "/dev/null",
                *ours,
                "-e",
                f"trace={call}",
                "-e",
                f"inject={call}:signal=KILL:when={n}",
            ]
            saved, said = tell(home, word, died)
            tried += 1
            called += [word] * saved
            assert verify_file(home / "journal.jsonl").first_break is None, said
            if saved:
                break
    assert tell(home, "last")[0]
    called.append("last")
    return Row("kill -9 at each write boundary", tried, len(called), _there(home, called))


def _touched(home: Path) -> tuple[Path, ...]:
    return (home / "journal.jsonl", home / "journal.lock", home)


def full_disk(home: Path, rooms: tuple[int, ...]) -> Row:
    """The disk fills up in the middle of a session; with room again it goes on."""
    saved = found = 0
    said = how = ""
    for room in rooms:
        with small_disk(home.parent / f"disk-{room}", home) as (there, means):
            how = means
            fill(there, room)
            patient = Patient(there, through=_limit(there, room) if means != "tmpfs" else ())
            called = patient.sit()
            patient.kill()
            said = patient.refusals[0] if patient.refusals else ""
            assert "NOT saved" in said, patient.told[-5:]
            saved += called
            found += min(called, sets_found(there)) if called else 0
            verdict = verify_file(there / "journal.jsonl")
            assert verdict.whole
            (there / "filler").unlink(missing_ok=True)
            again, _ = tell(there, "with room again")
            saved += again
            found += _there(there, ["with room again"])
            assert whole(there)
    return Row("a full disk", len(rooms), saved, found, said, how)


def read_only_disk(home: Path) -> Row:
    """The disk turns read-only: what is there can be read, nothing is called saved."""
    assert tell(home, "before")[0]
    with small_disk(home.parent / "read-only", home) as (there, means):
        through: tuple[str, ...] = ()
        if means == "tmpfs":
            subprocess.run(["mount", "-o", "remount,ro", str(there)], check=True)
        else:
            for path in (*there.iterdir(), there):
                path.chmod(0o500 if path.is_dir() else 0o400)
            through = AS_ANYONE
        called, said = tell(there, "during", through)
        assert not called
        assert "NOT saved" in said or "cannot be" in said, said
        assert _there(there, ["before", "during"]) == 1
        if means == "tmpfs":
            subprocess.run(["mount", "-o", "remount,rw", str(there)], check=True)
        else:
            for path in (there, *there.iterdir()):
                path.chmod(0o700 if path.is_dir() else 0o600)
        assert tell(there, "after")[0]
        return Row(
            "a read-only disk", 1, 2, _there(there, ["before", "after"]), said.splitlines()[0], how=means
        )


def failing_calls(home: Path, *, lasting: bool, moments: tuple[int, ...]) -> Row:
    """Calls on the journal fail in the middle of a session: once, so that they are made again, or from then on."""
    tried = saved = found = 0
    said = ""
    log = home.parent / "strace.log"
    for n in moments:
        for each in FAILING if lasting else FAILING[:4]:
            faults = [f"inject={call}:error={error}:when={n}{'+' * lasting}" for call, error in each]
            asked = ",".join(call for call, _ in each)
            options = [part for fault in (f"trace={asked}", *faults) for part in ("-e", fault)]
            patient = Patient(home, [*INJECT, str(log), "-P", str(home / "journal.jsonl"), *options])
            called = patient.sit(sets_found(home) + 4)
            patient.kill()
            assert lasting == bool(patient.refusals), patient.told[-5:]
            said = said or (patient.refusals[0] if lasting else "")
            tried += "(INJECTED)" in log.read_text()
            saved += called
            found += min(called, sets_found(home)) if called else 0
            assert verify_file(home / "journal.jsonl").first_break is None
            again, _ = tell(home, f"after {n} {faults}")
            saved += again
            found += _there(home, [f"after {n} {faults}"])
            assert whole(home)
    name = "calls that fail from some moment on" if lasting else "calls that fail once"
    return Row(f"{name}: EIO, ENOSPC", tried, saved, found, said)


def short_writes(home: Path, sizes: tuple[int, ...]) -> Row:
    """The system takes only a part of each write, as it may."""
    called = []
    for size in sizes:
        program = Path(__file__).with_name("short_writes.py")
        saved, _ = tell(home, f"short {size}", (sys.executable, str(program), str(size)))
        called += [f"short {size}"] * saved
        assert whole(home)
    return Row("writes of which only a part is taken", len(sizes), len(called), _there(home, called))


def torn_tails(home: Path, step: int) -> Row:
    """The last line is cut at a byte; the next start sets it aside and goes on."""
    assert tell(home, "sound")[0]
    sound = (home / "journal.jsonl").read_bytes()
    assert tell(home, "cut")[0]
    last = (home / "journal.jsonl").read_bytes()[len(sound) :]
    cuts = range(1, len(last), step)
    saved = found = 0
    said = ""
    for cut in cuts:
        (home / "journal.jsonl").write_bytes(sound + last[:cut])
        called, told = tell(home, f"after {cut}")
        assert "cut off by an interruption" in told, told
        said = next(line for line in told.splitlines() if "cut off" in line)
        saved += 1 + called
        found += _there(home, ["sound", f"after {cut}"])
        assert whole(home)
        kept = {path.read_bytes() for path in home.glob("journal.torn-*")}
        assert last[:cut] in kept
    return Row(
        f"the last line cut at {'every byte' if step == 1 else f'every {step}th byte'}",
        len(cuts),
        saved,
        found,
        said,
    )


def conflict_copies(home: Path) -> Row:
    """A sync program keeps two versions of the folder, and puts the other one in place while the app is open."""
    assert tell(home, "both")[0]
    other = home.parent / "other-machine"
    shutil.copytree(home, other)
    assert tell(home, "here")[0]
    assert tell(other, "there")[0]
    copy = home / "journal (conflicted copy 2026-11-22).jsonl"
    shutil.copy(other / "journal.jsonl", copy)
    called, told = tell(home, "after")
    assert called
    said = next(line for line in told.splitlines() if "conflicted copy" in line)
    # while a session is open the sync program swaps the two
    patient = Patient(home)
    patient.sit(2)
    ours = (home / "journal.jsonl").read_bytes()
    shutil.copy(copy, home / "swapped")
    (home / "swapped").replace(home / "journal.jsonl")
    copy.write_bytes(ours)
    patient.sit(3)
    patient.leave()
    assert whole(home)
    assert words(home)[:2] == ["both", "there"]
    kept = home.parent / "kept"
    kept.mkdir()
    shutil.copy(copy, kept / "journal.jsonl")
    assert words(kept) == ["both", "here", "after"]
    assert sets_found(kept) == 2
    return Row(
        "a folder synced into conflict copies",
        2,
        6,
        len(words(kept)) + sets_found(kept) + words(home).count("there"),
        said,
    )


def damaged_lines(home: Path) -> Row:
    """Lines that cannot be read any more, at different places: every other is kept, and it is told."""
    journal = home / "journal.jsonl"
    saved = found = tried = 0
    said = ""
    for name, bad in (
        ("first", {0}),
        ("last", {-1}),
        ("1 in 3", set(range(2, 60, 3))),
        ("neighbours", {-2, -3}),
    ):
        called = [f"{name} {n}" for n in range(4)]
        for word in called:
            assert tell(home, word)[0]
        lines = journal.read_bytes().splitlines(keepends=True)
        places = {place % len(lines) for place in bad if place < len(lines)}
        for place in places:
            lines[place] = lines[place].replace(b'"kind"', b'"kinD"')
        journal.write_bytes(b"".join(lines))
        damaged = [word for word in called if any(f'"{word}"'.encode() in lines[place] for place in places)]
        again, said = tell(home, f"after {name}")
        assert "lines can be read" in said, said
        kept = [word for word in called if word not in damaged]
        tried, saved, found = (
            tried + 1,
            saved + len(kept) + again,
            found + _there(home, [*kept, f"after {name}"]),
        )
        assert whole(home)
    return Row("damaged lines", tried, saved, found, said.splitlines()[0], told=tried)


def two_at_once(home: Path, times: int) -> Row:
    """Two sessions at once, of which one is told to wait; and several commands at once beside them."""
    patient, other = Patient(home), Patient(home)
    patient.sit(1)
    other.sit(1)
    refused = [line for line in other.told if REFUSED in line]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda n: (f"at once {n}", tell(home, f"at once {n}")), range(times)))
    called_sets = patient.sit(3)
    patient.leave()
    other.leave()
    called = [word for word, (saved, _) in done if saved]
    assert whole(home)
    found = _there(home, called) + min(called_sets, sets_found(home))
    return Row(
        "two apps and several commands at once", 2 + times, len(called) + called_sets, found, refused[0]
    )


def clock_set_back(home: Path, hours: tuple[int, ...]) -> Row:
    """The clock is set back, or far ahead, between one start and the next."""
    saved = found = 0
    for each in hours:
        patient = Patient(home, program=(str(CLOCK), str(each), *("--plain", "--self-paced")))
        before = len(entries(home))
        called = patient.sit(2)
        patient.leave()
        saved += called
        found += min(called, sets_found(home)) if called else 0
        assert whole(home)
        assert len(entries(home)) > before, patient.told
    return Row("a clock set back or ahead", len(hours), saved, found)


def import_killed(home: Path, times: int) -> Row:
    """An import that is killed at any moment and made again gives the same caseload."""
    inbox = home.parent / "inbox"
    inbox.mkdir()
    for n in range(8):
        log = entries_of((at(0), begins(f"p{n}", patient=f"P-{n}")), *sat(0), sent(1))
        (inbox / f"{n}.jsonl").write_bytes(lines_of(log))
        (inbox / f"{n}-older.jsonl").write_bytes(lines_of(log[:5]))
    call = [sys.executable, "-m", "reloadpt", "clinic", "import", str(inbox)]

    def kept(clinic: Path) -> list[tuple[str, bytes]]:
        return sorted((path.name, path.read_bytes()) for path in clinic.rglob("*.jsonl"))

    plain = home.parent / "plain"
    subprocess.run(call, env=environment(plain), capture_output=True, check=True)
    saved = found = 0
    for n in range(times):
        clinic = home.parent / f"clinic-{n}"
        when = ("-e", "trace=rename", "-e", f"inject=rename:signal=KILL:when={1 + n % 16}")
        subprocess.run(
            [*INJECT, "/dev/null", *when, *call], env=environment(clinic), capture_output=True, check=False
        )
        subprocess.run(call, env=environment(clinic), capture_output=True, check=True)
        saved += len(kept(plain))
        found += sum(each == other for each, other in zip(kept(clinic), kept(plain), strict=True))
    return Row("an import killed half-way and made again (logs)", times, saved, found)


# What the faults are made of --------------------------------------------------------------------------------


def _there(home: Path, called: list[str]) -> int:
    """How many of these words the journal holds, each once."""
    told = words(home)
    assert len(told) == len(set(told)), "an entry stands twice"
    return len(set(called) & set(told))


@contextmanager
def small_disk(place: Path, home: Path, size: str = "256k") -> Iterator[tuple[Path, str]]:
    """A disk of its own with a copy of ``home``: a small tmpfs, or a plain folder where none can be mounted."""
    place.mkdir()
    mounted = sys.platform == "linux" and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(place)], capture_output=True, check=False
    ).returncode  # fmt: skip
    try:
        for path in home.iterdir():
            shutil.copy(path, place)
        yield place, "tmpfs" if mounted else "limits and modes"
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, room: int) -> None:
    """Fill a disk until about ``room`` bytes are left."""
    with (disk / "filler").open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(512)):
                pass
        except OSError as error:
            assert error.errno == errno.ENOSPC  # noqa: PT017
        stream.truncate(max(0, stream.tell() - room))


def _limit(home: Path, room: int) -> tuple[str, ...]:
    """What stands before a call so that no file grows beyond the journal and ``room`` bytes."""
    most = (home / "journal.jsonl").stat().st_size + room
    set_it = f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))"
    return (sys.executable, "-c", f"{set_it}; os.execvp(sys.argv[1], sys.argv[1:])")


def faults(*, quick: bool) -> dict[str, Callable[[Path], Row]]:
    """Every fault by a short name; ``quick`` bounds how often each is tried."""

    def by(few: int, many: int) -> int:
        return few if quick else many

    return {
        "random": lambda home: killed_at_random(home, by(6, 100)),
        "boundaries": lambda home: killed_at_each_boundary(home, by(3, 30)),
        "full": lambda home: full_disk(home, (0, 700, 5000) if quick else tuple(range(0, 13000, 500))),
        "read-only": read_only_disk,
        "once": lambda home: failing_calls(home, lasting=False, moments=(2,) if quick else (1, 2, 3, 5)),
        "lasting": lambda home: failing_calls(home, lasting=True, moments=(2,) if quick else (1, 2, 3, 5)),
        "short": lambda home: short_writes(home, (1, 100) if quick else (1, 2, 7, 64, 100, 399, 4096)),
        "torn": lambda home: torn_tails(home, by(40, 1)),
        "copies": conflict_copies,
        "damaged": damaged_lines,
        "reads": lambda home: failing_reads(home, CALLS[:2] if quick else CALLS, by(2, 40)),
        "changed": lambda home: changed_under_it(
            home, HEADS[:1] if quick else HEADS, KINDS[2:3] if quick else KINDS
        ),
        "at once": lambda home: two_at_once(home, by(6, 40)),
        "clock": lambda home: clock_set_back(home, (40, -4, 0) if quick else (0, -1, 40, -4, 24, -5, 48, 0)),
        "import": lambda home: import_killed(home, by(3, 16)),
    }


def run(name: str, fault: Callable[[Path], Row], folder: Path) -> Row:
    """Try one fault in a home of its own."""
    place = folder / name.replace(" ", "-")
    place.mkdir()
    return fault(home_with_quick_sets(place / "home"))
