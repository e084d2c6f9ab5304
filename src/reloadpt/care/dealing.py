"""What is dealt: of all that is due, what today holds, in which order, at which dose, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import ceil

import msgspec
from msgspec.structs import replace

from reloadpt import wording
from reloadpt.care.candidates import Candidate, CurrentTarget, Dealing, candidates
from reloadpt.care.doses import DealtDose, Step, cut_dose, halved_dose, prescribed_dose, stepped_dose, work
from reloadpt.care.in_words import listed, short_dose, short_name
from reloadpt.care.phases import BACK_AFTER, FEWER_AFTER, SORE_ABOVE
from reloadpt.care.progression import cuts_of
from reloadpt.care.reasons import DoseChange, Grounds, deciding_reason
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import Item, Side
from reloadpt.program.fitting import cautions
from reloadpt.program.programme import PHASES, Exercise, sides_agree

MORNING = time(8)
"""When a day's first exercise is told to be due."""
SORENESS_LASTS = timedelta(days=PROPOSED.soreness_halves_days)
"""For so long a rating of soreness halves a dose."""
POSITION_ORDER = (
    "supine", "side-lying", "prone", "quadruped", "plank", "kneeling", "half-kneeling", "sitting", "standing"
)  # fmt: skip


class Movement(msgspec.Struct, frozen=True):
    """One movement as its day asks for it, of all muscles that it counts for, and how many ``rounds`` the day holds."""

    group: tuple[Candidate, ...]
    rounds: int = 0

    @property
    def times(self) -> int:
        """How many rounds are asked for."""
        return max(candidate.times for candidate in self.group)

    @property
    def done(self) -> int:
        """How many rounds are done, for every exercise that is asked for."""
        return min(candidate.done for candidate in self.group if candidate.times)

    @property
    def optional(self) -> bool:
        """Whether it is only offered."""
        return all(candidate.exercise.optional for candidate in self.group)

    @property
    def since(self) -> date:
        """Since when it stands open."""
        return min(candidate.since for candidate in self.group if candidate.times)

    def is_open(self, at: datetime) -> bool:
        """Whether a round is left that can be dealt at ``at``."""
        return self.done < self.rounds and all(
            not candidate.ready or candidate.ready <= at for candidate in self.group
        )


class DayDealt(msgspec.Struct, frozen=True):
    """What is dealt now, all that the day asks for with what of it fits, and what could be dealt at all."""

    now: tuple[Item, ...]
    asked: tuple[Movement, ...]
    could_be: tuple[Candidate, ...]


def deal(dealing: Dealing, muscles: Sequence[CurrentTarget]) -> DayDealt:
    """What the day of ``dealing.at`` asks for, and the items of it that are due now, in the order they are done."""
    could_be = candidates(dealing, muscles)
    groups: dict[str, list[Candidate]] = {}
    for candidate in could_be:
        groups.setdefault(candidate.exercise.movement, []).append(candidate)
    open_today = [
        Movement(tuple(group)) for group in groups.values() if any(candidate.times for candidate in group)
    ]
    asked = _that_fit(open_today, dealing.plan.most_exercises)
    open_now = [movement for movement in asked if movement.is_open(dealing.at)]
    chosen = _choose(open_now, [movement.done for movement in open_now], dealing.plan.most_exercises)
    items = [item_of(dealing, open_now[index]) for index in chosen]
    now = tuple(sorted(items, key=lambda item: POSITION_ORDER.index(item.position)))
    return DayDealt(now, asked, tuple(could_be))


def next_due(dealt: DayDealt, at: datetime) -> datetime | None:
    """When the next exercise is due that is not due now."""
    rounds = {
        candidate.exercise.id: movement.rounds for movement in dealt.asked for candidate in movement.group
    }
    moments = []
    for candidate in dealt.could_be:
        if candidate.done < rounds.get(candidate.exercise.id, 0):
            moments.append(candidate.ready)
        elif day := candidate.next_day(at.date()):
            moments.append(datetime.combine(day, MORNING, at.tzinfo))
    return min((moment for moment in moments if moment and moment > at), default=None)


