"""Which exercises each muscle could be dealt, and from when: by phase, intent, home, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from math import ceil

import msgspec

from reloadpt import wording
from reloadpt.care.days import Round
from reloadpt.care.doses import prescribed_dose, stepped_dose, waits_for_weight
from reloadpt.care.muscle_state import MuscleState
from reloadpt.care.phases import CurrentPhase
from reloadpt.care.reasons import Mode
from reloadpt.care.thresholds import PROPOSED
from reloadpt.journal.events import Item
from reloadpt.program.fitting import Circumstances, is_served, suiting, what_bars
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseOverride, Plan, Target
from reloadpt.program.programme import PHASES, Exercise, Frequency, Intent, Phase

APART = timedelta(hours=PROPOSED.apart_hours)
"""Between two times on one day."""
WEEK = timedelta(days=7)
FURTHEST = 15
"""Whatever is due again at all is due within two weeks."""


WAKING = ("isometric", "activation", "strength")
KEPT_OFTEN = Frequency(times=PROPOSED.kept_awake_a_week, per="week")
"""How often a muscle to wake does one of its earlier exercises in perform."""


class CurrentTarget(msgspec.Struct, frozen=True):
    """One target as it is now; ``needled_on`` is the patient's own day, ``gap`` the days since it was last done."""

    target: Target
    state: MuscleState
    now: CurrentPhase
    needled_on: date
    intent: Intent
    mode: Mode
    limit: int
    gap: int | None


class Dealing(msgspec.Struct):
    """What dealing goes by at one moment; ``notes`` collects what is left out, and why."""

    plan: Plan
    library: Library
    at: datetime
    pain: int | None
    plan_ended: date
    rounds: Mapping[str, Sequence[Round]]
    hurt: frozenset[str]
    hurt_today: frozenset[str]
    lacked: frozenset[str]
    dealt_last: Mapping[str, tuple[date, Item]]
    """By exercise, credits counted, the item that it was dealt with last, and on which day."""
    person: Circumstances
    notes: list[str] = msgspec.field(default_factory=list)
    shut: frozenset[str] = frozenset()
    """The movements that wait for a therapist's word."""

    def exercises(self, muscle: str) -> list[Exercise]:
        """The exercises of a muscle: the programme's, with the plan's own laid over them."""
        own = {exercise.id: exercise for exercise in self.plan.exercises if exercise.muscle == muscle}
        shipped = {exercise.id: exercise for exercise in self.library.programme(muscle).exercises}
        return [*(shipped | own).values()]

    def lacking(self, exercise: Exercise) -> str | None:
        """What an exercise needs and is not there yet: told to be missing in these days, or its first weight."""
        if exercise.id in self.lacked:
            return wording.LEFT_OUT_LACKED(name=exercise.name)
        return wording.FIRST_WEIGHT(name=exercise.name) if waits_for_weight(self.plan, exercise) else None

    def bars(self, exercise: Exercise) -> str | None:
        """Why this person cannot or must not do an exercise now, as a sentence; None where nothing bars it."""
        programme = self.library.programme(exercise.muscle)
        return what_bars(self.person, exercise, programme) or self.lacking(exercise)

    def change(self, exercise: str) -> DoseOverride | None:
        """What the plan changes for an exercise."""
        return next((change for change in self.plan.doses if change.exercise == exercise), None)


class Candidate(msgspec.Struct, frozen=True):
    """An exercise that its muscle could be dealt.

    Its day asks for ``times`` rounds, ``done`` of which are done, the next not before ``ready``; ``since`` is the
    first day on which this occasion stood open. ``last`` is the last day before this one on which it was done.
    """

    exercise: Exercise
    muscle: CurrentTarget
    often: Frequency
    days: tuple[date, ...]
    last: date | None
    times: int
    since: date
    done: int
    ready: datetime | None
    daily_calm: bool = False
    easier: str = ""
    """The rule by which it stands in for what its phase would deal; empty where it does not."""
    harder_than: str = ""
    """The name of the easier exercise whose place it has earned; empty where it is dealt by itself."""
    kept_awake: bool = False
    """Whether it goes on beyond its phase, so that the muscle stays awake."""

    def next_day(self, today: date) -> date | None:
        """The first day after ``today`` that asks for it, if it is done no more before then; None where none does."""
        days = (today + timedelta(days=ahead) for ahead in range(1, FURTHEST))
        return next((day for day in days if occasion(self.often, self.days, self.muscle, day)[0]), None)


