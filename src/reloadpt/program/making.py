"""Make a plan from what was asked: targets, screening answers, and whom to call."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, cast, get_args

import msgspec

from reloadpt import files, wording
from reloadpt.program.check import fit_form
from reloadpt.program.library import Library
from reloadpt.program.other_muscles import OTHER_MUSCLES, muscle_slug
from reloadpt.program.plan import PLAN_FORMAT, AlsoNeedled, Override, Plan, ScreeningAnswer, Target
from reloadpt.program.programme import PHASES, Side
from reloadpt.program.screening import NEVER_LEFT_OUT, WIDER_ITEMS
from reloadpt.program.typed import read_limits, read_phase

Answer = Literal["no", "yes", "unanswered"]


class ScreeningStops(files.Trouble):
    """A condition was answered yes that bars a plan until a therapist overrides it by name."""

    def __init__(self, items: tuple[str, ...]) -> None:
        self.items = items
        super().__init__(wording.screening_stop(items))


@dataclass(frozen=True)
class ScreeningAnswers:
    """What was answered to the screening so far."""

    given: dict[str, ScreeningAnswer] = field(default_factory=dict)

    @classmethod
    def parse(cls, texts: Iterable[str]) -> ScreeningAnswers:
        """Read answers such as ``pacemaker=no`` or ``infection=yes:healed:the clinic``.

        ``all=no`` answers all that are never left out, ``wider=no`` the wider list; a later answer wins.
        """
        found = cls()
        groups = {"all": NEVER_LEFT_OUT, "wider": WIDER_ITEMS}
        for text in texts:
            item, _, rest = text.partition("=")
            answer, *override = rest.split(":", 2)
            if answer not in get_args(Answer) or item not in (*NEVER_LEFT_OUT, *WIDER_ITEMS, *groups):
                raise files.Trouble(
                    f"The screening answer {files.clip(text)} is not ITEM=no, ITEM=unanswered or ITEM=yes:REASON:BY. "
                    f"Items: {', '.join(NEVER_LEFT_OUT)}, or all; and {', '.join(WIDER_ITEMS)}, or wider."
                )
            if item in groups and answer == "yes":
                raise files.Trouble(f"{item}=yes says nothing; answer the conditions one by one.")
            if override and not (len(override) == 2 and all(part.strip() for part in override)):
                raise files.Trouble(f"The screening answer {files.clip(text)} needs a reason and a name.")
            because = Override(reason=override[0], by=override[1]) if override else None
            for condition in groups.get(item, (item,)):
                found = found.with_answer(condition, cast("Answer", answer), because)
        return found

    def with_answer(self, item: str, answer: Answer, override: Override | None = None) -> ScreeningAnswers:
        """These answers and one more."""
        return replace(
            self, given=self.given | {item: ScreeningAnswer(item=item, answer=answer, override=override)}
        )

    def holds(self, item: str) -> bool:
        """Whether a condition was answered yes."""
        return item in self.given and self.given[item].answer == "yes"

    @property
    def open_items(self) -> tuple[str, ...]:
        """The conditions not answered yet."""
        return tuple(item for item in NEVER_LEFT_OUT if item not in self.given)

    def screened(self) -> tuple[ScreeningAnswer, ...]:
        """What is never left out in its order, unanswered written as unanswered; of the wider list what was answered."""
        asked = (self.given.get(item, ScreeningAnswer(item=item)) for item in NEVER_LEFT_OUT)
        return (*asked, *(self.given[item] for item in WIDER_ITEMS if item in self.given))


def parse_target(text: str, needled_at: datetime, library: Library) -> Target:
    """Read a target such as ``multifidus:wake:both:stim``; words after the muscle in any order.

    ``ceiling=reload`` is the last phase it goes to, ``reload=3`` the most pain in a phase.
    """
    name, *words = text.split(":")
    muscle = muscle_slug(name)
    programme = library.programme(muscle)
    chosen: dict[str, Any] = {}
    limits: list[str] = []
    for word in words:
        name, _, value = word.partition("=")
        if word in ("calm", "wake"):
            name, value = "intent", word
        elif word in ("left", "right", "both"):
            name, value = "side", word
        elif word in ("stim", "early"):
            chosen[word] = True
            continue
        elif name in PHASES:
            limits.append(word)
            continue
        elif name != "ceiling":
            raise files.Trouble(
                f"The target {files.clip(text)} holds {files.clip(word)}: write calm or wake, "
                "left, right or both, stim, early, ceiling=PHASE, PHASE=N."
            )
        if name in chosen:
            raise files.Trouble(f"The target {files.clip(text)} says its {name} twice.")
        chosen[name] = read_phase(value) if name == "ceiling" else value
    if "intent" not in chosen:
        if programme.default_intent == "both":
            raise files.Trouble(f"{muscle} is calmed or woken: write {muscle}:calm or {muscle}:wake.")
        chosen["intent"] = programme.default_intent
    return Target(muscle=muscle, needled_at=needled_at, limits=read_limits(limits), **chosen)


def parse_targets(
    texts: Iterable[str], needled_at: datetime, library: Library
) -> tuple[tuple[Target, ...], tuple[AlsoNeedled, ...]]:
    """Read targets, and the muscles without a programme that were needled besides, such as ``scalenes:left``."""
    targets, also = [], []
    for text in texts:
        name, *words = text.split(":")
        muscle = muscle_slug(name)
        if muscle in library.muscles or muscle not in OTHER_MUSCLES:
            targets.append(parse_target(text, needled_at, library))
            continue
        sides = [word for word in words if word in ("left", "right", "both")]
        if {*words} - {"left", "right", "both", "stim"} or len(sides) > 1:
            raise files.Trouble(
                f"{files.clip(text)} has no exercises: write MUSCLE, left, right or both, and stim."
            )
        side: Side = "left" if sides == ["left"] else "right" if sides == ["right"] else "both"
        also.append(AlsoNeedled(muscle=muscle, side=side, needled_at=needled_at, stim="stim" in words))
    return tuple(targets), tuple(also)


def make_plan(
    *,
    patient: str,
    targets: tuple[Target, ...],
    answers: ScreeningAnswers,
    at: datetime,
    made_by: str | None,
    **rest: Any,
) -> Plan:
    """Make a plan; ``ScreeningStops`` where an answer bars it. ``rest`` are further fields of ``Plan``."""
    made = fit_form(
        {
            "format": PLAN_FORMAT,
            "id": str(uuid.uuid4()),
            "patient": patient,
            "made_by": made_by,
            "made_at": at.isoformat(),
            "targets": msgspec.to_builtins(targets),
            "screened": msgspec.to_builtins(answers.screened()),
            **msgspec.to_builtins(rest),
        },
        Plan,
        "The plan",
    )
    if made.blocked_by:
        raise ScreeningStops(made.blocked_by)
    return made


def plan_file(plan: Plan) -> bytes:
    """The bytes of a plan file."""
    return json.dumps(plan.as_json(), indent=1, ensure_ascii=False).encode() + b"\n"
