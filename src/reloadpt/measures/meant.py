"""What the programmes mean for days of which a log says nothing: how often, and what by time alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from reloadpt.care.history import History
from reloadpt.care.today import dealt_in, today_at
from reloadpt.files import Trouble
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Item, Phase, PlanStarted
from reloadpt.measures.expected import DAILY, ExpectedFrequency
from reloadpt.program.library import Library
from reloadpt.program.plan import Plan


class Programmes:
    """The programmes of a library, asked for their frequencies and for what they deal untouched."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, ExpectedFrequency] = {}
        self._asked: Plan | None = None
        self._dealt: dict[tuple[tuple[tuple[str, Phase], ...], frozenset[str]], tuple[Item, ...]] = {}

    def often(self, plan: Plan | None, exercise: str) -> ExpectedFrequency:
        """How often an exercise is meant: by the plan's dose, the plan's own exercise, or the programme.

        One that none of them knows is taken as daily.
        """
        changes = [change.often for change in plan.doses if change.exercise == exercise] if plan else []
        own = [own.dose.often for own in plan.exercises if own.id == exercise] if plan else []
        for often in (*changes, *own):
            if often:
                return ExpectedFrequency(often.times, often.per)
        if exercise not in self._known:
            try:
                often = self._library.exercise(exercise).dose.often
                self._known[exercise] = ExpectedFrequency(often.times, often.per)
            except Trouble:
                self._known[exercise] = DAILY
        return self._known[exercise]

    def deal(self, plan: Plan, at: datetime) -> tuple[Item, ...]:
        """What a plan deals at ``at`` when nothing was ever done; nothing where a muscle has no programme."""
        try:
            items = today_at(plan, self._library, _untouched(plan, at), at).items
        except Trouble:
            return ()
        return tuple(item for item in items if not item.optional)

    def phase(self, plan: Plan | None, exercise: str) -> Phase | None:
        """The first phase in which the plan, its own exercise or the programme deals an exercise, if any does."""
        if plan is None:
            return None
        change = next((each for each in plan.doses if each.exercise == exercise), None)
        if change and change.from_phase:
            return change.from_phase
        own = next((each.phase for each in plan.exercises if each.id == exercise), None)
        try:
            return own or self._library.exercise(exercise).phase
        except Trouble:
            return None

    def deal_in(
        self,
        plan: Plan | None,
        phases: Mapping[str, Phase],
        again: Collection[str],
        at: datetime,
    ) -> tuple[Item, ...]:
        """All that a plan deals of these muscles while each is in this phase, however many that are.

        Those that were needled ``again`` begin with one cut, as the rules of care have it. Nothing where a
        muscle has no programme.
        """
        if plan is None:
            return ()
        if self._asked is not plan:
            self._asked, self._dealt = plan, {}
        key = tuple(sorted(phases.items())), frozenset(again)
        if key not in self._dealt:
            try:
                self._dealt[key] = dealt_in(plan, self._library, phases, again, at)
            except Trouble:
                self._dealt[key] = ()
        return self._dealt[key]


def _untouched(plan: Plan, at: datetime) -> History:
    """A history in which a plan began and nothing else happened."""
    history = History()
    event = PlanStarted(plan=plan.as_json())
    history.fold([Entry(n=0, prev="", at=at, kind="plan_started", event=event, why=None, h="", line=b"")])
    return history
