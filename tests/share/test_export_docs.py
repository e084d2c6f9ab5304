"""The page about exports is true: its dictionary is made from the tables, and it names every table and code."""

from __future__ import annotations

from pathlib import Path

from reloadpt.share import fhir_terms
from reloadpt.share.dictionary import HIDDEN, dictionary
from reloadpt.share.rows import TABLES, table_columns

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")


def test_the_dictionary_is_that_of_the_tables() -> None:
    assert PAGE.endswith(dictionary())
    assert {field.column.private for name in TABLES for field in table_columns(name)} == set(HIDDEN)


def test_every_code_that_is_sent_is_told() -> None:
    for code in (fhir_terms.DURATION, fhir_terms.EFFORT, fhir_terms.ACTIVITY, fhir_terms.PAIN,
                 fhir_terms.EXERCISE_THERAPY, fhir_terms.PHYSICAL_THERAPY):  # fmt: skip
        assert code[0] in PAGE
    for system in (fhir_terms.OURS, fhir_terms.ALIASES):
        assert system in PAGE


def test_what_was_not_tried_is_said() -> None:
    for words in ("not run against the HL7 reference validator", "terminology server", "Excel was not tried"):
        assert words in PAGE
