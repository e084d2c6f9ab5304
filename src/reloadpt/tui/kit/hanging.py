"""Words that stay under their beginning where they wrap, beside a label or a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from textual.widgets import OptionList

INDENT = 11
NARROWEST = 10
BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:s|h|kg|%)(?!\w))")
"""A number and its unit stay together."""


def hanging(
    label: Content, text: str | Content, width: int, style: str = "", indent: int = INDENT
) -> Iterator[Content]:
    """A label and words beside it, on as many lines as they take in ``width`` cells."""
    words = Content.styled(text, style) if isinstance(text, str) else text
    room = max(NARROWEST, width - indent)
    plain = BEFORE_UNIT.sub("\u00a0", words.plain)
    at = 0
    for line in wrap(plain, room, replace_whitespace=False, expand_tabs=False) or [""]:
        at = plain.index(line, at)
        yield label.truncate(indent, pad=True) + words[at : at + len(line)]
        at += len(line)
        label = Content("")


def lay_out(option_list: OptionList, lines: Iterable[Content]) -> None:
    """Give each option its line; those that have it are left alone."""
    for at, line in enumerate(lines):
        if line != option_list.get_option_at_index(at).prompt:
            option_list.replace_option_prompt_at_index(at, line)
