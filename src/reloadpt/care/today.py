"""What is due now, and why: the one answer that every way of meeting a patient shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from msgspec.structs import replace

from reloadpt import wording
from reloadpt.care.following import follow
from reloadpt.care.history import History
from reloadpt.care.phases import PhaseNow, phase_at
from reloadpt.care.safety import Lock, lock_in_force
from reloadpt.care.standing import Standings
from reloadpt.care.terms import terms_of
from reloadpt.files import one_of
from reloadpt.journal.events import Item, Side
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseChange, Plan, Target
from reloadpt.program.programme import PHASES, Exercise, Intent, Often

APART = timedelta(hours=2)
"""Between two times on one day."""
CHECKIN_LASTS = timedelta(hours=2)
"""A rating of pain before a session counts for this long."""
SORE_ABOVE = 3
NEVER = datetime.min.replace(tzinfo=UTC)
NOT_AGAIN = datetime.max.replace(tzinfo=UTC)
FLOOR_POSITIONS = ("supine", "side-lying", "prone", "quadruped", "plank", "kneeling", "half-kneeling")
POSITION_ORDER = (*FLOOR_POSITIONS, "sitting", "standing")
CANNOT = {
    "floor": FLOOR_POSITIONS,
    "prone": ("prone",),
    "kneel": ("quadruped", "kneeling", "half-kneeling"),
    "stand": ("standing",),
}
IN_EVERY_HOME = frozenset({"none", "chair", "mat", "mirror", "pillow", "table", "towel", "wall"})
NOT_ALONE = ("head and neck", "pelvis")
"""Regions that a plan made without a therapist deals nothing for."""


@dataclass(frozen=True)
class Today:
    """What is due at one moment. ``phases`` is keyed by muscle, or ``muscle:side`` where the sides differ."""

    at: datetime
    plan: Plan
    phases: dict[str, PhaseNow]
    items: tuple[Item, ...]
    locked: Lock | None
    checkin: bool
    next_at: datetime | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Candidate:
    """An exercise that its target could be dealt now."""

    exercise: Exercise
    target: Target
    standing: PhaseNow
    intent: Intent
    often: Often
    change: DoseChange | None
    last: datetime | None
    ready_at: datetime
    daily_calm: bool


def today(plan: Plan, library: Library, history: History, at: datetime) -> Today:
    """Decide what is due at ``at``, an aware time with the patient's own offset."""
    notes: list[str] = []
    known = bool(history.plan_starts) and history.plan_starts[-1].id == plan.id
    found = follow(history, at, None if known else terms_of(plan, at))
    standings = {target: _phase_now(plan, target, found, at) for target in _targets(plan, library, notes)}
    candidates = [
        candidate
        for target, standing in standings.items()
        for candidate in _candidates(plan, target, standing, library, history, at, notes)
    ]
    due = [candidate for candidate in candidates if candidate.ready_at <= at]
    groups = _choose(_by_movement(due), plan.most_exercises)
    items = [_item(group, library, history) for group in groups]
    if plan.self_made:
        notes.append(wording.ALONE())
    if plan.ends and at >= plan.ends:
        notes.append(wording.PLAN_OVER())
    if plan.unanswered:
        notes.append(wording.UNANSWERED(items=", ".join(plan.unanswered)))
    locked = lock_in_force(history.locks, at)
    return Today(
        at=at,
        plan=plan,
        phases=_keyed(standings),
        items=() if locked else tuple(sorted(items, key=lambda item: POSITION_ORDER.index(item.position))),
        locked=locked,
        checkin=_checkin_due(history, at),
        next_at=min((each.ready_at for each in candidates if at < each.ready_at < NOT_AGAIN), default=None),
        notes=tuple(dict.fromkeys(notes)),
    )


def _phase_now(plan: Plan, target: Target, standings: Standings, at: datetime) -> PhaseNow:
    standing = standings.muscles[f"{target.muscle}:{target.side}"]
    targets = standings.terms.targets if standings.terms else ()
    terms = next(each for each in targets if each.key == standing.key)
    phase, rule = phase_at(standing, terms, at, self_made=plan.self_made)
    day = (at.date() - standing.needled_at.astimezone(at.tzinfo).date()).days
    rule = rule if rule in wording.WHY else "phase.response"
    return PhaseNow(phase, max(day, 0), rule, standing.needled_at, standing.since)


def _targets(plan: Plan, library: Library, notes: list[str]) -> list[Target]:
    found = []
    for target in plan.targets:
        programme = library.programme(target.muscle)
        if plan.self_made and programme.region in NOT_ALONE:
            notes.append(wording.ALONE_NOT_THESE(muscle=programme.name))
        else:
            found.append(target)
    return found


