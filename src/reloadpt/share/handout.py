"""The plan on paper: pictures, doses in words, boxes to tick, warning signs and whom to call."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reloadpt import __version__, wording
from reloadpt.care.aftercare import Window, what_to_do
from reloadpt.care.candidates import is_meant, shut_movements
from reloadpt.care.doses import prescribed_dose
from reloadpt.care.due import intent_of, may_be_dealt
from reloadpt.care.limits import pain_limit
from reloadpt.care.questions import needled_muscle
from reloadpt.care.safety import CLASSES, SignClass, advice_for, signs_in_order, signs_to_ask
from reloadpt.program.exercise_words import PHASE_DAYS, dose_in_words
from reloadpt.program.fitting import circumstances_of, suiting
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES
from reloadpt.program.plan import AlsoNeedled, Plan, Target
from reloadpt.program.plan_words import overridden_dose
from reloadpt.program.programme import PHASES, Exercise, Frequency, Phase, Programme, sides_agree
from reloadpt.program.signing import signing_in_words
from reloadpt.share.page_text import page_environment

if TYPE_CHECKING:
    from markupsafe import Markup

Paper = Literal["a4", "letter"]
_HERE = Path(__file__).parent
SIGN_ORDER: tuple[SignClass, ...] = ("emergency", "same_day", "faint")
WINDOWS: dict[Window, str] = {
    "0-2": "First 2 hours",
    "2-24": "Until the next day",
    "24-72": "Days 1 to 3",
    "72": "After three days",
}
DAYS = {"reset": 1, "activate": 3, "reload": 11}
"""How many days a phase has boxes for; the last has weeks."""
WEEKS = {"reload": 2, "perform": 4}
MOST_BOXES_A_DAY = 6
MANY_DAYS = 7
"""In a phase of more days a box is a day, not a time, where there are more than three times a day."""


@dataclass(frozen=True)
class Boxes:
    """Boxes to tick under one word, such as ``Day 2``."""

    word: str
    count: int


AskedExercise = tuple[Target, Programme, Exercise]
"""An exercise that a target of the plan asks for."""


@dataclass(frozen=True)
class Card:
    """One exercise on paper."""

    exercise: Exercise
    muscles: tuple[str, ...]
    side: str
    dose: str
    load: str
    pictures: tuple[Markup, ...]
    boxes: tuple[Boxes, ...]


@dataclass(frozen=True)
class HandoutPhase:
    """One phase with its exercises and the most pain that is all right in it."""

    phase: Phase
    days: str
    limit: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class SignGroup:
    """The warning signs of one class, and what to do."""

    kind: SignClass
    advice: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Handout:
    """Everything on the paper."""

    plan: Plan
    muscles: tuple[str, ...]
    signs: tuple[SignGroup, ...]
    aftercare: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    parts: tuple[HandoutPhase, ...]
    left_out: tuple[str, ...]
    unanswered: tuple[str, ...]
    """The conditions of the screening that were left open, in words."""
    signing: tuple[str, ...]
    """Who reviewed the programmes, and which nobody signed."""


def gather_handout(plan: Plan, library: Library) -> Handout:
    """Gather what the paper of ``plan`` says; ``Trouble`` where a muscle of it has no programme."""
    targets = [
        (target, library.programme(target.muscle))
        for target in plan.targets
        if may_be_dealt(plan, target, library)
    ]
    left_out: dict[str, None] = {}
    parts = [_handout_phase(plan, phase, targets, library, left_out) for phase in PHASES]
    return Handout(
        plan=plan,
        muscles=(
            *(_target_in_words(target, programme) for target, programme in targets),
            *map(_also_in_words, plan.also_needled),
        ),
        signs=_sign_groups(plan, library),
        aftercare=_aftercare(targets),
        parts=tuple(part for part in parts if part.cards),
        left_out=tuple(left_out) if plan.targets else (wording.NO_EXERCISES_AT_ALL(),),
        unanswered=tuple(map(wording.condition, (*plan.unanswered, *plan.unanswered_for_exercises))),
        signing=tuple(signing_in_words(plan, lambda muscle: library.programme(muscle).short_name)),
    )


def _handout_phase(
    plan: Plan,
    phase: Phase,
    targets: Sequence[tuple[Target, Programme]],
    library: Library,
    left_out: dict[str, None],
) -> HandoutPhase:
    """The exercises of a phase; the same movement of two muscles stands once, with the lower dose."""
    by_movement: dict[str, list[AskedExercise]] = {}
    limits = []
    shut = shut_movements(
        plan, (exercise for _, programme in targets for exercise in _exercises(plan, programme))
    )
    person = circumstances_of(plan, plan.made_at.date())
    for target, programme in targets:
        if plan.self_made and phase not in ("reset", "activate"):
            continue
        if target.ceiling and PHASES.index(phase) > PHASES.index(target.ceiling):
            continue
        limits.append(pain_limit(plan, target, phase, plan.start_pain))
        here = [
            exercise
            for exercise in _exercises(plan, programme)
            if _first_phase(plan, exercise) == phase
            and is_meant(plan, intent_of(target, library), exercise, shut)
        ]
        found, notes = suiting(person, here, programme)
        left_out.update(dict.fromkeys(notes))
        for exercise in found:
            if exercise.type == "breathe" or not person.breathing_only:
                by_movement.setdefault(exercise.movement, []).append((target, programme, exercise))
    limit = wording.PAPER_LIMIT(limit=min(limits)) if limits else ""
    cards = tuple(_card(plan, group, phase) for group in by_movement.values())
    return HandoutPhase(phase, PHASE_DAYS[phase], limit, cards)


def _exercises(plan: Plan, programme: Programme) -> list[Exercise]:
    """The programme's exercises, with the plan's own laid over them."""
    own = {exercise.id: exercise for exercise in plan.exercises if exercise.muscle == programme.muscle}
    return [*({exercise.id: exercise for exercise in programme.exercises} | own).values()]


def _first_phase(plan: Plan, exercise: Exercise) -> Phase:
    change = next((change for change in plan.doses if change.exercise == exercise.id), None)
    return (change and change.from_phase) or exercise.phase


def _card(plan: Plan, group: Sequence[AskedExercise], phase: Phase) -> Card:
    """A movement on paper: the lowest dose, on the side that every muscle wants, else on both."""
    changes = {change.exercise: change for change in plan.doses}
    programmes = [programme for _, programme, _ in group]
    exercise = min(
        (exercise for _, _, exercise in group),
        key=lambda exercise: prescribed_dose(exercise, changes.get(exercise.id)).size,
    )
    change = changes.get(exercise.id)
    dosed = replace(exercise, dose=overridden_dose(exercise.dose, change))
    sides = {target.side for target, _, _ in group}
    agreed = len(sides) == 1 and sides_agree(exercise for _, _, exercise in group)
    side = sides.pop() if agreed and exercise.dose.per_side else "both"
    load = [f"{change.load_kg:g} kg"] if change and change.load_kg is not None else []
    load += [change.resistance] if change and change.resistance else []
    return Card(
        exercise=exercise,
        muscles=tuple(dict.fromkeys(programme.short_name for programme in programmes)),
        side="" if side == "both" else f"{side} side",
        dose=dose_in_words(dosed).replace(
            " on each side", " on each side" if side == "both" else f" on the {side}"
        ),
        load=", ".join(load),
        pictures=_pictures(exercise, left=side == "left"),
        boxes=boxes(dosed.dose.often, phase),
    )


def boxes(frequency: Frequency, phase: Phase) -> tuple[Boxes, ...]:
    """The boxes of an exercise done with this ``frequency`` in a phase."""
    if frequency.per == "needling":
        return (Boxes("Once", frequency.times),)
    if frequency.per == "week" and phase in WEEKS:
        return tuple(Boxes(f"Week {week}", frequency.times) for week in range(1, WEEKS[phase] + 1))
    if phase not in DAYS:
        days = 7 if frequency.per == "day" else 4
        return tuple(Boxes(f"Week {week}", days) for week in range(1, WEEKS[phase] + 1))
    count = DAYS[phase]
    if frequency.per == "week":
        return (Boxes(f"{count} days", max(1, round(frequency.times * count / 7))),)
    if frequency.per == "two_days":
        return (Boxes(f"{count} days", (count + 1) // 2 * frequency.times),)
    times = 1 if count > MANY_DAYS and frequency.times > 3 else min(frequency.times, MOST_BOXES_A_DAY)
    first = {"reset": 0, "activate": 1, "reload": 4}[phase]
    return tuple(Boxes(f"Day {day}" if day else "First day", times) for day in range(first, first + count))


def _pictures(exercise: Exercise, *, left: bool) -> tuple[Markup, ...]:
    """The first and the last keyframe; nothing where there is no figure."""
    if exercise.figure is None:
        return ()
    from markupsafe import Markup

    from reloadpt.figure.mirror import mirrored
    from reloadpt.figure.model import Figure
    from reloadpt.figure.pose import pose
    from reloadpt.figure.svg import svg

    figure = Figure.model_validate(exercise.figure)
    figure = mirrored(figure) if left else figure
    # drawn from numbers by our own hand; the title is escaped there
    return tuple(
        Markup(svg(pose(figure, moment), f"{exercise.name}, {word}"))  # noqa: S704
        for moment, word in ((0.0, "start"), (1.0, "end"))
    )


def _target_in_words(target: Target, programme: Programme) -> str:
    side = "" if target.side == "both" else f", {target.side}"
    stim = ", with e-stim" if target.stim else ""
    return f"{programme.short_name}{side}{stim}: needled {_moment(target.needled_at)}"


def _also_in_words(needled: AlsoNeedled) -> str:
    name = OTHER_MUSCLES[needled.muscle].label if needled.muscle in OTHER_MUSCLES else needled.muscle
    side = "" if needled.side == "both" else f", {needled.side}"
    return wording.PAPER_ALSO(muscle=f"{name}{side}", when=_moment(needled.needled_at))


def _sign_groups(plan: Plan, library: Library) -> tuple[SignGroup, ...]:
    """The signs to watch for, by class, the gravest first: all that are asked after a needle in these muscles."""
    needled = [
        *((target.muscle, target.needled_at) for target in plan.targets),
        *((also.muscle, also.needled_at) for also in plan.also_needled),
    ]
    codes_asked = {
        code for muscle, at in needled for code in signs_to_ask(needled_muscle(library, muscle), at, at)
    }
    groups = []
    for kind in SIGN_ORDER:
        codes = [code for code in signs_in_order(codes_asked) if CLASSES[code] == kind]
        if codes:
            signs = tuple(wording.SIGNS[code]() for code in codes)
            groups.append(SignGroup(kind, advice_for(codes[0], plan), signs))
    return tuple(groups)


def _aftercare(
    targets: Sequence[tuple[Target, Programme]],
) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """What to do and what to leave alone by window, and what the programmes themselves ask to leave."""
    windows = [
        (
            word,
            what_to_do(window, exercises=bool(targets)),
            tuple(sentence() for sentence in wording.AFTERCARE_AVOID[window]),
        )
        for window, word in WINDOWS.items()
    ]
    own = {
        wording.AFTERCARE_UNTIL(
            what=avoid.what[:1].lower() + avoid.what[1:],
            until=_moment(target.needled_at + timedelta(hours=avoid.hours)),
        ): None
        for target, programme in targets
        for avoid in programme.avoid
    }
    return (*windows, ("For your muscles", (), tuple(own))) if own else tuple(windows)


def _moment(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B, %H:%M}"


def render_handout(handout: Handout, paper: Paper | None) -> bytes:
    """The page; nothing in it runs and nothing is fetched. Without ``paper`` it fits the printer's own."""
    from markupsafe import Markup

    style = (_HERE / "handout.css").read_text(encoding="utf-8")
    if paper:
        style += f"@page {{ size: {paper}; }}\n"
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = (
        page_environment()
        .get_template("handout.html.j2")
        .render(
            handout=handout,
            plan=handout.plan,
            wording=wording,
            # our own sheet, from our own folder
            style=Markup(style),  # noqa: S704
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            app=f"reloadpt {__version__}",
            made=_moment(handout.plan.made_at),
            next_visit=_moment(handout.plan.next_visit) if handout.plan.next_visit else "",
        )
    )
    return page.lstrip().encode()
