"""What can be told later, as it is offered: entries to correct, days and exercises to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reloadpt.care.backfill import BackfilledSets, as_dealt, first_day
from reloadpt.care.correcting import correctable_entries, event_in_words
from reloadpt.care.history import CorrectableEntry, History
from reloadpt.files import clean
from reloadpt.journal.events import CheckedIn, DueItem, Item, Side
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan

MOST_ENTRIES = 60
DAYS_OFFERED = 8
PAIN_KEY = "pain"


@dataclass(frozen=True)
class OpenExercise:
    """One exercise of a day's plan that is not done: how many sets on each of its sides."""

    item: Item | DueItem
    sides: Mapping[Side, int]

    @property
    def most(self) -> int:
        """The most sets that are open on a side."""
        return max(self.sides.values())

    @property
    def sets(self) -> int:
        """All sets that are open."""
        return sum(self.sides.values())

    def done(self, most: int) -> list[BackfilledSets]:
        """So many sets of it on each side, at the dose that was dealt."""
        return [as_dealt(self.item, side, min(most, count)) for side, count in self.sides.items()]


def latest_entries(history: History) -> list[CorrectableEntry]:
    """The entries that can be corrected, newest first: of the last weeks, as many as can be looked through."""
    entries = [entry for session in history.sessions.values() for entry in session.entries]
    return correctable_entries([*entries, *history.checkins, *history.notes])[:MOST_ENTRIES]


def entry_in_words(history: History, entry: CorrectableEntry) -> str:
    """An entry on one line: when it was written, what it says, and whether it was corrected."""
    _, session = history.find(entry.n)
    exercise = getattr(entry.first, "exercise", "")
    dealt = [item for past in history.sessions.values() if (item := past.item(exercise))]
    item = (session.item(exercise) if session else None) or (dealt[-1] if dealt else None)
    kind = "check-in: " if isinstance(entry.first, CheckedIn) else ""
    says = kind + event_in_words(entry.event or entry.first, item.name if item else "")
    state = "" if entry.event == entry.first else "   (corrected)" if entry.event else "   (taken back)"
    when = f"{entry.at:%a} {entry.at.day} {entry.at:%b %H:%M}"
    later = f" for {entry.day:%a} {entry.day.day} {entry.day:%b}" if entry.day != entry.at.date() else ""
    return f"{when}{later}  {clean(says)}{state}"


def days_to_tell(history: History, at: datetime) -> list[date]:
    """Today and the days before it of which something can be told, newest first."""
    first = first_day(history, at)
    days = (at.date() - timedelta(days=k) for k in range(DAYS_OFFERED))
    return [day for day in days if day >= first]


def planned_open(left: Sequence[tuple[Item | DueItem, Side, int]]) -> list[OpenExercise]:
    """What of a day's plan is open, by exercise."""
    found: dict[str, tuple[Item | DueItem, dict[Side, int]]] = {}
    for item, side, sets in left:
        found.setdefault(item.exercise, (item, {}))[1][side] = sets
    return [OpenExercise(item, sides) for item, sides in found.values()]


def plan_exercises(plan: Plan, library: Library) -> list[tuple[str, str]]:
    """The exercises of a plan's muscles, by id and name."""
    muscles = dict.fromkeys(target.muscle for target in plan.targets)
    omitted = {change.exercise for change in plan.doses if change.omit}
    own = {exercise.id: exercise.name for exercise in plan.exercises}
    programmes = [library.programme(muscle) for muscle in muscles]
    shipped = {exercise.id: exercise.name for programme in programmes for exercise in programme.exercises}
    return [(exercise, name) for exercise, name in (shipped | own).items() if exercise not in omitted]