def candidates(dealing: Dealing, muscles: Sequence[CurrentTarget]) -> list[Candidate]:
    """Everything that could be dealt now or later in the phases as they are."""
    of_plan = dict.fromkeys(target.muscle for target in dealing.plan.targets)
    dealing.shut = shut_movements(
        dealing.plan, (exercise for muscle in of_plan for exercise in dealing.exercises(muscle))
    )
    barred = {
        exercise.movement
        for muscle in muscles
        for exercise in dealing.exercises(muscle.target.muscle)
        if (muscle.mode == "stopped" and exercise.type != "breathe")
        or exercise.id in dealing.hurt | dealing.hurt_today
    }
    found = []
    for muscle in muscles:
        behind = min(
            (other for other in muscles if other.target.muscle == muscle.target.muscle), key=_how_far
        )
        for candidate in _of_muscle(dealing, muscle):
            exercise = candidate.exercise
            if exercise.movement in barred and exercise.type != "breathe":
                if exercise.id in dealing.hurt:
                    dealing.notes.append(wording.LEFT_OUT_PAIN(name=exercise.name))
                elif exercise.id in dealing.hurt_today:
                    dealing.notes.append(wording.LEFT_OUT_TODAY(name=exercise.name))
            elif exercise.dose.per_side or _how_far(muscle) == _how_far(behind):
                found.append(candidate)
    return found


def _how_far(muscle: CurrentTarget) -> tuple[bool, int]:
    return muscle.mode == "phase", PHASES.index(muscle.now.phase)


def _of_muscle(dealing: Dealing, muscle: CurrentTarget) -> Iterator[Candidate]:
    """What one muscle could be dealt: by its mode, its phase, and what is possible at home."""
    meant = [
        possible for possible in dealing.exercises(muscle.target.muscle) if _meant(dealing, muscle, possible)
    ]
    if muscle.mode == "easy":
        yield from (
            _candidate(dealing, muscle, candidate_exercise)
            for candidate_exercise in _possible(dealing, meant, "reset")
        )
        return
    if muscle.mode != "phase" or dealing.person.breathing_only:
        reached = PHASES[: PHASES.index(muscle.now.phase) + 1]
        breathing = [exercise for exercise in meant if exercise.type == "breathe"]
        for phase in reached:
            yield from (
                _candidate(dealing, muscle, exercise) for exercise in _possible(dealing, breathing, phase)
            )
        return
    own = _possible(dealing, meant, muscle.now.phase)
    calm = _daily_calm(dealing, muscle, meant)
    for exercise in own:
        if exercise is not calm:
            taken = _harder(dealing, muscle, exercise, [*own, *([calm] if calm else [])])
            harder_than = "" if taken is exercise else exercise.name
            yield _candidate(dealing, muscle, taken, harder_than=harder_than)
    if not own:
        yield from _in_place(dealing, muscle, meant, calm)
    if calm:
        of_phase = _of_phase(calm, dealing.change(calm.id), muscle.now.phase)
        yield _candidate(dealing, muscle, calm, daily=True, daily_calm=not of_phase)
    if kept := _kept_awake(dealing, muscle, meant, own):
        yield _candidate(dealing, muscle, kept, kept_awake=True)


def _harder(
    dealing: Dealing, muscle: CurrentTarget, exercise: Exercise, dealt: Sequence[Exercise]
) -> Exercise:
    """The exercise that has earned this one's place: its harder one, once its own dose has gone as far as it goes.

    Never one of a phase that is not open, one that this person cannot or must not do, one that is dealt already, or a
    stand-in for one that they can do.
    """
    start = prescribed_dose(exercise, dealing.change(exercise.id), dealing.plan.weights_kg)
    steps = muscle.state.steps.get(exercise.id, 0)
    if not stepped_dose(start, steps, exercise, dealing.plan.weights_kg)[0].harder:
        return exercise
    known = dealing.exercises(muscle.target.muscle)
    harder = next((other for other in known if other.id == exercise.harder), None)
    if harder is None or harder in dealt or PHASES.index(harder.phase) > PHASES.index(muscle.now.phase):
        return exercise
    first = next((other for other in known if other.id == harder.instead_of), None)
    if not _meant(dealing, muscle, harder) or dealing.bars(harder) or (first and not dealing.bars(first)):
        return exercise
    return _harder(dealing, muscle, harder, [*dealt, harder])


