"""A few processes at once, each running some tests in its own copy of the checkout, within limits."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mutants.trees import copied, put

MEMORY = 4 << 30  # bytes that one process may hold; the tests of a room stay below one
HANGS = 8
OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGKILL}  # how the system ends what used its processor's seconds up


@dataclass(frozen=True)
class Job:
    """Some work to be done in a process of its own.

    ``work`` gets the copy of the checkout and a file to write its answer to, as JSON; its return value becomes the
    exit code. ``file`` and ``text`` are the module that is changed for it. ``seconds`` are those of the processor that
    it may use; one that hangs is ended after ``HANGS`` times as many.
    """

    subject: object
    work: Callable[[Path, Path], int]
    seconds: float
    file: str = ""
    text: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a job ended: its exit code (None where its time ran out), its answer, the end of what it printed."""

    code: int | None
    answer: dict[str, object]
    printed: str


@dataclass
class Crew:
    """The copies of a checkout, and the processes that work in them. Use it in a ``with`` statement."""

    root: Path
    size: int
    folder: Path = field(init=False)
    trees: list[Path] = field(init=False)

    def __enter__(self) -> Crew:
        self.folder = Path(tempfile.mkdtemp(prefix="mutants-"))
        self.trees = [copied(self.root, self.folder / f"tree{number}") for number in range(self.size)]
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def done(self, jobs: Iterable[Job], until: float) -> Iterator[tuple[Job, Outcome]]:
        """Do jobs in their order, as many at once as there are copies; yield each as it ends.

        At ``until``, by the monotonic clock, what still runs is stopped and is not yielded, and no more is begun.
        """
        waiting = iter(jobs)
        free = list(self.trees)
        running: list[Process] = []
        try:
            while True:
                while free and time.monotonic() < until and (job := next(waiting, None)):
                    running.append(Process(job, free.pop(), self.folder))
                if not running or time.monotonic() >= until:
                    return
                time.sleep(0.01)
                for process in list(running):
                    if outcome := process.outcome():
                        running.remove(process)
                        process.clear(self.root)
                        free.append(process.tree)
                        yield process.job, outcome
        finally:
            for process in running:
                process.stop()
                process.clear(self.root)


class Process:
    """One forked process at one job, in a session of its own so that all it started can be ended with it."""

    def __init__(self, job: Job, tree: Path, folder: Path) -> None:
        self.job = job
        self.tree = tree
        self.home = Path(tempfile.mkdtemp(prefix="job-", dir=folder))
        if job.file:
            put(tree, job.file, job.text)
        self.until = time.monotonic() + HANGS * job.seconds
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            self._work()

    def _work(self) -> None:
        code = 70
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (int(self.job.seconds) + 1, int(self.job.seconds) + 1))
            nothing = os.open(os.devnull, os.O_RDONLY)
            printed = os.open(self.home / "printed", os.O_WRONLY | os.O_CREAT)
            for end, number in ((nothing, 0), (printed, 1), (printed, 2)):
                os.dup2(end, number)
            os.chdir(self.tree)
            os.environ["TMPDIR"] = tempfile.tempdir = str(self.home)
            code = self.job.work(self.tree, self.home / "answer")
        except BaseException:  # noqa: BLE001  (the process ends here whatever it was; what it was is read by the other)
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def outcome(self) -> Outcome | None:
        """Return how it ended, or None while it may still run."""
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if not pid and time.monotonic() < self.until:
            return None
        if not pid:
            self.stop()
        else:
            self._end_its_own()
        answer = self.home / "answer"
        code = os.waitstatus_to_exitcode(status) if pid else None
        return Outcome(
            None if code in OUT_OF_TIME else code,
            json.loads(answer.read_text()) if answer.exists() else {},
            (self.home / "printed").read_text(errors="replace")[-2000:]
            if (self.home / "printed").exists()
            else "",
        )

    def stop(self) -> None:
        """End it and all it started, at once."""
        self._end_its_own()
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def _end_its_own(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def clear(self, root: Path) -> None:
        """Put the copy back as it was."""
        if self.job.file:
            put(self.tree, self.job.file, (root / self.job.file).read_text(encoding="utf-8"))
        shutil.rmtree(self.home, ignore_errors=True)
