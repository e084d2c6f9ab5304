"""The tones as they reach a player: their pitches, measured; and the bell's patterns where there is no player."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from typing import get_args

import pytest

from reloadpt.coach.cues import LAST_SECONDS, CueKind
from reloadpt.settings import Settings
from reloadpt.voice.tones import BELLS, TONES, tones_heard, wave_of
from reloadpt.voice.voice import BellPattern, Voice
from stand_ins import Machine, cue, is_running, item, levels, loudness, pitch
from waiting import until

ITEMS = (item(),)
ON = Settings(sound=True)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine.set_up(tmp_path, monkeypatch)


def measured(kind: CueKind, data: bytes) -> list[float]:
    """What each note of a tone sounds like in ``data``, from the middle of the note."""
    found, at = [], 0.0
    for note in TONES[kind]:
        found.append(pitch(data, at + 0.2 * note.seconds, at + 0.8 * note.seconds))
        at += note.seconds
    return found


def voice(ring: object = None) -> Voice:
    return Voice(ring if callable(ring) else None, ticks=lambda: 0.0)


@pytest.mark.parametrize("player", ["aplay", "play"])
@pytest.mark.parametrize("kind", TONES)
def test_every_tone_reaches_the_player_at_its_own_pitches(
    machine: Machine, kind: CueKind, player: str
) -> None:
    machine.install_player(player)
    spoken = voice()
    assert spoken.heed([cue(kind)], 0.0, ON, ITEMS, {}) == ""
    (data,) = machine.kept("wav", 1)
    spoken.close()
    for note, found in zip(TONES[kind], measured(kind, data), strict=True):
        assert found == pytest.approx(note.pitch, rel=0.02), kind
    (arguments,) = machine.kept("arguments", 1)
    assert str(machine.heard).encode() not in arguments, "it comes on standard input, from no file"


def test_a_player_of_raw_samples_is_handed_them_without_a_header(machine: Machine) -> None:
    machine.install_player("paplay")
    spoken = voice()
    spoken.heed([cue("go")], 0.0, ON, ITEMS, {})
    (data,) = machine.kept("wav", 1)
    spoken.close()
    assert wave_of(("go",))[44:] == data


def test_the_tones_are_told_from_each_other_by_their_pitches() -> None:
    sound_of = {
        kind: [round(each, -1) for each in measured(kind, wave_of((kind,)))]
        for kind in TONES
        if kind not in ("two", "one")
    }
    for one, other in combinations(sound_of, 2):
        assert sound_of[one] != sound_of[other], (one, other)
    assert {wave_of((kind,)) for kind in LAST_SECONDS} == {wave_of(("one",))}


def test_the_measure_would_notice_another_pitch_and_silence() -> None:
    data = wave_of(("go",))
    assert measured("rest", data) != pytest.approx([note.pitch for note in TONES["rest"]], rel=0.02)
    silent = data[:44] + bytes(len(data) - 44)
    assert measured("go", silent) == [0.0]
    assert loudness(silent) == 0 < 0.2 < loudness(data)


def test_no_tone_clicks_or_is_cut_off() -> None:
    for kind in TONES:
        samples, _ = levels(wave_of((kind,)))
        assert max(samples) < 32767 * 0.7
        assert max(abs(after - before) for before, after in pairwise(samples)) < 6600
        assert abs(samples[0]) + abs(samples[-1]) < 100


def test_cues_that_come_at_once_sound_one_after_the_other_and_go_waits_for_none() -> None:
    assert tones_heard(["done", "rest"]) == ("done", "rest")
    assert tones_heard(["count", "done", "go", "out"]) == ("go",)
    assert tones_heard(["out", "count"]) == ()
    both = len(wave_of(("done", "rest")))
    assert both > len(wave_of(("done",))) + len(wave_of(("rest",)))


def test_bells_are_told_from_each_other_by_number_or_rhythm() -> None:
    assert set(BELLS) == set(TONES) <= set(get_args(CueKind))
    patterns = {kind: pattern for kind, pattern in BELLS.items() if kind not in (*LAST_SECONDS, "get_ready")}
    assert len(set(patterns.values())) == len(patterns)
    for pattern in BELLS.values():
        gaps = [after - before for before, after in pairwise(pattern)]
        assert all(gap >= 0.19 for gap in gaps), "a terminal that rings slower makes one bell of two"


def test_a_pattern_rings_when_each_bell_is_due() -> None:
    rung: list[float] = []
    now = [5.0]
    ringing = BellPattern(lambda: rung.append(now[0]), BELLS["rest"], lambda: now[0])
    for moment in (5.1, 5.25, 5.3, 5.45):
        now[0] = moment
        ringing.poll()
    assert rung == [5.0, 5.25, 5.45]
    assert ringing.poll() == 0


@pytest.mark.parametrize("broken", [[], ["paplay"], ["paplay", "aplay", "play"]])
def test_without_a_player_that_works_the_bell_rings(machine: Machine, broken: list[str]) -> None:
    for name in broken:
        machine.install_broken(name)
    rung: list[None] = []
    spoken = voice(lambda: rung.append(None))
    spoken.heed([cue("three")], 0.0, ON, ITEMS, {})
    until(lambda: rung, "a bell")
    assert len(machine.kept("arguments", 0)) == len(broken)
    spoken.heed([cue("two")], 0.0, ON, ITEMS, {})
    until(lambda: len(rung) == 2, "another bell")
    spoken.close()
    assert len(machine.kept("arguments", 0)) == len(broken), "what failed is not tried again"


def test_a_player_that_fails_leaves_the_tone_to_the_next_one(machine: Machine) -> None:
    machine.install_broken("paplay")
    machine.install_player("aplay")
    spoken = voice()
    spoken.heed([cue("go")], 0.0, ON, ITEMS, {})
    assert measured("go", machine.kept("wav", 1)[0]) == [pytest.approx(1046.5, rel=0.02)]
    spoken.close()


def test_a_newer_tone_ends_one_that_still_sounds_and_closing_ends_all(machine: Machine) -> None:
    machine.install_endless("aplay")
    spoken = voice()
    spoken.heed([cue("rest")], 0.0, ON, ITEMS, {})
    (first,) = map(int, machine.kept("pid", 1))
    assert is_running(first)
    spoken.heed([cue("go")], 0.0, ON, ITEMS, {})
    second = int(machine.kept("pid", 2)[1])
    until(lambda: not is_running(first), "the end of the first")
    assert is_running(second)
    spoken.close()
    until(lambda: not is_running(second), "the end of the second")


def test_what_comes_too_late_is_not_heard(machine: Machine) -> None:
    machine.install_player()
    spoken = voice()
    spoken.heed([cue("rest", 10.0), cue("three", 37.0)], 40.0, ON, ITEMS, {})
    spoken.heed([cue("rest", 10.0), cue("go", 40.0)], 40.1, ON, ITEMS, {})
    (data,) = machine.kept("wav", 1)
    spoken.close()
    assert data == wave_of(("go",))


def test_sound_off_is_silent_and_over_ssh_nothing_sounds_here(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.install_player()
    rung: list[None] = []
    off = voice(lambda: rung.append(None))
    off.heed([cue("go")], 0.0, Settings(sound=False), ITEMS, {})
    off.close()
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    far = voice(lambda: rung.append(None))
    far.heed([cue("three")], 0.0, ON, ITEMS, {})
    until(lambda: rung, "the bell of the terminal")
    far.close()
    assert len(rung) == 1
    assert machine.kept("arguments", 0) == []
