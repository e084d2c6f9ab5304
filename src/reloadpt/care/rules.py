"""Who has to be told of what: every rule once, with its level, its sentence for the patient and for the therapist.

Today, the line mode, the list of the therapist, the report and the pages of ``docs`` are tellings of this table;
``python -m reloadpt.care.rules`` prints those of the docs. What fires a rule is reckoned in ``care/evidence``, and
in ``measures/alerts`` where it needs what the journal alone says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any, Literal, get_args

import msgspec

from reloadpt import wording
from reloadpt.care.in_words import day_in_words, number_in_words
from reloadpt.care.thresholds import PROPOSED, AlertThresholds
from reloadpt.journal.events import Side
from reloadpt.phrases import calendar_day_phrase

Level = Literal["today", "this_week", "at_visit"]
LEVELS: tuple[Level, ...] = get_args(Level)


class Rule(msgspec.Struct, frozen=True):
    """Something that makes somebody be told: its ``id``, and how soon. ``wording.FIRES[id]`` says when.

    Its sentence for the patient is ``wording.CONCERNS[id]``, absent where the therapist alone is told; that for the
    therapist ``wording.ALERTS[id]``. A rule with several forms has one of each form: ``id_form``.
    """

    id: str
    level: Level

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The thresholds that it goes by and that a clinic may change."""
        return tuple(name for _, name, _, _ in Formatter().parse(wording.FIRES[self.id]) if name)

    @property
    def when(self) -> str:
        """When it fires, with the numbers that are proposed."""
        values = {name: getattr(PROPOSED, name) for name in self.thresholds}
        shares = {name: f"{value:.0%}" for name, value in values.items() if isinstance(value, float)}
        return wording.FIRES[self.id].format(**values | shares)


RULES = (
    Rule("warning_sign", "today"),
    Rule("faint", "this_week"),
    Rule("worried", "this_week"),
    Rule("withdrawn", "at_visit"),
    Rule("stopped", "this_week"),
    Rule("away", "this_week"),
    Rule("easy_run", "this_week"),
    Rule("pain_high", "this_week"),
    Rule("sore_late", "this_week"),
    Rule("see_first", "this_week"),
    Rule("nothing_dealt", "this_week"),
    Rule("function_down", "this_week"),
    Rule("dropped", "this_week"),
    Rule("stalled", "this_week"),
    Rule("stepped_back", "at_visit"),
    Rule("pain_up", "at_visit"),
    Rule("rise", "at_visit"),
    Rule("held", "at_visit"),
    Rule("missed", "at_visit"),
    Rule("left_out", "at_visit"),
    Rule("gate_waits", "at_visit"),
    Rule("screening", "at_visit"),
    Rule("limit_needed", "this_week"),
    Rule("no_numbers", "at_visit"),
    Rule("low", "at_visit"),
    Rule("unread", "at_visit"),
    Rule("no_report", "at_visit"),
    Rule("plan_over", "at_visit"),
)
"""Every rule, the gravest first among those of a level."""
BY_ID: Mapping[str, Rule] = {rule.id: rule for rule in RULES}
PLACE: Mapping[str, int] = {rule.id: place for place, rule in enumerate(RULES)}
BY_THE_LOCK = ("warning_sign", "faint")
"""Rules that tell the patient by the lock."""
LONGEST_CAUSE = 200
"""What a journal keeps of it."""
ONE_SPEAKS: tuple[tuple[str, ...], ...] = (
    ("stopped", "stepped_back"),
    ("away", "dropped", "stalled", "missed", "low"),
    ("pain_high", "pain_up"),
    ("sore_late", "held"),
)
"""Of each of these one speaks of a muscle, the first that fired; it takes the soonest level among them."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What fired a rule: the one finding that both its sentences are told from.

    ``form`` chooses among the sentences of the rule. ``muscle`` and ``side``, or what else it is ``about`` (an
    exercise, a sign), tell one cause from another. ``values`` stand in the sentences; ``entries`` are the ``n``
    behind it. ``level`` is another than the rule's own.
    """

    rule: str
    form: str = ""
    muscle: str = ""
    side: Side = "both"
    about: str = ""
    values: Mapping[str, Any] = {}
    entries: tuple[int | str, ...] = ()
    level: Level | None = None

    @property
    def how_soon(self) -> Level:
        """Its own level, else that of its rule."""
        return self.level or BY_ID[self.rule].level

    @property
    def cause(self) -> str:
        """What tells it from another cause; it changes when the cause does, not when a day goes by."""
        return " ".join(filter(None, (self.rule, self.form, self.muscle, self.side, self.about, self.level)))[
            :LONGEST_CAUSE
        ]

    @property
    def sentence(self) -> str:
        """The name of its sentences in ``wording``."""
        return f"{self.rule}_{self.form}" if self.form else self.rule


