"""The check from its start to its table: record what reaches which line, try the unchanged program, try the mutants."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile

from mutants.crew import Crew, Job, Outcome
from mutants.equivalents import Name, all_of, listed, stale
from mutants.operators import Mutant
from mutants.reaching import Kept, Reached
from mutants.running import chosen_run, recording_run, warmed
from mutants.scope import Scope
from mutants.table import Tally, table

EQUIVALENTS = "tests/mutants/equivalents.toml"
TESTS_SECONDS = 15.0  # the quickest tests of a line that take this long together are tried on its mutants
RECORDING_SECONDS = 240.0
BEGIN_SECONDS = 4.0  # what a process may take to begin: to import the package and its tests
ENOUGH = 50  # mutants from which a part says something of the whole
RESERVE = 0.05  # of the time, to stop and to clear up


class Unfit(Exception):
    """The check cannot say anything: the unchanged program fails its tests, or the list of equivalents is wrong."""


@dataclass
class Check:
    """One run of the check.

    ``until`` is the end of its time, by the monotonic clock; ``whole`` is over once there was no time for some tests.
    """

    scope: Scope
    crew: Crew
    until: float
    reached: Reached = field(init=False)
    whole: bool = True

    def __post_init__(self) -> None:
        self.reached = Reached(self.scope.root)
        self.source = self.scope.source.relative_to(self.scope.root).as_posix()

    def record(self, rooms: list[str]) -> list[str]:
        """Learn which tests of the rooms reach which line; return the files of tests there was no time for.

        At most half of the time left goes into it. A test that fails here is one that the control must see.
        """
        kept = Kept(self.scope.root, self.scope.source)
        files = list(dict.fromkeys(file for room in rooms for file in self.scope.rooms[room]))
        missing = []
        for file in files:
            if record := kept.read(file):
                self.reached.add(record)
            else:
                missing.append(file)
        until = time.monotonic() + (self.until - time.monotonic()) / 2
        jobs = [Job(file, partial(recording_run, file, self.source), RECORDING_SECONDS) for file in missing]
        for job, outcome in self.crew.done(jobs, until):
            file = str(job.subject)
            if outcome.code not in {0, 1, None}:
                raise Unfit(f"The tests of {file} do not run:\n{outcome.printed}")
            missing.remove(file)
            if outcome.code is not None:
                self.reached.add(outcome.answer)
                kept.keep(file, outcome.answer)
        self.whole = not missing
        return missing

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests to try on a mutant: the quickest that reach it, those of one file together."""
        quickest = sorted(self.reached.tests(mutant), key=lambda test: (self.reached.seconds[test], test))
        chosen: list[str] = []
        seconds = 0.0
        for test in quickest:
            seconds += self.reached.seconds[test]
            if chosen and seconds > TESTS_SECONDS:
                break
            chosen.append(test)
        first = {
            file: place
            for place, file in reversed(list(enumerate(test.partition("::")[0] for test in chosen)))
        }
        return sorted(chosen, key=lambda test: first[test.partition("::")[0]])

    def control(self, tests: dict[Mutant, list[str]]) -> dict[Mutant, list[str]]:
        """Run all tests that will be used on the unchanged program. Unfit where one fails.

        At most half of the time left goes into it; returned are the tests that passed, for each mutant that has some.
        """
        by_file: dict[str, list[str]] = {}
        used = self.reached.failed.union(*tests.values())
        for test in sorted(used, key=self.reached.seconds.__getitem__):
            by_file.setdefault(test.partition("::")[0], []).append(test)
        jobs = [Job(file, self._run(of_file), self._limit(of_file)) for file, of_file in by_file.items()]
        clean: set[str] = set()
        until = time.monotonic() + (self.until - time.monotonic()) / 2
        for job, outcome in self.crew.done(sorted(jobs, key=lambda job: job.seconds), until):
            if outcome.code != 0:
                named = outcome.answer.get("failed") or job.subject
                why = outcome.printed if outcome.code is not None else "Its time ran out."
                raise Unfit(f"The program as it is fails {named}:\n{why}")
            clean.update(by_file[str(job.subject)])
        self.whole = self.whole and len(clean) == sum(map(len, by_file.values()))
        passed = {
            mutant: [test for test in of_mutant if test in clean] for mutant, of_mutant in tests.items()
        }
        return {mutant: of_mutant for mutant, of_mutant in passed.items() if of_mutant}

    def tried(self, tests: dict[Mutant, list[str]]) -> Iterator[tuple[Mutant, Outcome]]:
        """Try mutants in their order until the time is over; yield each with how its run ended."""
        for job, outcome in self.crew.done(self._jobs(tests), self.until):
            assert isinstance(job.subject, Mutant)
            yield job.subject, outcome

    def _jobs(self, tests: dict[Mutant, list[str]]) -> Iterator[Job]:
        for mutant, chosen in tests.items():
            text = mutant.text((self.scope.root / mutant.file).read_text(encoding="utf-8"))
            yield Job(mutant, self._run(chosen), self._limit(chosen), mutant.file, text)

    def _run(self, tests: list[str]) -> partial[int]:
        return partial(chosen_run, tests, self.source)

    def _limit(self, tests: list[str]) -> float:
        return BEGIN_SECONDS + 4 * sum(self.reached.seconds[test] for test in tests)


