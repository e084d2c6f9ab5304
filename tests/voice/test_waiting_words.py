"""With speech alone a person hears what waits to be read: the card, a hold, a stop for pain, more time."""

from __future__ import annotations

from reloadpt.coach.cues import Cue
from reloadpt.journal.events import Item
from reloadpt.program.library import Library
from reloadpt.voice.words import words_at

TILTS = "lumbar-paraspinals/pelvic-tilts"
ITEM = Item(
    exercise=TILTS, name="Pelvic tilts", muscle="lumbar-paraspinals", phase="activate", intent="calm",
    sets=2, reps=10, tempo="2-2-2", rest_s=20,
)  # fmt: skip


def said(cue: Cue) -> str:
    exercises = {TILTS: Library().exercise(TILTS)}
    return words_at([cue], [ITEM], exercises, speech=True, count_aloud=False)


def test_a_card_is_heard_whole_and_says_that_it_waits() -> None:
    heard = said(Cue("card", 0, 0, "both", 1))
    assert heard.startswith(
        "New: Pelvic tilts. 2 sets of 10, 2 seconds out, 2 held, 2 back; rest 20 seconds."
    )
    for part in ("Lie on your back", "Stop if: it gets clearly worse", "Feel: ", "Avoid: ", "To do less: "):
        assert part in heard
    assert heard.endswith("Take your time. It goes on when you are ready.")


def test_a_hold_a_stop_for_pain_and_more_time_are_heard() -> None:
    assert said(Cue("paused", 0, 0)) == "Time stands still."
    assert said(Cue("hurt", 0, 0)) == (
        "Stopped. Left out for today: Pelvic tilts. Take your time. It goes on when you are ready."
    )
    assert said(Cue("more_time", 0, 0, seconds=60)) == "60 seconds now."


def test_easier_says_from_what_to_what() -> None:
    before = Item(
        exercise=TILTS, name="Pelvic tilts", muscle="lumbar-paraspinals", phase="activate", intent="calm",
        sets=2, reps=14, tempo="2-2-2",
    )  # fmt: skip
    assert said(Cue("easier", 0, 0, before=before)) == (
        "Easier from here on: 10 repetitions instead of 14 repetitions."
    )
