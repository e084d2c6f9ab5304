"""A plan run forward before it is used: what would be dealt, week by week, in a good, a middling and a poor course."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Literal

import msgspec

from reloadpt import wording
from reloadpt.care.candidates import Candidate
from reloadpt.care.due import due_on, reckon
from reloadpt.care.following import keep_recent
from reloadpt.care.history import History
from reloadpt.care.in_words import short_name
from reloadpt.care.questions import after_session
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    AnyEvent,
    CheckedIn,
    ExerciseRated,
    Item,
    PlanStarted,
    SessionClosed,
    SessionOpened,
    SetDone,
    Soreness,
)
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan
from reloadpt.program.programme import Phase

MORNING = time(10)
LONGEST_DAYS = 42
"""A plan is run forward for so many days at most."""
Gap = Literal["empty", "easier", "stopped"]
KINDS: dict[str, Gap] = {"nothing": "empty", "easier": "easier", "stopped": "stopped"}
USUAL_START = 3
"""The pain that a plan without one is run forward with."""


class CourseOfPain(msgspec.Struct, frozen=True):
    """How it goes: pain before and during exercise and soreness, 0-10, by the pain at the start and the day."""

    name: str
    before: Callable[[int, int], int]
    during: Callable[[int, int], int]
    sore: Callable[[int], int]
    room: bool
    """Whether there is room for two or three more each time."""


COURSES = (
    CourseOfPain(
        "good",
        lambda start, day: max(1, start - day // 5),
        lambda start, day: max(1, start - day // 5),
        lambda day: max(0, 2 - day),
        room=True,
    ),
    CourseOfPain(
        "middling", lambda start, _: start, lambda start, _: start, lambda day: max(0, 3 - day), room=False
    ),
    CourseOfPain(
        "poor",
        lambda start, day: min(10, start + (2 if day % 3 == 2 else 0)),
        lambda start, day: min(10, start + (4 if day % 3 == 1 else 2)),
        lambda day: max(2, 6 - day),
        room=False,
    ),
)


class DayAhead(msgspec.Struct, frozen=True):
    """What one day of a course would hold, day 0 being the plan's first.

    ``phases`` is by muscle; ``empty`` are the muscles of which nothing can be dealt in their phase beside what goes
    on every day, ``easier`` those dealt an exercise of an earlier phase in its place, ``stopped``
    those that the rules stopped after red days. Sets are those of what is due, and of what
    did not fit into the sessions.
    """

    day: int
    phases: dict[str, Phase]
    items: tuple[Item, ...]
    empty: tuple[str, ...]
    easier: tuple[str, ...]
    stopped: tuple[str, ...]
    sets: int
    sets_left_out: int


def run_forward(plan: Plan, library: Library, course: CourseOfPain) -> Iterator[DayAhead]:
    """Each day of ``plan`` as it would be for somebody who does once a day what is dealt, and rates it by ``course``."""
    life = _Life(plan, library, course)
    days = min((plan.over_at - plan.made_at).days, LONGEST_DAYS)
    for day in range(max(days, 1)):
        yield life.live(day)


class CourseAhead(msgspec.Struct, frozen=True):
    """One course of a plan run forward, day by day."""

    name: str
    days: tuple[DayAhead, ...]

    @property
    def weeks(self) -> tuple[tuple[DayAhead, ...], ...]:
        """The days by week."""
        return tuple(self.days[first : first + 7] for first in range(0, len(self.days), 7))

    def gaps(self, kind: Gap) -> dict[tuple[str, Phase], int]:
        """Each muscle and phase with nothing dealt, something easier in its place, or stopped; and from which day on."""
        found: dict[tuple[str, Phase], int] = {}
        for day in self.days:
            for muscle in getattr(day, kind):
                found.setdefault((muscle, day.phases[muscle]), day.day)
        return found

    @property
    def sets(self) -> int:
        """The sets that are due in all sessions."""
        return sum(day.sets for day in self.days)

    @property
    def sets_left_out(self) -> int:
        """The sets that do not fit into the sessions."""
        return sum(day.sets_left_out for day in self.days)


def forecast(plan: Plan, library: Library) -> tuple[CourseAhead, ...]:
    """Run ``plan`` forward for each course."""
    return tuple(CourseAhead(course.name, tuple(run_forward(plan, library, course))) for course in COURSES)


def forecast_in_words(plan: Plan, library: Library, courses: Sequence[CourseAhead]) -> list[str]:
    """What would be dealt by week, where nothing would be, and what the cap leaves out, line by line."""
    if not plan.targets:
        return [wording.NO_EXERCISES_PLANNED()]
    names = {target.muscle: short_name(library.programme(target.muscle)) for target in plan.targets}
    lines = []
    for course in courses:
        lines.append(f"Run forward, {course.name} course:")
        told: list[tuple[list[int], str]] = []
        for number, week in enumerate(course.weeks, start=1):
            phases = "; ".join(
                f"{names[muscle]} in {', '.join(dict.fromkeys(day.phases[muscle] for day in week))}"
                for muscle in week[0].phases
            )
            dealt = dict.fromkeys(item.name for day in week for item in day.items)
            says = f"{phases}: {' · '.join(dealt) or 'nothing'}"
            if told and told[-1][1] == says:
                told[-1][0].append(number)
            else:
                told.append(([number], says))
        for numbers, says in told:
            weeks = f"week {numbers[0]}" if len(numbers) == 1 else f"weeks {numbers[0]} to {numbers[-1]}"
            lines.append(f"  {weeks}: {says}")
        for (muscle, phase), day in course.gaps("empty").items():
            lines.append(f"  NOTHING for {names[muscle]} in {phase}, from day {day} on.")
        for (muscle, phase), day in course.gaps("easier").items():
            lines.append(
                f"  {names[muscle]} has nothing of {phase} itself, from day {day} on; easier ones go on."
            )
        for (muscle, phase), day in course.gaps("stopped").items():
            lines.append(
                f"  {names[muscle]} is stopped in {phase}, on day {day}: breathing alone until you say that it may go on."
            )
        if course.sets_left_out:
            asked = course.sets + course.sets_left_out
            lines.append(
                f"  {course.sets} of {asked} prescribed sets fit into sessions of {plan.most_exercises}."
            )
    return lines


def forecast_as_json(courses: Sequence[CourseAhead]) -> list[dict[str, object]]:
    """The same for programs, by the ids of exercises."""
    return [
        {
            "course": course.name,
            "weeks": [
                {
                    "week": number,
                    "phases": {
                        muscle: [*dict.fromkeys(day.phases[muscle] for day in week)]
                        for muscle in week[0].phases
                    },
                    "exercises": [*dict.fromkeys(item.exercise for day in week for item in day.items)],
                }
                for number, week in enumerate(course.weeks, start=1)
            ],
            **{
                name: [
                    {"muscle": muscle, "phase": phase, "from_day": day}
                    for (muscle, phase), day in course.gaps(kind).items()
                ]
                for name, kind in KINDS.items()
            },
            "sets": course.sets,
            "sets_left_out": course.sets_left_out,
        }
        for course in courses
    ]


def _is_own(candidate: Candidate) -> bool:
    """Whether an exercise is its phase's own, not one that goes on from an earlier phase."""
    goes_on = candidate.daily_calm or candidate.kept_awake
    of_phase = candidate.exercise.phase == candidate.muscle.now.phase
    return not candidate.easier and (of_phase or not goes_on)


