"""docs/sound.md says what is so: the switches and their keys, what each is at first, and every pattern of bells."""

from __future__ import annotations

import re
from pathlib import Path

from reloadpt.settings import Settings
from reloadpt.tui.kit.actions import COUNT_ALOUD, SOUND, SPEECH
from reloadpt.voice.programs import INSTALL_ONE, PLAYERS, VOICES
from reloadpt.voice.tones import BELLS

PAGE = (Path(__file__).parents[2] / "docs" / "sound.md").read_text(encoding="utf-8")
TIMES = {"once": 1, "twice": 2, "three times": 3, "four times": 4, "two and two": 4}


def test_every_switch_is_told_with_its_key_and_what_it_is_at_first() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w?) ?\|.*\| (on|off) \|$", PAGE, re.MULTILINE)
    told = {name: (key, at_first == "on") for name, key, at_first in rows}
    plain = Settings()
    keys = {action.id: action.keys.upper() for action in (SOUND, SPEECH, COUNT_ALOUD)}
    assert told == {
        name: (keys.get(name, ""), getattr(plain, name))
        for name in ("sound", "speech", "count_aloud", "flash")
    }


def test_the_bells_are_told_as_they_ring() -> None:
    rows = re.findall(
        r"^\| ([a-z, ]+) \| [a-z ,]+ \| ([a-z ]+?)(?:,? slowly| each)?,? ?\|$", PAGE, re.MULTILINE
    )
    told = {name: TIMES[times] for name, times in rows}
    named = {
        "get ready": "get_ready", "three, two, one": "three", "go": "go", "rest": "rest", "change sides": "switch",
        "done": "done", "how did it feel": "rate", "the session is over": "finished",
    }  # fmt: skip
    rung = {str(kind): len(pattern) for kind, pattern in BELLS.items()}
    assert told == {name: rung[kind] for name, kind in named.items()}


def test_every_program_that_is_called_is_named() -> None:
    for name, *_ in (*PLAYERS, *VOICES):
        assert f"`{name}`" in PAGE
    assert f"`{INSTALL_ONE.partition(': ')[2]}`" in PAGE
