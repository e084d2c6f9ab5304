"""Whoever is told by Today is on the therapist's list, and the other way round, but for the rules that are his alone."""

from __future__ import annotations

from collections import Counter

import pytest

from invented_histories import THERAPIST_ALONE, InventedLife, both_told, told_the_patient, told_the_therapist
from profiles import thoroughness
from reloadpt import wording
from reloadpt.care.rules import RULES

OF_A_SIGN = {"warning_sign", "faint", "worried"}


@pytest.mark.parametrize("first", [0, 10, 20])
def test_both_are_told_by_the_same_rules(first: int) -> None:
    fired: Counter[str] = Counter()
    for seed in range(first * thoroughness(), (first + 10) * thoroughness()):
        patient, therapist = both_told(seed)
        assert patient == therapist, f"seed {seed}"
        fired += patient
    assert len(fired) >= 4, "the histories fire rules of many kinds"


def test_what_one_of_them_alone_is_told_is_noticed() -> None:
    life = next(life for life in (InventedLife(seed).lived() for seed in range(40)) if life.today().concerns)
    patient, therapist = told_the_patient(life.today()), told_the_therapist(life)
    assert patient == therapist != Counter()
    assert patient - Counter([next(iter(patient))]) != therapist


def test_only_six_rules_are_the_therapist_s_alone() -> None:
    without = {
        rule.id
        for rule in RULES
        if not any(name == rule.id or name.startswith(f"{rule.id}_") for name in wording.CONCERNS)
    }
    assert without - OF_A_SIGN == THERAPIST_ALONE
