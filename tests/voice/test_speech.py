"""What is spoken, by a voice that is really installed, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_runs import HOSTILE
from reloadpt.coach.coach import Coach
from reloadpt.coach.cues import Cue
from reloadpt.program.library import Library
from reloadpt.settings import Settings
from reloadpt.voice.programs import FAR_AWAY, INSTALL_ONE, LONGEST, utterance
from reloadpt.voice.voice import NOT_HEARD, Voice
from reloadpt.voice.words import words_at
from stand_ins import ESPEAK, Machine, cue, is_running, item, loudness
from waiting import until

ITEMS = (item(),)
SPEECH = Settings(sound=False, speech=True)
COUNTING = Settings(sound=False, count_aloud=True)
BOTH = Settings(sound=False, speech=True, count_aloud=True)
ALL = Settings(sound=True, speech=True, count_aloud=True)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine.set_up(tmp_path, monkeypatch)


def voice() -> Voice:
    return Voice(None)


def said(*cues: Cue, speech: bool = True, count_aloud: bool = True) -> str:
    return words_at(cues, ITEMS, {}, speech=speech, count_aloud=count_aloud)


@pytest.mark.skipif(ESPEAK is None, reason="needs espeak-ng")
def test_the_installed_voice_speaks_and_is_not_silent(machine: Machine) -> None:
    machine.install_espeak()
    spoken = voice()
    assert spoken.heed([cue("count", rep=3)], 0.0, BOTH, ITEMS, {}) == ""
    assert loudness(machine.kept("wav", 1)[0]) > 0.02
    spoken.heed([cue("get_ready", seconds=5)], 0.0, BOTH, ITEMS, {})
    short, long = machine.kept("wav", 2)
    spoken.close()
    assert loudness(long) > 0.02
    assert len(long) > 3 * len(short), "a sentence is longer than a number"
    for arguments in machine.kept("arguments", 2):
        assert b"Bird" not in arguments, "what is said is in no list of processes"


def test_what_is_said_comes_on_standard_input_and_in_no_argument(machine: Machine) -> None:
    machine.install_voice()
    spoken = voice()
    spoken.heed([cue("get_ready", seconds=5)], 0.0, SPEECH, ITEMS, {})
    assert machine.words(1) == ["Bird dog, set 1 of 3: 8 repetitions.\n"]
    assert machine.kept("arguments", 1) == [b"--stdin -v en -s 160\n"]
    spoken.close()


@pytest.mark.parametrize(
    ("speech", "count_aloud", "what"),
    [(True, True, "4 Hold."), (True, False, "Hold."), (False, True, "4"), (False, False, "")],
)
def test_cues_and_counting_are_each_on_or_off_alone(*, speech: bool, count_aloud: bool, what: str) -> None:
    cues = cue("count", rep=4), cue("hold", rep=5, seconds=2)
    assert said(*cues, speech=speech, count_aloud=count_aloud) == what


def test_every_repetition_of_a_set_is_counted(machine: Machine) -> None:
    machine.install_voice()
    coach = Coach("2026-11-22.1", ITEMS)
    spoken = voice()
    coach.begin(0.0)
    heard = 0
    while (due := coach.next_boundary()) is not None and heard < 8:
        cues = [each for each in coach.advance(due) if isinstance(each, Cue)]
        spoken.heed(cues, due, COUNTING, ITEMS, {})
        if any(each.kind == "count" for each in cues):
            heard += 1
            machine.words(heard)
    spoken.close()
    assert machine.words(8) == [f"{number}\n" for number in range(1, 9)]


def test_how_it_is_done_is_said_where_there_is_time_to_listen() -> None:
    exercise = next(each for each in Library().programme("multifidus").exercises)
    dealt = (item(exercise=exercise.id, name=exercise.name),)
    exercises = {exercise.id: exercise}
    long = words_at([cue("get_ready", seconds=30)], dealt, exercises, speech=True, count_aloud=False)
    short = words_at([cue("get_ready", seconds=5)], dealt, exercises, speech=True, count_aloud=False)
    assert " ".join(exercise.setup)[:30] in long
    assert exercise.setup[0] not in short


def test_what_comes_at_once_is_one_utterance() -> None:
    assert (
        said(cue("count", rep=8), cue("done"), cue("rest", set=2, seconds=30)) == "8 Done. Rest 30 seconds."
    )


def test_a_newer_utterance_ends_a_late_one_but_a_passing_word_cuts_no_instruction(machine: Machine) -> None:
    machine.install_endless("espeak-ng")
    spoken = voice()
    spoken.heed([cue("rest", set=2, seconds=30)], 0.0, BOTH, ITEMS, {})
    (first,) = map(int, machine.kept("pid", 1))
    spoken.heed([cue("three")], 0.0, BOTH, ITEMS, {})
    spoken.heed([cue("count", rep=1)], 0.0, BOTH, ITEMS, {})
    assert is_running(first)
    spoken.heed([cue("go")], 0.0, BOTH, ITEMS, {})
    second = int(machine.kept("pid", 2)[1])
    until(lambda: not is_running(first), "the end of the first")
    assert machine.words(2) == ["Rest 30 seconds.\n", "Go.\n"]
    spoken.close()
    until(lambda: not is_running(second), "the end of the second")


def test_where_tones_count_the_last_seconds_down_the_voice_does_not(machine: Machine) -> None:
    machine.install_voice()
    spoken = voice()
    for kind in ("three", "two", "one"):
        spoken.heed([cue(kind)], 0.0, ALL, ITEMS, {})
    spoken.heed([cue("go")], 0.0, ALL, ITEMS, {})
    assert machine.words(1) == ["Go.\n"]
    spoken.close()
    assert said(cue("three")) == "3"


def test_without_a_voice_one_line_says_how_to_get_one_and_it_is_said_once(machine: Machine) -> None:
    spoken = voice()
    assert spoken.heed([cue("go")], 0.0, SPEECH, ITEMS, {}) == INSTALL_ONE
    assert spoken.heed([cue("done")], 1.0, SPEECH, ITEMS, {}) == ""
    quiet = voice()
    assert quiet.heed([cue("go")], 0.0, Settings(), ITEMS, {}) == ""
    spoken.close()


def test_a_voice_that_finds_no_loudspeaker_is_told_of(machine: Machine) -> None:
    machine.install_broken("espeak-ng", "/bin/echo 'error: No such file or directory' >&2")
    spoken = voice()
    spoken.heed([cue("go")], 0.0, SPEECH, ITEMS, {})
    until(spoken.trouble, "the end of its hope")
    assert spoken.heed([cue("done")], 1.0, SPEECH, ITEMS, {}) == NOT_HEARD
    spoken.close()


def test_over_ssh_nothing_is_spoken_at_the_other_end(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.install_voice()
    monkeypatch.setenv("SSH_TTY", "/dev/pts/7")
    spoken = voice()
    assert spoken.heed([cue("go")], 0.0, SPEECH, ITEMS, {}) == FAR_AWAY
    spoken.close()
    assert machine.kept("arguments", 0) == []


@given(st.text(max_size=LONGEST * 3))
def test_whatever_an_exercise_is_called_a_voice_is_handed_one_line_without_commands(name: str) -> None:
    line = utterance(words_at([cue("get_ready")], (item(name),), {}, speech=True, count_aloud=False))
    assert line.isprintable()
    assert len(line) <= LONGEST
    assert not set("[]<>|\\") & set(line)


def test_hostile_words_reach_the_voice_as_words(machine: Machine) -> None:
    machine.install_voice()
    spoken = voice()
    name = "-f /etc/passwd [[volm 0]] <audio src='x'/> " + HOSTILE
    spoken.heed([cue("get_ready", seconds=5)], 0.0, SPEECH, (item(name),), {})
    (words,) = machine.words(1)
    assert words.count("\n") == 1
    assert words.startswith("-f /etc/passwd volm 0 audio src='x'/ ")
    assert machine.kept("arguments", 1) == [b"--stdin -v en -s 160\n"]
    spoken.close()


def test_nothing_of_what_is_said_is_left_on_the_disk(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.chdir(scratch)
    machine.install_voice()
    machine.install_player()
    spoken = voice()
    spoken.heed([cue("go")], 0.0, ALL, ITEMS, {})
    machine.words(1)
    machine.kept("wav", 1)
    spoken.close()
    assert list(scratch.iterdir()) == []
