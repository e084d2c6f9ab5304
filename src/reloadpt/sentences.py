"""Every sentence about care as one page for a therapist to review: ``python -m reloadpt.sentences > docs/sentences.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from reloadpt import wording
from reloadpt.wording import Sentence

ABOUT = (
    "What a person is told or asked about care, all of it, for a therapist to read and check. "
    "`python -m reloadpt.sentences > docs/sentences.md` writes this page from `src/reloadpt/wording.py`. Names in "
    "braces are filled in. A sentence rests on a publication, on general practice, or is our proposal, which is no "
    "evidence. What is not a whole sentence is a piece of one."
)
SOURCES = ("GENERAL_PRACTICE", "PROPOSAL")


def sentences() -> Iterator[tuple[str, str, Sentence]]:
    """Each sentence with the group it stands in and its name there, in the order of ``wording``."""
    for group, value in vars(wording).items():
        if group.isupper() and group not in SOURCES:
            yield from ((group, name, sentence) for name, sentence in _within(value))


def _within(value: object, name: str = "") -> Iterator[tuple[str, Sentence]]:
    if isinstance(value, Sentence):
        yield name, value
    elif isinstance(value, str):
        yield name, Sentence(value, wording.PROPOSAL)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _within(inner, f"{name} {key}".strip())
    elif isinstance(value, tuple):
        for inner in value:
            yield from _within(inner, name)


def sentences_page() -> str:
    """The page: a table for each group, with what each sentence rests on."""
    lines = ["# Every sentence about care", "", ABOUT]
    last = ""
    for group, name, sentence in sentences():
        if group != last:
            last = group
            title = group.replace("_", " ").capitalize()
            lines += ["", f"## {title}", "", "| which | sentence | rests on |", "| --- | --- | --- |"]
        lines.append(f"| {name} | {_cell(sentence.text)} | {_cell(sentence.source)} |")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(sentences_page())