def _in_place(
    dealing: Dealing, muscle: CurrentTarget, meant: Sequence[Exercise], calm: Exercise | None
) -> Iterator[Candidate]:
    """Easier exercises of the phase before, where nothing of this one may or can be done; and by which rule."""
    here = [
        phase_exercise
        for phase_exercise in dealing.exercises(muscle.target.muscle)
        if _of_phase(phase_exercise, dealing.change(phase_exercise.id), muscle.now.phase)
    ]
    waits = any(
        (exercise.needs or exercise.condition)
        and not is_meant(dealing.plan, muscle.intent, exercise, dealing.shut)
        for exercise in here
    )
    rule = (
        "easier"
        if any(exercise in meant for exercise in here)
        else "easier.cleared"
        if waits
        else "easier.none"
    )
    for phase in reversed(PHASES[: PHASES.index(muscle.now.phase)]):
        found = [
            exercise
            for exercise in _possible(dealing, meant, phase, quiet=True)
            if exercise is not calm and exercise.type != "breathe"
        ]
        if found:
            yield from (_candidate(dealing, muscle, exercise, easier=rule) for exercise in found)
            return


def _daily_calm(dealing: Dealing, muscle: CurrentTarget, meant: Sequence[Exercise]) -> Exercise | None:
    """The one exercise that goes on every day after reset where a muscle is to be calmed.

    None where the phase has a daily one of its own.
    """
    if muscle.intent != "calm" or muscle.now.phase == "reset":
        return None
    calm = [exercise for exercise in meant if exercise.intent == "calm"]
    for phase in reversed(PHASES[: PHASES.index(muscle.now.phase) + 1]):
        found = _possible(dealing, calm, phase, quiet=True)
        if phase == muscle.now.phase and any(exercise.dose.often.per == "day" for exercise in found):
            return None
        if found:
            return found[-1]
    return None


def shut_movements(plan: Plan, exercises: Iterable[Exercise]) -> frozenset[str]:
    """The movements that a plan leaves shut: a gate is of a movement, and holds for all ``exercises`` that move so.

    What a plan turns on of one exercise it turns on of each that moves alike.
    """
    known = [*exercises]
    opened = {exercise.movement for exercise in known if exercise.id in plan.demanding}
    return frozenset(
        exercise.movement
        for exercise in known
        if (exercise.demanding and exercise.movement not in opened)
        or (exercise.needs and exercise.needs not in plan.cleared)
    )


def _kept_awake(
    dealing: Dealing, muscle: CurrentTarget, meant: Sequence[Exercise], own: Sequence[Exercise]
) -> Exercise | None:
    """The exercise of an earlier phase that keeps a muscle awake in perform: of reload, else of activate."""
    if muscle.intent != "wake" or muscle.now.phase != "perform":
        return None
    dealt = {exercise.movement for exercise in own}
    for phase in ("reload", "activate"):
        found = [
            exercise
            for exercise in _possible(dealing, meant, phase, quiet=True)
            if exercise.type in WAKING and exercise.movement not in dealt and not exercise.optional
        ]
        if found:
            return found[0]
    return None


def is_meant(plan: Plan, intent: Intent, exercise: Exercise, shut: frozenset[str]) -> bool:
    """Whether a plan means this exercise for a muscle of this intent, once its time is there."""
    change = next((dose for dose in plan.doses if dose.exercise == exercise.id), None)
    if change and change.omit:
        return False
    if not is_served(intent, exercise):
        return False
    if exercise.condition and exercise.id not in plan.cleared:
        return False
    return exercise.movement not in shut


def _meant(dealing: Dealing, muscle: CurrentTarget, exercise: Exercise) -> bool:
    """Whether the plan and the programme mean this exercise to be dealt, when its phase is there."""
    if not is_meant(dealing.plan, muscle.intent, exercise, dealing.shut):
        return False
    begun = muscle.state.run_from.astimezone(dealing.at.tzinfo).date()
    return not exercise.from_day or (dealing.at.date() - begun).days >= exercise.from_day