def intent_of(target: Target, library: Library) -> Intent:
    """The intent of a target: its own, else the programme's default; ``both`` begins by calming."""
    default = library.programme(target.muscle).default_intent
    return target.intent or ("wake" if default == "wake" else "calm")


def _keyed(standings: dict[Target, PhaseNow]) -> dict[str, PhaseNow]:
    by_muscle: dict[str, dict[str, PhaseNow]] = {}
    for target, standing in standings.items():
        by_muscle.setdefault(target.muscle, {})[target.side] = standing
    keyed = {}
    for muscle, sides in by_muscle.items():
        if len({standing.phase for standing in sides.values()}) == 1:
            keyed[muscle] = next(iter(sides.values()))
        else:
            keyed |= {f"{muscle}:{side}": standing for side, standing in sides.items()}
    return keyed


def _candidates(
    plan: Plan,
    target: Target,
    standing: PhaseNow,
    library: Library,
    history: History,
    at: datetime,
    notes: list[str],
) -> list[_Candidate]:
    intent = intent_of(target, library)
    own = {exercise.id: exercise for exercise in plan.exercises if exercise.muscle == target.muscle}
    shipped = {exercise.id: exercise for exercise in library.programme(target.muscle).exercises}
    changes = {change.exercise: change for change in plan.doses}
    exercises = [*(shipped | own).values()]
    calm_one = _daily_calm(exercises, standing) if intent == "calm" else None
    found = []
    for exercise in exercises:
        change = changes.get(exercise.id)
        phase = (change and change.from_phase) or exercise.phase
        if phase != standing.phase and exercise is not calm_one:
            continue
        if not _meant(exercise, change, plan, intent, standing) or not _possible(
            exercise, plan, history, notes
        ):
            continue
        times = history.times_done(exercise.id)
        often = (change and change.often) or exercise.dose.often
        if exercise is calm_one:
            often = Often(times=1, per="day")
        found.append(
            _Candidate(
                exercise=exercise,
                target=target,
                standing=standing,
                intent=intent,
                often=often,
                change=change,
                last=times[-1] if times else None,
                ready_at=_ready_at(often, times, standing.needled_at, at),
                daily_calm=exercise is calm_one,
            )
        )
    return found


def _daily_calm(exercises: Sequence[Exercise], standing: PhaseNow) -> Exercise | None:
    """The calm exercise that goes on every day after reset, where the phase itself has none."""
    if standing.phase in ("reset", "activate"):
        return None
    before = PHASES[1 : PHASES.index(standing.phase) + 1]
    calm = [each for each in exercises if each.phase in before and each.intent == "calm"]
    return calm[-1] if calm else None


def _meant(
    exercise: Exercise, change: DoseChange | None, plan: Plan, intent: Intent, standing: PhaseNow
) -> bool:
    """Whether the plan and the programme mean this exercise to be dealt now."""
    if change and change.omit:
        return False
    if intent == "wake" and exercise.type == "stretch":
        return False
    if exercise.demanding and exercise.id not in plan.demanding:
        return False
    if exercise.condition and exercise.id not in plan.cleared:
        return False
    if exercise.needs and exercise.needs not in plan.cleared:
        return False
    return not exercise.from_day or standing.day >= exercise.from_day


def _possible(exercise: Exercise, plan: Plan, history: History, notes: list[str]) -> bool:
    """Whether this patient can do it at home; where not, a note says so."""
    barred = [word for word in plan.cannot if exercise.position in CANNOT[word]]
    if barred:
        notes.append(wording.LEFT_OUT_POSITION(name=exercise.name, cannot=one_of(barred)))
        return False
    lacking = [each for each in exercise.equipment if each not in IN_EVERY_HOME and each not in plan.has]
    if plan.has and lacking:
        notes.append(wording.LEFT_OUT_EQUIPMENT(name=exercise.name, equipment=", ".join(lacking)))
        return False
    if history.stopped_for_pain.get(exercise.id, 0) >= 2:
        notes.append(wording.LEFT_OUT_PAIN(name=exercise.name))
        return False
    return True


