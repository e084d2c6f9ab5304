"""Every sentence about care stands in ``wording.py`` with its source: none is written anywhere else."""

from __future__ import annotations

import ast
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import reloadpt
from reloadpt.sentences import sentences, sentences_page
from reloadpt.wording import Sentence

SOURCE = Path(reloadpt.__file__).parent
DOCS = Path(__file__).parents[1] / "docs" / "sentences.md"
PATIENTS = (
    "care",
    "coach",
    "dialogue",
    "measures",
    "plain",
    "tui",
    "cli/patient.py",
    "cli/telling.py",
    "cli/share.py",
    "share/handout.py",
    "share/sending.py",
)
NOT_FOR_PATIENTS = re.compile(r"tui/((plan|clinic)/\w+|kit/(plan_actions|clinic_actions|keyboard))\.py")
"""The pages where a therapist makes a plan, and the therapist's app."""
CALLED_WRONGLY = ("Trouble", "UsageError", "ValueError", "ValidationError", "_require")
"""What a file or a command got wrong; nothing about a person."""
FEWEST_WORDS = 4
"""Fewer are a label."""
OF_CARE = re.compile(
    r"\b(pains?|painful|hurts?|hurting|sore|soreness|needles?|needled|needling|worse|emergency|therapist|doctor|"
    r"treats you|seen you|well done|good form|at rest)\b",
    re.IGNORECASE,
)
NOT_CARE = frozenset(
    {
        "Make the one file for your therapist; nothing is sent.",
        "Read about needling and the days after, with sources.",
        "I spoke to my therapist",
        "I told my therapist",
        "How it has gone: pain, soreness, what was done, what changed.",
        "How it was: pain and soreness",
        "A note for my therapist",
        "A note for your therapist",
        " soreness (the sorest place)   ",
        "soreness where the needle was",
        "spoke to my therapist",
        "Worst pain in the last day",
        "Where that pain was",
        "Two more with good form",
        "Written down: …, needled ….",
        "This needling was written down already; nothing changed.",
    }
)
"""Names of keys, of fields, and what was written."""


def said_about_care(source: str) -> list[str]:
    """The texts of a module that speak of care: of several words, no docstring, no help of a command."""
    tree = ast.parse(source)
    passed_over: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed_over.add(node.value)
        if isinstance(node, ast.FunctionDef):
            passed_over |= {each for decorator in node.decorator_list for each in ast.walk(decorator)}
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in CALLED_WRONGLY:
            passed_over |= {*ast.walk(node)}
    texts = []
    for node in ast.walk(tree):
        if node in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            passed_over |= {*ast.walk(node)}
            texts.append(
                "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
    return [
        text
        for text in texts
        if len(text.split()) >= FEWEST_WORDS and OF_CARE.search(text) and text not in NOT_CARE
    ]


@pytest.mark.parametrize("room", PATIENTS)
def test_no_sentence_about_care_is_written_outside_wording(room: str) -> None:
    found = {}
    for path in sorted((SOURCE / room).rglob("*.py")) or [SOURCE / room]:
        name = path.relative_to(SOURCE).as_posix()
        if not NOT_FOR_PATIENTS.search(name):
            found[name] = said_about_care(path.read_text(encoding="utf-8"))
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('talk.say("It will hurt no more, your therapist was told.")', 1),
        ('x = f"pain was {number} of ten"', 1),
        ('"""A docstring about pain and needles."""', 0),
        ("x = wording.NOT_TOLD()", 0),
    ],
)
def test_a_sentence_written_elsewhere_is_found(source: str, said: int) -> None:
    assert len(said_about_care(source)) == said


def test_every_sentence_has_a_source() -> None:
    found = {f"{group} {name} {number}": each for number, (group, name, each) in enumerate(sentences())}
    assert len(found) > 200
    assert [name for name, sentence in found.items() if not sentence.source.strip()] == []
    assert is_dataclass(Sentence)
    assert [each.name for each in fields(Sentence)] == ["text", "source"]


def test_no_sentence_uses_the_words_of_the_rules_or_talks_anybody_down() -> None:
    barred = re.compile(
        r"\b(red|amber|fail\w*|don't worry|not worry|nothing to worry|harmless|toxins?)\b", re.IGNORECASE
    )
    said = [sentence.text for _, _, sentence in sentences() if barred.search(sentence.text)]
    assert said == []


def test_the_page_for_a_therapist_holds_them_all_as_they_are() -> None:
    kept = DOCS.read_text(encoding="utf-8")
    assert kept == sentences_page(), "`python -m reloadpt.sentences > docs/sentences.md` writes it anew"
    assert all(sentence.text.replace("|", "\\|") in kept for _, _, sentence in sentences())