class _Life:
    """Somebody who lives by a plan, and the history that comes of it."""

    def __init__(self, plan: Plan, library: Library, course: CourseOfPain) -> None:
        self._plan, self._library, self._course = plan, library, course
        self._history, self._entries = History(), 0
        self._start = USUAL_START if plan.start_pain is None else plan.start_pain
        self._write(plan.made_at, PlanStarted(plan=plan.as_json()))

    def live(self, day: int) -> DayAhead:
        """Live one day and say what it held."""
        plan, library = self._plan, self._library
        date = plan.made_at.date() + timedelta(days=day)
        at = max(datetime.combine(date, MORNING, plan.made_at.tzinfo), plan.made_at + timedelta(minutes=5))
        sore = tuple(
            Soreness(muscle=target.muscle, side=target.side, score=self._course.sore(day))
            for target in plan.targets
        )
        self._write(at, CheckedIn(when="morning", pain=self._course.before(self._start, day), soreness=sore))
        reckoned = reckon(plan, library, self._history, at)
        due = due_on(plan, library, self._history, at, reckoned.states)
        items = reckoned.dealt.now
        own = {candidate.muscle.target.muscle for candidate in reckoned.dealt.could_be if _is_own(candidate)}
        easier = {candidate.muscle.target.muscle for candidate in reckoned.dealt.could_be if candidate.easier}
        goes_on = dict.fromkeys(muscle.target.muscle for muscle in reckoned.muscles if muscle.mode == "phase")
        stopped = [muscle.target.muscle for muscle in reckoned.muscles if muscle.mode == "stopped"]
        phases = {muscle.target.muscle: muscle.now.phase for muscle in reckoned.muscles}
        if items:
            self._exercise(day, at, items)
        keep_recent(self._history)
        return DayAhead(
            day=day,
            phases=phases,
            items=items,
            empty=tuple(muscle for muscle in goes_on if muscle not in own | easier),
            easier=tuple(muscle for muscle in goes_on if muscle in easier - own),
            stopped=tuple(dict.fromkeys(stopped)),
            sets=sum(item.sets * len(item.sides) * item.times for item in due.items),
            sets_left_out=due.left_out,
        )

    def _exercise(self, day: int, at: datetime, items: tuple[Item, ...]) -> None:
        session = self._history.next_session(at.date())
        self._write(at, SessionOpened(session=session, items=items))
        at += timedelta(minutes=20)
        for item in items:
            for side in item.sides:
                for number in range(1, item.sets + 1):
                    done = SetDone(
                        session=session, exercise=item.exercise, side=side, set=number, reps=item.reps
                    )
                    self._write(at, done)
        during, room = self._course.during(self._start, day), self._course.room
        asked = after_session(items)
        for rated in asked.exercises:
            rating = ExerciseRated(
                session=session,
                exercise=rated.exercise,
                pain=during,
                effort=(3 if room else 7) if rated.effort else None,
                two_more=room if rated.two_more else None,
                three_more=room if rated.three_more else None,
            )
            self._write(at, rating)
        closed = SessionClosed(session=session, how="finished", worst=during if asked.worst else None)
        self._write(at, closed)

    def _write(self, at: datetime, event: AnyEvent) -> None:
        kind = str(event.__struct_config__.tag)
        entry = Entry(n=self._entries, prev="", at=at, kind=kind, event=event, why=None, h="", line=b"")
        self._entries += 1
        self._history.fold([entry])
