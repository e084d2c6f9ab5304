"""What stands in for days never opened, where what was done on some of them was told later.

A set that was filled in says what was due, as a session that was opened does: its exercise belongs to a phase of
its muscle, and from then on the exercises of that phase are expected, not those that were last dealt. But telling
must never count against the one who tells. So of each muscle a day asks for no more sets than it would have without
being told of anything, and besides only for the sets that were told of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo

from reloadpt.care.history import PlanPeriod, Session
from reloadpt.journal.events import Item, Phase
from reloadpt.measures.course import Course
from reloadpt.measures.expected import Asked, Expected, Meant, monday, muscle_of, muscles_of, noon
from reloadpt.program.programme import PHASES

Sessions = list[tuple[Asked, ...]]
DAY = timedelta(days=1)


class FilledIn(Expected):
    """``Expected``, of a log in which sets were filled in later.

    ``told`` is how many sets of each exercise, by the day that they are of. What is asked without being told of
    anything is reckoned beside.
    """

    def __init__(self, course: Course, meant: Meant, told: Mapping[date, Counter[str]]) -> None:
        super().__init__(course, meant)
        self._untold = Expected(course, meant)
        self._told = told
        self._told_in: dict[tuple[str, date], list[date]] = {}
        for day, exercises in told.items():
            for exercise in exercises:
                self._told_in.setdefault((exercise, monday(day)), []).append(day)
        self._to_learn = sorted(told, reverse=True)
        self._to_needle = sorted(_needled_again(course), reverse=True)
        self._again: set[str] = set()
        self._phases: dict[str, Phase] = {}
        self._beside: set[str] = set()
        self._zone: tzinfo | None = None
        self._last_done: dict[str, date] = {}
        self._weeks_done: Counter[tuple[str, date]] = Counter()

    def dealt(self, session: Session, day: date) -> tuple[Item, ...]:
        """The items of an opened session; of the muscles that it deals it says more than what was told."""
        self._learn_until(day - DAY)
        super().dealt(session, day)
        counted = self._untold.dealt(session, day)
        muscles = {item.muscle for item in session.items}
        self._phases = {muscle: phase for muscle, phase in self._phases.items() if muscle not in muscles}
        others = {exercise: item for exercise, item in self._pool.items() if item.muscle not in muscles}
        self._pool = others | {
            exercise: item for exercise, item in self._untold.pool.items() if item.muscle in muscles
        }
        for item in counted:
            self._count_done(item.exercise, day)
        return counted

    def left(self, began: PlanPeriod, day: date) -> Sessions:
        """The items of each session that was due on ``day`` and not opened: no more than without being told."""
        asked = self._untold.left(began, day)
        self._learn_until(day)
        self._come_to(day)
        self._deal_untouched(began, day)
        told = self._told.get(day, Counter[str]())
        room = _Room(told, asked)
        due = [exercise for exercise in self._pool if self._is_due_now(exercise, day, told)]
        times = max((self._a_day(exercise) for exercise in due), default=0)
        found: Sessions = []
        for _ in range(min(times - self._dealt_today, max(1, len(asked)))):
            waiting = [exercise for exercise in due if self._rounds[exercise] < self._a_day(exercise)]
            waiting.sort(
                key=lambda each: (self._rounds[each], each not in told, self._last.get(each, date.min))
            )
            session: list[Asked] = []
            for exercise in waiting:
                sets = room.take(self._pool[exercise]) if len(session) < self._most() else 0
                if sets:
                    session.append((self._pool[exercise], sets))
                    self._count(exercise, day)
                    if exercise in told:
                        self._count_done(exercise, day)
            if session:
                found.append(tuple(session))
        return found

    def _learn_until(self, last: date) -> None:
        while self._to_needle and self._to_needle[-1][0] <= last:
            day, muscle = self._to_needle.pop()
            self._again.add(muscle)
            self._come_to(day)
            if self._reached(muscle) >= 0:
                self._phases[muscle] = PHASES[self._reached(muscle)]
            self._bring(day)
        while self._to_learn and self._to_learn[-1] <= last:
            day = self._to_learn.pop()
            self._come_to(day)
            self._learn(self._told[day], day)

    def _learn(self, exercises: Iterable[str], day: date) -> None:
        """Learn from the exercises that were told of in which phase their muscles were.

        One that is expected anyway says nothing new, and so does one of an earlier phase: on an easy day gentler
        ones are dealt too.
        """
        muscles = muscles_of(self._plan)
        new = [each for each in exercises if each not in self._pool and muscle_of(each) in muscles]
        for exercise in new:
            phase = self._meant.phase(self._plan, exercise)
            if phase and PHASES.index(phase) > self._reached(muscle_of(exercise)):
                self._phases[muscle_of(exercise)] = phase
        if new:
            self._beside.update(new)
            self._bring(day)

    def _is_due_now(self, exercise: str, day: date, told: Counter[str]) -> bool:
        """Whether an exercise is due.

        One that was told of is due also where only what was missed says that it is not. What is told of later in
        a week was not missed earlier in it.
        """
        week = monday(day)
        if exercise in told:
            return self._due(exercise, day) or self._is_due(
                exercise, day, self._last_done.get(exercise), self._weeks_done[exercise, week]
            )
        later = sum(each > day for each in self._told_in.get((exercise, week), ()))
        return self._is_due(exercise, day, self._last.get(exercise), self._weeks[exercise, week] + later)

    def _count_done(self, exercise: str, day: date) -> None:
        self._last_done[exercise] = day
        self._weeks_done[exercise, monday(day)] += 1

    def _begin(self, began: PlanPeriod) -> None:
        super()._begin(began)
        self._zone = began.at.tzinfo
        muscles = muscles_of(self._plan)
        self._phases = {muscle: phase for muscle, phase in self._phases.items() if muscle in muscles}
        self._bring(began.at.date())

    def _deal_untouched(self, began: PlanPeriod, day: date) -> None:
        super()._deal_untouched(began, day)
        if self._never:
            self._phases = {
                muscle: phase
                for muscle, phase in self._phases.items()
                if PHASES.index(phase) > self._dealt_up_to(muscle)
            }
            self._bring(day)

    def _reached(self, muscle: str) -> int:
        """The phase that a muscle is known to have reached; -1 where none is."""
        told = self._phases.get(muscle)
        return max(self._dealt_up_to(muscle), PHASES.index(told) if told else -1)

    def _dealt_up_to(self, muscle: str) -> int:
        return max(
            (PHASES.index(item.phase) for item in self._pool.values() if item.muscle == muscle), default=-1
        )

    def _bring(self, day: date) -> None:
        """Expect what the phases deal that were told of, and of others what was told and belongs to them."""
        if not self._phases and not self._beside:
            return
        reached = {muscle: self._reached(muscle) for muscle in muscles_of(self._plan)}
        phases = {muscle: PHASES[phase] for muscle, phase in reached.items() if phase >= 0}
        dealt = self._meant.deal_in(self._plan, phases, self._again, noon(day, self._zone))
        anew = {item.muscle for item in dealt} & self._phases.keys()
        kept = {name: item for name, item in self._pool.items() if item.muscle not in anew}
        brought = (item for item in dealt if item.muscle in anew or item.exercise in self._beside)
        self._pool = {item.exercise: item for item in brought} | kept


def _needled_again(course: Course) -> set[tuple[date, str]]:
    """The muscles that were needled more than once, each with the day of the second time."""
    times: dict[str, set[date]] = {}
    for needling in course.needlings:
        times.setdefault(needling.muscle, set()).add(needling.needled_at.date())
    return {(sorted(days)[1], muscle) for muscle, days in times.items() if len(days) > 1}


class _Room:
    """How many sets a day may ask for: of each muscle what it asked anyway, of an exercise what was told of it."""

    def __init__(self, told: Counter[str], asked: Sequence[tuple[Asked, ...]]) -> None:
        self._told = Counter(told)
        self._asked: Counter[str] = Counter()
        for item, sets in (each for session in asked for each in session):
            self._asked[item.muscle] += sets * len(item.sides)

    def take(self, item: Item) -> int:
        """How many sets of an item there is room for."""
        sides = len(item.sides)
        sets = min(item.sets, (self._told[item.exercise] + self._asked[item.muscle]) // sides)
        of_told = min(sets * sides, self._told[item.exercise])
        self._told[item.exercise] -= of_told
        self._asked[item.muscle] -= sets * sides - of_told
        return sets
