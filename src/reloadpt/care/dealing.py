"""What is dealt: of all that is due, what today holds, in which order, at which dose, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from math import ceil

from msgspec.structs import replace

from reloadpt import wording
from reloadpt.care.candidates import FLOOR_POSITIONS, Candidate, CurrentTarget, Dealing, candidates
from reloadpt.care.doses import DealtDose, Step, cut_dose, halved_dose, prescribed_dose, stepped_dose
from reloadpt.care.in_words import listed, short_dose, short_name
from reloadpt.care.phases import BACK_AFTER, FEWER_AFTER, SORE_ABOVE
from reloadpt.care.progression import cuts_of
from reloadpt.care.reasons import Grounds, deciding_reason
from reloadpt.journal.events import Item, Side
from reloadpt.program.programme import PHASES, sides_agree

MORNING = time(8)
"""When a day's first exercise is told to be due."""
SORENESS_LASTS = timedelta(days=7)
"""For so long a rating of soreness halves a dose."""
POSITION_ORDER = (*FLOOR_POSITIONS, "sitting", "standing")


def deal(dealing: Dealing, muscles: Sequence[CurrentTarget]) -> tuple[tuple[Item, ...], list[Candidate]]:
    """The items due now, in the order they are done, and everything that could be dealt."""
    found = candidates(dealing, muscles)
    groups: dict[str, list[Candidate]] = {}
    for candidate in found:
        groups.setdefault(candidate.exercise.movement, []).append(candidate)
    due = [group for group in groups.values() if any(each.is_due(dealing.at) for each in group)]
    chosen = _choose(due, dealing.plan.most_exercises)
    items = [_item(dealing, group) for group in chosen]
    return tuple(sorted(items, key=lambda item: POSITION_ORDER.index(item.position))), found


def next_due(could_be: Iterable[Candidate], at: datetime) -> datetime | None:
    """When the next exercise is due that is not due now."""
    times = [
        each.moment or datetime.combine(each.day, MORNING, at.tzinfo)
        for each in could_be
        if each.day != date.max and not each.is_due(at)
    ]
    return min((moment for moment in times if moment > at), default=None)


def _choose(groups: list[list[Candidate]], most: int) -> list[list[Candidate]]:
    """Keep at most ``most``: one for each muscle, newest needling first, then what was done longest ago."""

    def longest_ago(group: list[Candidate]) -> tuple[bool, date]:
        return all(each.exercise.optional for each in group), min(each.last or date.min for each in group)

    def newest(group: list[Candidate]) -> datetime:
        return max(each.muscle.now.needled_at for each in group)

    waiting = sorted(groups, key=longest_ago)
    chosen: list[list[Candidate]] = []
    served: set[str] = set()
    for group in sorted(waiting, key=newest, reverse=True):
        muscles = {each.muscle.target.muscle for each in group}
        if not muscles <= served:
            chosen.append(group)
            served |= muscles
    chosen += [group for group in waiting if group not in chosen]
    return chosen[:most]


def _item(dealing: Dealing, group: Sequence[Candidate]) -> Item:
    """The item of a movement: the lowest dose and phase in it, every other exercise credited.

    Where one side of the movement is not the same side for every muscle, both sides are dealt.
    """
    items = {id(each): _dosed(dealing, each) for each in group}
    lowest, item = min(((each, items[id(each)]) for each in group), key=lambda pair: pair[1][1].size)
    found = item[0]
    if len(group) == 1:
        return found
    sides = {items[id(each)][0].side for each in group}
    names = dict.fromkeys(short_name(dealing.library.programme(each.muscle.target.muscle)) for each in group)
    others = dict.fromkeys(each.exercise.id for each in group if each.exercise.id != lowest.exercise.id)
    one_side = len(sides) == 1 and sides_agree(each.exercise for each in group)
    sided = replace(found, side=sides.pop() if one_side else "both")
    why = found.why.replace(short_dose(found), short_dose(sided))
    return replace(
        sided,
        phase=min((each.muscle.now.phase for each in group), key=PHASES.index),
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
    item = Item(
        exercise=exercise.id,
        name=f"{exercise.name}, the harder way" if dose.harder else exercise.name,
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
    rule, why = deciding_reason(
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
            step=step,
            halved=half,
            cut=fewer,
            daily_calm=candidate.daily_calm,
            easier=candidate.easier,
            by_plan=change is not None
            and dose == prescribed_dose(exercise, change) != prescribed_dose(exercise, None),
        )
    )
    return replace(item, rule=rule, why=why), dose


def _todays(dealing: Dealing, candidate: Candidate) -> tuple[DealtDose, Step | None, bool, bool]:
    """Today's dose, its last step, and whether it was cut and halved."""
    exercise, muscle, state = candidate.exercise, candidate.muscle, candidate.muscle.state
    dose = prescribed_dose(exercise, dealing.change(exercise.id))
    if dealing.plan.progression == "fixed" or muscle.mode in ("stopped", "away", "late"):
        return dose, None, False, False
    step: Step | None = None
    fewer = False
    if muscle.now.phase != "reset":
        if muscle.mode == "phase" and not candidate.daily_calm:
            dose, step = stepped_dose(dose, state.steps.get(exercise.id, 0), exercise)
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