def _that_fit(asked: Sequence[Movement], most: int) -> tuple[Movement, ...]:
    """How many rounds of each the sessions of a day hold: as many sessions as its most frequent exercise has rounds.

    They are dealt in the order of ``_choose``; what does not fit is not due that day.
    """
    rounds = [0 for _ in asked]
    required = [movement for movement in asked if not movement.optional] or asked
    for _ in range(max((movement.times for movement in required), default=0)):
        waiting = [index for index, movement in enumerate(asked) if rounds[index] < movement.times]
        for place in _choose([asked[index] for index in waiting], [rounds[index] for index in waiting], most):
            rounds[waiting[place]] += 1
    return tuple(replace(movement, rounds=count) for movement, count in zip(asked, rounds, strict=True))


def _choose(movements: Sequence[Movement], rounds: Sequence[int], most: int) -> list[int]:
    """The places of at most ``most``, of which so many ``rounds`` were dealt.

    One for each muscle, newest needling first; then what was dealt least that day and done longest ago.
    """

    def longest_ago(place: int) -> tuple[bool, int, date]:
        movement = movements[place]
        return (
            movement.optional,
            rounds[place],
            min(candidate.last or date.min for candidate in movement.group),
        )

    def newest(place: int) -> datetime:
        return max(candidate.muscle.now.needled_at for candidate in movements[place].group)

    waiting = sorted(range(len(movements)), key=longest_ago)
    chosen: list[int] = []
    served: set[str] = set()
    for place in sorted(waiting, key=newest, reverse=True):
        muscles = {candidate.muscle.target.muscle for candidate in movements[place].group}
        if not muscles <= served:
            chosen.append(place)
            served |= muscles
    return [*chosen, *(place for place in waiting if place not in chosen)][:most]


def item_of(dealing: Dealing, movement: Movement) -> Item:
    """The item of a movement: the lowest dose and phase in it, every other exercise credited.

    Where one side of the movement is not the same side for every muscle, both sides are dealt.
    """
    group = movement.group
    dosed = [(candidate, *_dosed(dealing, candidate)) for candidate in group]
    lowest, item, _ = min(dosed, key=lambda dealt: dealt[2].size)
    said = cautions(dealing.person, lowest.exercise)
    item = _of_all(dealing, group, dosed, lowest, item)
    return replace(item, why=" ".join([item.why, *said])) if said else item


def _of_all(
    dealing: Dealing,
    group: Sequence[Candidate],
    dosed: Sequence[tuple[Candidate, Item, DealtDose]],
    lowest: Candidate,
    item: Item,
) -> Item:
    """The item with what it counts for beside its own muscle, and the sides that all of them want."""
    if len(group) == 1:
        return item
    sides = {of_muscle.side for _, of_muscle, _ in dosed}
    muscles = [candidate.muscle.target.muscle for candidate in group]
    names = dict.fromkeys(short_name(dealing.library.programme(muscle)) for muscle in muscles)
    ids = (candidate.exercise.id for candidate in group)
    others = dict.fromkeys(exercise for exercise in ids if exercise != lowest.exercise.id)
    one_side = len(sides) == 1 and sides_agree(candidate.exercise for candidate in group)
    sided = replace(item, side=sides.pop() if one_side else "both")
    why = item.why.replace(short_dose(item), short_dose(sided))
    return replace(
        sided,
        phase=min((candidate.muscle.now.phase for candidate in group), key=PHASES.index),
        credits=tuple(others),
        why=wording.COUNTS_FOR(why=why.removesuffix("."), muscles=listed([*names]))
        if len(names) > 1
        else why,
    )


