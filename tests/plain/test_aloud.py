"""The line mode lets nothing be heard beside its lines unless that was asked for."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pexpect
import pytest

from app_runs import HandClock, home_with_plan, low_back_plan
from ear import Ear
from plain_runs import MORNING, TWO_LONG_HOLDS, Lists, Person, agreeable, converse, only
from program_runs import environment
from reloadpt.files import Places
from reloadpt.plain.session import SpokenOutput
from reloadpt.settings import Settings


def home(folder: Path) -> Places:
    return home_with_plan(folder, low_back_plan(**only(TWO_LONG_HOLDS)))


@pytest.mark.parametrize("self_paced", [False, True])
def test_asked_for_it_lets_every_cue_be_heard(tmp_path: Path, *, self_paced: bool) -> None:
    ear = Ear()
    wanted = Settings(speech=True)
    person = converse(
        home(tmp_path), Person(HandClock(MORNING)), self_paced=self_paced, aloud=SpokenOutput(ear, wanted)
    )
    assert "Well done. It is saved." in person.said
    assert ear.kinds().count("go") == ear.kinds().count("done") == 2
    assert all(each == wanted for _, each in ear.heard)
    if not self_paced:
        assert max(ear.late) < 1.0


def test_where_there_is_no_voice_one_line_says_so(tmp_path: Path) -> None:
    told = "No voice is installed here."
    ear = Ear(told)
    person = converse(
        home(tmp_path), Person(HandClock(MORNING)), aloud=SpokenOutput(ear, Settings(speech=True))
    )
    assert told in person.said


@pytest.mark.parametrize("asked", [(), ("--aloud",)])
def test_the_bell_rings_only_where_it_is_asked_for(tmp_path: Path, asked: tuple[str, ...]) -> None:
    needled = datetime.now(UTC).astimezone() - timedelta(hours=30)
    places = home_with_plan(tmp_path, low_back_plan(needled, **only(TWO_LONG_HOLDS)))
    child = pexpect.spawn(
        sys.executable,
        ["-m", "reloadpt", "--plain", "--self-paced", *asked],
        env={**environment(places.data), "TERM": "dumb", "PATH": str(tmp_path)},
        timeout=None,
        echo=False,
    )
    said, lists = b"", Lists()
    while b"at your own pace." not in said:
        child.expect(rb"[^\n]*\n")
        said += child.after
        line = child.after.decode().strip("\a\r\n")
        if answers := lists.of(line):
            child.sendline(agreeable(line, answers))
    if asked:
        while b"\a" not in said:
            said += child.read(1)
    assert (b"\a" in said) == bool(asked)
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
