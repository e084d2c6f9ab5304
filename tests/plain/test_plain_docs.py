"""docs/plain.md names every word that can be typed while a session runs, and shows a question as it is."""

from __future__ import annotations

import re
from pathlib import Path

from app_runs import HandClock, home_with_plan
from plain_runs import MORNING, Person, converse
from reloadpt.plain import session

PAGE = (Path(__file__).parents[2] / "docs" / "plain.md").read_text(encoding="utf-8")


def test_every_word_of_a_session_is_in_the_table_with_its_short_form() -> None:
    rows = re.findall(r"^\| `([\w ]+)` \| (?:`([\w+])`)? ?\|", PAGE, re.MULTILINE)
    told = dict(rows)
    for word in session.TIMED[1:]:
        short = next((other for other in word.also if len(other) == 1), "")
        assert told[word.typed] == short
    assert set(told) == {word.typed for word in session.TIMED[1:]} | {"quit"}


def test_every_reason_to_skip_is_named() -> None:
    for word in session.REASON_WORDS:
        assert any(f"`{each}`" in PAGE for each in (word.typed, *word.also))


def test_the_question_shown_is_asked(tmp_path: Path) -> None:
    shown = re.search(r"```\n(The pain you came for.*)\n```", PAGE)
    assert shown
    person = converse(home_with_plan(tmp_path), Person(HandClock(MORNING)))
    assert shown[1] in person.waited
