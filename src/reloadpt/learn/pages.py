"""The pages of this folder, read into headings, paragraphs and points with the sources each rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_HERE = Path(__file__).parent
_MARK = re.compile(r" ?\[\^([a-z0-9-]+)\]")
_SOURCE = re.compile(r"\[\^([a-z0-9-]+)\]: (.+)")

Kind = Literal["title", "heading", "paragraph", "point"]
_KINDS: dict[str, Kind] = {"#": "title", "##": "heading", "-": "point"}


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a point of a list; ``pieces`` are its text in parts, each with its marks."""

    kind: Kind
    pieces: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """The words without the marks."""
        return " ".join(piece for piece, _ in self.pieces)

    @property
    def marks(self) -> tuple[str, ...]:
        """What it rests on, each once."""
        return tuple(dict.fromkeys(mark for _, marks in self.pieces for mark in marks))


@dataclass(frozen=True)
class LearnPage:
    """One page: its name for commands, and its blocks in order."""

    name: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The page's heading."""
        return self.blocks[0].text

    @property
    def marks(self) -> tuple[str, ...]:
        """The sources of the page, in the order they are met; they are numbered so."""
        return tuple(dict.fromkeys(mark for block in self.blocks for mark in block.marks))


@cache
def learn_pages() -> tuple[LearnPage, ...]:
    """All pages, in their order."""
    return tuple(
        LearnPage(path.stem.partition("-")[2], tuple(_blocks(path.read_text(encoding="utf-8"))))
        for path in _files()
    )


@cache
def sources() -> dict[str, str]:
    """What each mark stands for: a publication with its address, general practice, or our proposal."""
    return dict(_SOURCE.findall((_HERE / "sources.md").read_text(encoding="utf-8")))


def whole_text() -> str:
    """All pages as one Markdown text with its sources, as it stands in the docs."""
    pages = [path.read_text(encoding="utf-8").replace("\n## ", "\n### ") for path in _files()]
    return "\n".join(
        [
            "# About needling, and the days after\n",
            "The pages that the app shows under Learn. `python -m reloadpt.learn > docs/learn.md` writes this file.\n",
            *(f"#{page}" for page in pages),
            (_HERE / "sources.md").read_text(encoding="utf-8").replace("\n[", "\n\n[").rstrip(),
            "",
        ]
    )


def _files() -> list[Path]:
    return sorted(_HERE.glob("[0-9]-*.md"))


def _blocks(text: str) -> list[Block]:
    blocks = []
    for line in filter(None, map(str.strip, text.splitlines())):
        sign, _, rest = line.partition(" ")
        kind = _KINDS.get(sign)
        blocks.append(Block(kind or "paragraph", _pieces(rest if kind else line)))
    return blocks


def _pieces(line: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts of a line between its marks: ``A. [^a] [^b] C. [^c]`` has two."""
    pieces: list[tuple[str, tuple[str, ...]]] = []
    begin = 0
    for mark in _MARK.finditer(line):
        words = line[begin : mark.start()].strip().replace("*", "")
        if words:
            pieces.append((words, (mark.group(1),)))
        else:
            last, marks = pieces[-1]
            pieces[-1] = (last, (*marks, mark.group(1)))
        begin = mark.end()
    rest = line[begin:].strip().replace("*", "")
    return (*pieces, (rest, ())) if rest else tuple(pieces)