class Concern(msgspec.Struct, frozen=True):
    """What a patient is told of one rule: the sentence, the muscle where it is of one, and its cause."""

    rule: str
    text: str
    muscle: str | None = None
    cause: str = ""


def in_order(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The soonest level first, then as the table has them; where one of several speaks, the others are left out."""
    found = list(found)
    speaking = [_soonest(evidence, found) for evidence in found if not _is_silent(evidence, found)]
    return tuple(
        sorted(speaking, key=lambda evidence: (LEVELS.index(evidence.how_soon), PLACE[evidence.rule]))
    )


def _group(rule: str) -> tuple[str, ...]:
    return next((group for group in ONE_SPEAKS if rule in group), (rule,))


def _of_one(one: Evidence, other: Evidence) -> bool:
    """Whether two speak of the same muscle, or one of them of none; never of two signs or exercises."""
    if one.about and other.about and one.about != other.about:
        return False
    if not one.muscle or not other.muscle:
        return True
    return one.muscle == other.muscle and (one.side == other.side or "both" in (one.side, other.side))


def _is_silent(evidence: Evidence, found: Sequence[Evidence]) -> bool:
    before = _group(evidence.rule)[: _group(evidence.rule).index(evidence.rule)]
    return any(other.rule in before and _of_one(evidence, other) for other in found)


def _soonest(evidence: Evidence, found: Sequence[Evidence]) -> Evidence:
    after = _group(evidence.rule)
    levels = [other.how_soon for other in found if other.rule in after and _of_one(evidence, other)]
    soonest = min(levels, key=LEVELS.index)
    return evidence if soonest == evidence.how_soon else msgspec.structs.replace(evidence, level=soonest)


def concern_of(evidence: Evidence, today: date, name: Callable[[str], str]) -> Concern | None:
    """What the patient is told, the muscle called as ``name`` calls it; None where the therapist alone is told."""
    sentence = wording.CONCERNS.get(evidence.sentence)
    if sentence is None:
        return None
    values = _in_words(evidence.values, lambda day: day_in_words(day, today))
    muscle = name(evidence.muscle) if evidence.muscle else ""
    text = sentence(**values | {"muscle": muscle})
    return Concern(evidence.rule, text, evidence.muscle or None, evidence.cause)


def alert_sentence(evidence: Evidence) -> str:
    """What the therapist reads."""
    site = evidence.muscle.replace("-", " ") + ("" if evidence.side == "both" else f", {evidence.side}")
    values = _in_words(evidence.values, calendar_day_phrase)
    return wording.ALERTS[evidence.sentence](**values | {"muscle": site})


def _in_words(values: Mapping[str, Any], day_words: Callable[[date], str]) -> dict[str, Any]:
    said = dict(values)
    for name, value in values.items():
        if isinstance(value, date):
            said[name] = day_words(value)
        elif isinstance(value, float):
            said[name] = number_in_words(value)
    return said


def rules_table() -> Iterator[str]:
    """The rules, for ``docs/care.md``."""
    yield "| rule | how soon | when | the patient is told |"
    yield "| --- | --- | --- | --- |"
    for rule in RULES:
        yield f"| `{rule.id}` | {rule.level.replace('_', ' ')} | {rule.when} | {_patient_cell(rule)} |"


def _patient_cell(rule: Rule) -> str:
    if rule.id in BY_THE_LOCK:
        return "by the lock"
    if rule.id == "worried":
        return "when it is marked"
    told = [name for name in wording.CONCERNS if name == rule.id or name.startswith(f"{rule.id}_")]
    return wording.CONCERNS[told[0]].text if told else "–"


def thresholds_table() -> Iterator[str]:
    """What a clinic may change, for ``docs/report.md``."""
    yield "| threshold | proposed | alert |"
    yield "| --- | --- | --- |"
    for field in msgspec.structs.fields(AlertThresholds):
        users = ", ".join(f"`{rule.id}`" for rule in RULES if field.name in rule.thresholds)
        yield f"| `{field.name}` | {getattr(PROPOSED, field.name)} | {users} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join([*rules_table(), "", *thresholds_table(), ""]))
