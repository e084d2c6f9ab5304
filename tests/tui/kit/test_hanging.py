"""Words that wrap stay under their beginning, whole and in order."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from app_runs import NEEDLED, HandClock, home_with_plan, press, running, text_of, until
from reloadpt.tui.kit.hanging import NARROWEST, hanging
from reloadpt.tui.widgets.hung_text import HangingLine

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


def test_where_there_is_little_room_the_label_stands_in_the_line() -> None:
    told = HangingLine(Content("four words are here"), "Dose", 10)
    assert [line.plain for line in told.lines(40)] == ["Dose      four words are here"]
    assert [line.plain for line in told.lines(18)] == ["Dose  four words", "are here"]


async def test_a_setting_and_a_key_stand_readably_in_twenty_columns(tmp_path: Path) -> None:
    async with running(home_with_plan(tmp_path), HandClock(NEEDLED), (20, 8)) as (app, pilot):
        await press(pilot, "comma")
        await until(pilot, lambda: "Motion: on" in text_of(app), "a setting with its value on one line")
        await press(pilot, "question_mark")
        await until(pilot, lambda: "What the keys" in text_of(app), "help")
        lines: list[str] = []
        for _ in range(30):
            lines = [line.strip() for line in text_of(app).splitlines()]
            if any(line.startswith("Turn the marked") for line in lines):
                break
            await press(pilot, "down")
        assert any(line.startswith("Turn the marked") for line in lines), lines