def _ready_at(often: Often, times: Sequence[datetime], needled_at: datetime, at: datetime) -> datetime:
    """When the next time is due, by what was done; what was missed is not piled up."""
    if not times:
        return at
    last = times[-1]
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    days = [time.astimezone(at.tzinfo).date() for time in times]
    if often.per == "needling":
        return at if last < needled_at else NOT_AGAIN
    if often.per == "day":
        return tomorrow if days.count(at.date()) >= often.times else last + APART
    if often.per == "two_days":
        apart, window = 2, 2
    else:
        apart, window = max(1, 7 // often.times), 7
    ready = max(midnight, midnight + (days[-1] + timedelta(days=apart) - at.date()))
    in_window = sorted({day for day in days if (at.date() - day).days < window})
    if len(in_window) >= often.times:
        ready = max(ready, midnight + (in_window[-often.times] + timedelta(days=window) - at.date()))
    return ready


def _by_movement(due: Iterable[_Candidate]) -> list[list[_Candidate]]:
    """Group what is the same movement: it is dealt once."""
    groups: dict[str, list[_Candidate]] = {}
    for candidate in due:
        groups.setdefault(candidate.exercise.movement, []).append(candidate)
    return list(groups.values())


def _choose(groups: list[list[_Candidate]], most: int) -> list[list[_Candidate]]:
    """Keep at most ``most``: one for each muscle, newest needling first, then what was done longest ago."""
    waiting = sorted(groups, key=lambda group: min((each.last or NEVER) for each in group))
    chosen: list[list[_Candidate]] = []
    for group in sorted(waiting, key=lambda group: group[0].standing.needled_at, reverse=True):
        served = {each.target.muscle for chosen_group in chosen for each in chosen_group}
        if not {each.target.muscle for each in group} <= served:
            chosen.append(group)
    chosen += [group for group in waiting if group not in chosen]
    return chosen[:most]


def _item(group: list[_Candidate], library: Library, history: History) -> Item:
    """The item of a group: the lowest dose in it, every other exercise credited."""
    doses = [_dosed(candidate, library, history) for candidate in group]
    lowest = min(doses, key=lambda item: (item.sets * item.reps * max(item.hold_s, 1), item.sets))
    if len(doses) == 1:
        return lowest
    sides = {item.side for item in doses}
    muscles = " and ".join(library.programme(item.muscle).name for item in doses)
    return replace(
        lowest,
        side=sides.pop() if len(sides) == 1 else "both",
        credits=tuple(item.exercise for item in doses if item is not lowest),
        why=f"{lowest.why} {wording.WHY['merged'](muscles=muscles)}",
    )


def _dosed(candidate: _Candidate, library: Library, history: History) -> Item:
    exercise, change, standing = candidate.exercise, candidate.change, candidate.standing
    dose = exercise.dose
    side: Side = candidate.target.side if dose.per_side else "both"
    rule = "calm.daily" if candidate.daily_calm else standing.rule
    sets = (change and change.sets) or dose.sets
    tempo = (change and change.tempo) or (None if change and change.hold_s else dose.tempo)
    item = Item(
        exercise=exercise.id,
        name=exercise.name,
        muscle=candidate.target.muscle,
        side=side,
        phase=standing.phase,
        intent=candidate.intent,
        sets=sets,
        reps=(change and change.reps) or dose.reps,
        hold_s=0 if tempo else (change and change.hold_s) or dose.hold_s,
        tempo=tempo,
        rest_s=change.rest_s if change and change.rest_s is not None else dose.rest_s,
        rep_rest_s=dose.rep_rest_s,
        per_side=dose.per_side,
        position=exercise.position,
        type=exercise.type,
        load_kg=change.load_kg if change else None,
        resistance=change.resistance if change else None,
        optional=exercise.optional,
    )
    more = []
    sore = history.soreness_of(candidate.target.muscle, candidate.target.side)
    if sore and sore[0] >= standing.needled_at and sore[1] > SORE_ABOVE:
        item = replace(item, sets=ceil(item.sets / 2))
        rule = "dose.sore"
        more.append(wording.WHY["dose.sore"](score=sore[1]))
    if change:
        more.append(wording.WHY["dose.plan"]())
    muscle = library.programme(candidate.target.muscle).name
    key = rule if rule in ("calm.daily",) else standing.rule
    why = wording.WHY[key](
        muscle=muscle, day=standing.day, phase=standing.phase.capitalize(), dose=dose_in_words(item)
    )
    return replace(item, rule=rule, why=" ".join([why, *more]))


def dose_in_words(item: Item) -> str:
    """A dose on a few signs: ``3×8``, ``3×4×10 s each side``, ``2×20 s``."""
    parts = [str(item.sets)]
    if item.reps > 1 or not item.hold_s:
        parts.append(str(item.reps))
    if item.hold_s:
        parts.append(f"{item.hold_s} s")
    return "×".join(parts) + (" each side" if len(item.sides) == 2 else "")


def _checkin_due(history: History, at: datetime) -> bool:
    """Whether pain is to be asked: once before every session."""
    last = history.last_reading()
    if last is None:
        return True
    sitting = next(reversed(history.sittings.values()), None)
    used = sitting is not None and sitting.how is not None and sitting.opened_at >= last[0]
    return used or not timedelta(0) <= at - last[0] <= CHECKIN_LASTS