def _possible(
    dealing: Dealing, exercises: Iterable[Exercise], phase: Phase, *, quiet: bool = False
) -> list[Exercise]:
    """Those that a phase deals and this patient can do at home; a note says what is left out."""
    changes = {change.exercise: change for change in dealing.plan.doses}

    def first_of(exercise: Exercise) -> Exercise:
        """The exercise whose phase counts: a stand-in is dealt when the one it stands in for would be."""
        return next((other for other in meant if other.id == exercise.instead_of), exercise)

    meant = list(exercises)
    here = [
        exercise
        for exercise in meant
        if _of_phase(first_of(exercise), changes.get(first_of(exercise).id), phase)
    ]
    if not here:
        return []
    programme = dealing.library.programme(here[0].muscle)
    found, notes = suiting(dealing.person, here, programme, dealing.lacking)
    if not quiet:
        dealing.notes.extend(notes)
    return found


def _of_phase(exercise: Exercise, change: DoseOverride | None, phase: Phase) -> bool:
    """Whether an exercise is dealt in a phase; one that the plan begins earlier goes on to its own phase."""
    first = PHASES.index((change and change.from_phase) or exercise.phase)
    return first <= PHASES.index(phase) <= max(first, PHASES.index(exercise.phase))


def _candidate(
    dealing: Dealing,
    muscle: CurrentTarget,
    exercise: Exercise,
    *,
    daily: bool = False,
    daily_calm: bool = False,
    easier: str = "",
    harder_than: str = "",
    kept_awake: bool = False,
) -> Candidate:
    change = dealing.change(exercise.id)
    often = (change and change.often) or exercise.dose.often
    if daily or kept_awake:
        often = Frequency(times=1, per="day") if daily else KEPT_OFTEN
    rounds, today = dealing.rounds.get(exercise.id, ()), dealing.at.date()
    before = [done.day for done in rounds if done.day < today]
    times, since = occasion(often, before, muscle, today)
    last = next((done for done in reversed(rounds) if done.whole), None)
    lately = last and last.at and last.day >= today - timedelta(days=1) and often.per == "day"
    return Candidate(
        exercise=exercise,
        muscle=muscle,
        often=often,
        days=tuple(done.day for done in rounds),
        last=before[-1] if before else None,
        times=times,
        since=since,
        done=sum(done.whole for done in rounds if done.day == today),
        ready=last.at + APART if last and last.at and lately else None,
        daily_calm=daily_calm,
        easier=easier,
        harder_than=harder_than,
        kept_awake=kept_awake,
    )


def occasion(often: Frequency, days: Sequence[date], muscle: CurrentTarget, day: date) -> tuple[int, date]:
    """How many rounds ``day`` asks for, by the ``days`` before it on which it was done, and since when they are due.

    The one answer to whether an exercise is due. What was missed is not piled up: of what is due less often than
    daily one occasion stands open, until it is done or the next begins.
    """
    if often.per == "day":
        return often.times, day
    if often.per == "needling":
        return int(not days or days[-1] < muscle.needled_on), min(muscle.needled_on, day)
    if often.per == "two_days" and often.times > 1:
        a_day = ceil(often.times / 2)
        return min(a_day, often.times - min(a_day, days.count(day - timedelta(days=1)))), day
    opened = _opened(often, days) if days else min(max(muscle.state.begun, muscle.now.since), day)
    if opened > day:
        return 0, opened
    span, times = (2, 1) if often.per == "two_days" else (7, often.times)
    begun = ((day - opened).days * times + times - 1) // span
    return 1, opened + timedelta(days=span * begun // times)


def _opened(often: Frequency, days: Sequence[date]) -> date:
    """The day on which the occasion after the last one done opens."""
    if often.per == "two_days":
        return days[-1] + timedelta(days=2)
    done = sorted({*days})
    ahead = (days[-1] + timedelta(days=later) for later in count(1))
    return next(later for later in ahead if _weekly(done, often.times, later))


def _weekly(days: Sequence[date], times: int, day: date) -> bool:
    """Whether ``day`` is one of ``times`` a week, apart; closer only where it keeps last week's pace."""
    gap = (day - days[-1]).days
    in_week = sum(day - done < WEEK for done in days)
    keeps_pace = len(days) >= times and day - days[-times] >= WEEK
    return in_week < times and gap >= (max(1, 7 // times) if keeps_pace else ceil(7 / times))