def _dosed(dealing: Dealing, candidate: Candidate) -> tuple[Item, DealtDose]:
    exercise, muscle = candidate.exercise, candidate.muscle
    change = dealing.change(exercise.id)
    side: Side = muscle.target.side if exercise.dose.per_side else "both"
    dose, step, fewer, half = _todays(dealing, candidate)
    longest = dealing.person.longest_hold_s
    if longest and dose.hold_s and dose.hold_s > longest:
        dose = replace(dose, hold_s=longest)
    dealt_on, before = dealing.dealt_last.get(exercise.id, (date.max, None))
    item = Item(
        exercise=exercise.id,
        name=exercise.name,
        muscle=muscle.target.muscle,
        side=side,
        phase=muscle.now.phase,
        intent=muscle.intent,
        sets=dose.sets,
        reps=dose.reps,
        hold_s=dose.hold_s,
        tempo=dose.tempo,
        rest_s=change.rest_s if change and change.rest_s is not None else exercise.dose.rest_s,
        rep_rest_s=exercise.dose.rep_rest_s,
        per_side=exercise.dose.per_side,
        position=exercise.position,
        type=exercise.type,
        load_kg=dose.load_kg,
        resistance=dose.resistance,
        optional=exercise.optional,
    )
    rule, told = deciding_reason(
        Grounds(
            day=dealing.at.date(),
            muscle=short_name(dealing.library.programme(muscle.target.muscle)),
            dose=short_dose(item),
            now=muscle.now,
            state=muscle.state,
            mode=muscle.mode,
            guided=dealing.plan.progression == "guided",
            pain=dealing.pain,
            limit=muscle.limit,
            gap=muscle.gap,
            plan_ended=dealing.plan_ended,
            exercise=exercise.id,
            change=_change(before, item),
            dealt_on=dealt_on,
            step=step,
            halved=half,
            cut=fewer,
            daily_calm=candidate.daily_calm,
            easier=candidate.easier,
            harder_than=candidate.harder_than,
            kept_awake=candidate.kept_awake,
            by_plan=change is not None
            and dose
            == _prescribed(dealing, exercise)
            != prescribed_dose(exercise, None, dealing.plan.weights_kg),
        )
    )
    why = wording.addressed(told, alone=dealing.plan.self_made)
    return replace(item, rule=rule, why=why), dose


def _change(before: Item | None, item: Item) -> DoseChange:
    """How a dose stands to the one that the exercise was dealt with the last time."""
    if before is None:
        return "new"
    if (before.load_kg, before.resistance) != (item.load_kg, item.resistance):
        return "weight"
    if (before.sets, before.reps, before.hold_s, before.tempo) == (
        item.sets,
        item.reps,
        item.hold_s,
        item.tempo,
    ):
        return "same"
    return "up" if work(item) > work(before) else "down"


def _prescribed(dealing: Dealing, exercise: Exercise) -> DealtDose:
    return prescribed_dose(exercise, dealing.change(exercise.id), dealing.plan.weights_kg)


def _todays(dealing: Dealing, candidate: Candidate) -> tuple[DealtDose, Step | None, bool, bool]:
    """Today's dose, its last step, and whether it was cut and halved."""
    exercise, muscle, state = candidate.exercise, candidate.muscle, candidate.muscle.state
    dose = _prescribed(dealing, exercise)
    if dealing.plan.progression == "fixed" or muscle.mode in ("stopped", "away", "late"):
        return dose, None, False, False
    step: Step | None = None
    fewer = False
    if muscle.now.phase != "reset":
        if muscle.mode == "phase" and not candidate.daily_calm:
            steps = state.steps.get(exercise.id, 0)
            dose, step = stepped_dose(dose, steps, exercise, dealing.plan.weights_kg)
        usual = ceil(7 / candidate.often.times) if candidate.often.per == "week" else 0
        gap_cut = muscle.gap is not None and max(FEWER_AFTER, usual + 1) <= muscle.gap < BACK_AFTER
        whole = dose
        cuts = 0 if exercise.type == "breathe" else cuts_of(state, exercise.id) + gap_cut
        for _ in range(cuts):
            dose = cut_dose(dose)
        fewer = dose != whole
    rated = state.sore_on is not None and dealing.at.date() - state.sore_on <= SORENESS_LASTS
    sore = rated and state.sore is not None and state.sore > SORE_ABOVE
    half = halved_dose(dose) if sore else dose
    return half, step, fewer, half != dose
