"""Words that wrap stay under their beginning, whole and in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from reloadpt.tui.hanging import NARROWEST, hanging

WORDS = st.lists(st.text("abcXYZ-é.,()", min_size=1, max_size=14), min_size=1, max_size=30).map(" ".join)


@given(text=WORDS, width=st.integers(1, 60), indent=st.integers(0, 12))
def test_every_word_is_there_beside_the_label_and_within_the_width(
    text: str, width: int, indent: int
) -> None:
    lines = [line.plain for line in hanging(Content("#"), text, width, indent=indent)]
    assert all(len(line) <= max(width, indent + NARROWEST) for line in lines)
    assert all(line[:indent].strip() in ("#", "") for line in lines)
    assert sum(line[:indent].strip() == "#" for line in lines) == (indent > 0)
    assert "".join("".join(line[indent:] for line in lines).split()) == "".join(text.split())


def test_styles_go_with_their_words() -> None:
    told = Content.assemble("one two ", ("three four", "bold"))
    lines = list(hanging(Content("a"), told, 12, indent=2))
    assert [line.plain for line in lines] == ["a one two", "  three four"]
    assert [[span.style for span in line.spans] for line in lines] == [[], ["bold"]]


def test_a_number_and_its_unit_stay_together() -> None:
    lines = [line.plain for line in hanging(Content(""), "10 repetitions, 3 s", 17, indent=0)]
    assert lines == ["10 repetitions,", "3 s"]
    assert [line.plain for line in hanging(Content(""), "a 3 sets", 10, indent=0)] == ["a 3 sets"]
