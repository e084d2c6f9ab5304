from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reloadpt import wording
from reloadpt.care.rules import (
    BY_ID,
    ONE_SPEAKS,
    RULES,
    Evidence,
    alert_sentence,
    concern_of,
    in_order,
    rules_table,
    thresholds_table,
)

DOCS = Path(__file__).parents[2] / "docs"
ALONE = {"no_report", "unread", "low", "limit_needed", "gate_waits", "withdrawn"}
"""The rules that only a therapist is told of."""
AT_ONCE = {"warning_sign", "faint", "worried"}
"""A sign tells the patient by its lock, another worry is answered where it is told."""


def test_every_rule_has_its_sentences() -> None:
    for told, therapist_alone in ((wording.ALERTS, False), (wording.CONCERNS, True)):
        without = {rule.id for rule in RULES if not any(_is_of(name, rule.id) for name in told)}
        assert without == (ALONE | AT_ONCE if therapist_alone else set())
    for name in (*wording.ALERTS, *wording.CONCERNS):
        assert any(_is_of(name, rule.id) for rule in RULES), f"{name} is the sentence of no rule"


def _is_of(sentence: str, rule: str) -> bool:
    longer = [other for other in BY_ID if other.startswith(f"{rule}_") and sentence.startswith(other)]
    return (sentence == rule or sentence.startswith(f"{rule}_")) and not longer


@pytest.mark.parametrize(("page", "table"), [("care.md", rules_table), ("report.md", thresholds_table)])
def test_the_pages_print_the_table(page: str, table: object) -> None:
    assert callable(table)
    assert "\n".join(table()) in (DOCS / page).read_text(encoding="utf-8")


def test_of_those_that_say_the_same_the_first_speaks_at_the_soonest_level() -> None:
    low = Evidence(rule="low", level="this_week")
    missed = Evidence(rule="missed")
    assert [(found.rule, found.how_soon) for found in in_order([low, missed])] == [("missed", "this_week")]
    assert [(found.rule, found.how_soon) for found in in_order([missed])] == [("missed", "at_visit")]


def test_a_muscle_silences_only_itself() -> None:
    stopped = Evidence(rule="stopped", muscle="multifidus")
    other = Evidence(rule="stepped_back", muscle="upper-trapezius", side="left")
    same = Evidence(rule="stepped_back", muscle="multifidus", side="left")
    assert [found.muscle for found in in_order([other, same, stopped])] == ["multifidus", "upper-trapezius"]


def test_each_group_of_which_one_speaks_is_of_rules_and_has_no_rule_twice() -> None:
    grouped = [rule for group in ONE_SPEAKS for rule in group]
    assert {*grouped} <= {*BY_ID}
    assert len(grouped) == len({*grouped})


def test_both_sentences_are_told_from_one_evidence() -> None:
    evidence = Evidence(
        rule="missed", values={"days": 2, "first": date(2026, 11, 22), "last": date(2026, 11, 23)}
    )
    concern = concern_of(evidence, date(2026, 11, 24), str)
    assert concern is not None
    assert concern.text.startswith(
        "2 planned days in a row went by, the first on Sunday, the last yesterday."
    )
    assert alert_sentence(evidence) == "2 planned days in a row not opened, 22 November to 23 November."


def test_a_rule_of_the_therapist_alone_tells_the_patient_nothing() -> None:
    assert concern_of(Evidence(rule="low", values={}), date(2026, 11, 24), str) is None