def checked(
    scope: Scope,
    files: dict[str, set[int] | None],
    *,
    sample: int | None,
    seed: int,
    minutes: float,
    processes: int,
) -> int:
    """Try the mutants of some files, on the lines given or on all, and print the table.

    ``sample`` is how many of each room are tried at most. Returns 1 where the check cannot say anything, where too
    many live, or where the list of equivalents is wrong.
    """
    begun = time.monotonic()
    reasons = listed(scope.root / EQUIVALENTS)
    if old := stale(scope.root, reasons):
        raise Unfit("\n".join([f"{EQUIVALENTS} names what is not there any more:", *map(" | ".join, old)]))
    candidates = sampled(scope, files, sample, seed)
    rooms = sorted({scope.room(mutant.file) for mutant in candidates})
    print(f"{len(candidates)} mutants in {', '.join(rooms) or 'no room'}; seed {seed}", flush=True)  # noqa: T201
    tallies = {room: Tally() for room in rooms}
    with Crew(scope.root, processes) as crew:
        check = Check(scope, crew, begun + minutes * 60 * (1 - RESERVE))
        unread = check.record(rooms)
        said(begun, f"{len(check.reached.seconds)} tests recorded")
        if unread:
            print(f"No time to record: {', '.join(unread)}")  # noqa: T201
        warmed(sorted(name for name in check.reached.warm if is_plain(name)))
        tests = chosen(check, candidates, reasons, tallies)
        for mutant in tests:
            tallies[scope.room(mutant.file)].waiting += 1
        passed = check.control(tests)
        said(begun, "the program as it is passes")
        waiting = set(passed)
        with suppress(KeyboardInterrupt):  # who stops it sees what was tried until then
            for mutant, outcome in check.tried(passed):
                waiting.discard(mutant)
                tallies[scope.room(mutant.file)].count(mutant, outcome)
    for mutant in takewhile(lambda mutant: mutant not in waiting, tests):
        if not tests[mutant]:  # counted only as far as the others were tried: else a short run looks worse
            tallies[scope.room(mutant.file)].lives(mutant, "no test reaches it")
    said(begun, "done")
    print(table(tallies))  # noqa: T201
    return judged(scope, tallies, whole=check.whole)


def sampled(scope: Scope, files: dict[str, set[int] | None], sample: int | None, seed: int) -> list[Mutant]:
    """Return the mutants on the lines given, in the order of the seed, of each room no more than ``sample``."""
    candidates = [
        mutant
        for file, lines in files.items()
        for mutant in all_of(scope.root, file)
        if lines is None or lines.intersection(range(mutant.first, mutant.last + 1))
    ]
    taken = Counter[str]()
    kept = []
    for mutant in sorted(candidates, key=lambda mutant: mutant.order(seed)):
        room = scope.room(mutant.file)
        taken[room] += 1
        if sample is None or taken[room] <= sample:
            kept.append(mutant)
    return kept


def chosen(
    check: Check,
    candidates: list[Mutant],
    reasons: dict[Name, str],
    tallies: dict[str, Tally],
) -> dict[Mutant, list[str]]:
    """Return the tests for each mutant that is to be tried, and count the others.

    None where no test reaches its line; where some tests could not be recorded, it is not tried.
    """
    tests: dict[Mutant, list[str]] = {}
    for mutant in candidates:
        tally = tallies[check.scope.room(mutant.file)]
        if mutant.name in reasons:
            tally.equivalent += 1
        elif (of_mutant := check.tests(mutant)) or check.whole:
            tests[mutant] = of_mutant
        else:
            tally.unread += 1
    return tests


def judged(scope: Scope, tallies: dict[str, Tally], *, whole: bool) -> int:
    """Say whether enough were killed, and return the exit code.

    Where time ran out, a part of fewer than ``ENOUGH`` is no ground to refuse a change, nor is any where there
    was no time for some tests: what lived may be killed by those.
    """
    tried = sum(tally.tried for tally in tallies.values())
    lived = sum(len(tally.survivors) for tally in tallies.values())
    equivalent = sum(tally.equivalent for tally in tallies.values())
    waiting = sum(tally.waiting for tally in tallies.values())
    if tried + equivalent >= ENOUGH and 100 * equivalent > scope.most_equivalent * (tried + equivalent):
        print(f"More than {scope.most_equivalent} % are on the list of equivalents.")  # noqa: T201
        return 1
    if not whole or (waiting and tried < ENOUGH):
        print("Too little was tried to judge the tests by it.")  # noqa: T201
        return 0
    if lived > scope.let_live and 100 * (tried - lived) < scope.least_killed * tried:
        print(f"Fewer than {scope.least_killed} % were noticed by a test.")  # noqa: T201
        return 1
    return 0


def is_plain(name: str) -> bool:
    """Return whether a module may be imported ahead: those that begin work of their own may not."""
    return name.partition(".")[0] not in {"__main__", "__mp_main__", "distributed", "playwright"}


def said(begun: float, what: str) -> None:
    """Print how far the check is."""
    print(f"{time.monotonic() - begun:5.0f} s  {what}", flush=True)  # noqa: T201
