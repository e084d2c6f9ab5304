"""The pages to read: every paragraph says what it rests on, in words that a child of twelve can read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reloadpt.learn.pages import Block, LearnPage, _blocks, learn_pages, sources, whole_text

DOCS = Path(__file__).parents[2] / "docs" / "learn.md"
PAGES = pytest.mark.parametrize("page", learn_pages(), ids=lambda page: page.name)


def without_source(blocks: tuple[Block, ...]) -> list[str]:
    """Sentences that claim something and rest on nothing: every piece has to end with a mark."""
    return [
        piece
        for block in blocks
        if block.kind in ("paragraph", "point")
        for piece, marks in block.pieces
        if not marks
    ]


def syllables(word: str) -> int:
    return max(len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))), 1)


def reading_age(text: str) -> float:
    """Flesch-Kincaid: the school grade, and five years on top."""
    sentences = [each for each in re.split(r"[.!?:]+(?:\s|$)", text) if each.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def text_of(page: LearnPage) -> str:
    return " ".join(block.text for block in page.blocks if block.kind in ("paragraph", "point"))


@PAGES
def test_every_paragraph_has_a_source_and_every_source_is_known(page: LearnPage) -> None:
    assert without_source(page.blocks) == []
    assert set(page.marks) <= sources().keys()
    assert [block.kind for block in page.blocks].count("title") == 1


def test_a_paragraph_without_a_source_is_found() -> None:
    text = "# A\n\nKnown. [^general]\n\nNobody said so.\n\n- One. [^general] Two.\n"
    assert without_source(tuple(_blocks(text))) == ["Nobody said so.", "Two."]


def test_every_source_is_used() -> None:
    assert {mark for page in learn_pages() for mark in page.marks} == sources().keys()


@PAGES
def test_a_child_of_twelve_can_read_it(page: LearnPage) -> None:
    assert reading_age(text_of(page)) <= 12.5


def test_a_text_for_scholars_is_told_from_one_for_children() -> None:
    hard = "Myofascial trigger-point deactivation facilitates neuromuscular reorganisation considerably."
    assert reading_age(hard) > 16
    assert reading_age("Lie on your back. Bend your knees. Now breathe out.") < 9


@PAGES
def test_nothing_is_claimed_about_toxins_and_nobody_is_told_not_to_worry(page: LearnPage) -> None:
    text = text_of(page).lower()
    for word in ("toxin", "detox", "flush", "do not worry", "don't worry", "cure", "guarantee"):
        assert word not in text


def test_what_was_asked_for_is_there() -> None:
    assert [page.name for page in learn_pages()] == [
        "needling", "overactive", "movement", "soreness", "who-not", "when-to-call",
    ]  # fmt: skip
    assert "may help to wake" in text_of(learn_pages()[0])


def test_the_docs_hold_the_same_pages() -> None:
    assert DOCS.read_text(encoding="utf-8") == whole_text()
