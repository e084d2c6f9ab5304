"""What the session screen shows of the coach at one moment: words, number, pace, figure and keys. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reloadpt.coach.dose import Beat, beats_of
from reloadpt.coach.view import View
from reloadpt.figure.tempo import figure_moment
from reloadpt.journal.events import Item
from reloadpt.program.programme import Exercise
from reloadpt.tui.kit.actions import DONE, HURTS, NEXT, SKIP, STOP, UNDO, Action
from reloadpt.tui.widgets.pace import PacePart

PREVIEW_S = 2.5
"""While one gets ready the figure shows the movement, out and back in so many seconds each."""
PACE_STEPS = 6
"""The bar of the pace moves so many times a second."""
STATE_WORDS = {"ready": "Ready", "work": "Go", "rest": "Rest", "switch": "Switch"}
BEAT_WORDS = {"out": "Out", "hold": "Hold", "return": "Return", "rest": "Let go"}
BREATH_WORDS = {"out": "In", "hold": "Pause", "return": "Out", "rest": "Rest"}
WAITING_NAMES = {"ready": "Get ready", "rest": "Rest", "switch": "Change sides"}


def state_word(view: View, item: Item) -> tuple[str, str]:
    """The one word of this moment, and its mood."""
    if view.paused:
        return "Paused", "waiting"
    if view.state == "work":
        return _beat_name(view.beat, item), "working"
    return STATE_WORDS.get(view.state, ""), "resting"


def _beat_name(beat: str | None, item: Item) -> str:
    words = BREATH_WORDS if item.type == "breathe" else BEAT_WORDS
    return words.get(beat or "", "Go")


def where_words(view: View, items: Sequence[Item]) -> str:
    """Which exercise of how many, which set, and which side."""
    side = f"{view.side} side   ".capitalize() if view.side in ("left", "right") else ""
    return f"{side}Set {view.set_number} of {view.sets}   Exercise {(view.item or 0) + 1} of {len(items)}"


def cue_words(view: View, exercise: Exercise | None) -> str:
    """The steps into position while one gets ready, then the few words that go with the movement."""
    if exercise is None:
        return ""
    return " ".join(exercise.setup) if view.state == "ready" else exercise.cue


def moment_of(view: View) -> float:
    """Where the figure is in its movement: with the beat at work, to and fro as a preview, else at rest."""
    if view.state == "work" and view.beat and view.beat_seconds:
        return figure_moment(view.beat, (view.beat_elapsed or 0) / view.beat_seconds)
    if view.state == "ready":
        turn, part = divmod(view.step_elapsed / PREVIEW_S, 1)
        return figure_moment("return" if turn % 2 else "out", part)
    return 0.0


def next_words(view: View, items: Sequence[Item], key: str) -> str:
    """What comes after this, or why time stands still and which ``key`` goes on."""
    if view.paused_because == "slept":
        return f"The computer slept, or stood still. That time does not count. {key} goes on."
    if view.paused:
        return f"Time stands still. {key} goes on."
    upcoming = view.upcoming
    if upcoming is None:
        return "Next: how it felt"
    side = f", {upcoming.side} side" if upcoming.side != "both" else ""
    return f"Next: {items[upcoming.item].name}, set {upcoming.set}{side}"


def number_of(view: View, item: Item, key: str) -> tuple[str, str, str]:
    """The one large number of this moment, the widest that will stand there, and what it counts.

    ``key`` is the key that ends a set which has no pace.
    """
    if view.state != "work":
        return (
            _seconds_left(view.step_seconds, view.step_elapsed),
            _seconds_left(view.step_seconds, 0),
            "seconds",
        )
    if view.rep is None:
        return str(item.reps), str(item.reps), f"repetitions at your own pace, then {key}"
    if item.hold_s and not item.tempo:
        of = f"seconds, hold {view.rep} of {view.reps}" if (view.reps or 1) > 1 else "seconds"
        return _seconds_left(view.beat_seconds, view.beat_elapsed or 0), clock(item.hold_s), of
    return str(view.rep), "0" * len(str(view.reps)), f"of {view.reps}"


def _seconds_left(seconds: float | None, elapsed: float) -> str:
    return "" if seconds is None else clock(max(-(-(seconds - elapsed) // 1), 0))


def clock(seconds: float) -> str:
    """Seconds, from a minute on as minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}" if whole >= 60 else str(whole)


def pace_of(view: View, item: Item, *, moving: bool) -> tuple[PacePart, ...]:
    """The beats of this repetition as parts of a bar; before and between sets the one wait.

    Where nothing is ``moving`` a part is full from its beginning.
    """
    if view.state != "work":
        if not view.step_seconds:
            return ()
        passed = _in_steps(view.step_elapsed) / view.step_seconds if moving else 1.0
        return (PacePart(WAITING_NAMES.get(view.state, ""), view.step_seconds, passed, now=True),)
    beats = _beats_of_repetition(item, view.rep)
    at = next((n for n, beat in enumerate(beats) if beat.kind == view.beat), -1)
    return tuple(
        PacePart(
            _beat_name(beat.kind, item),
            beat.seconds,
            (1.0 if not moving else _in_steps(view.beat_elapsed or 0) / beat.seconds)
            if n == at
            else float(n < at),
            now=n == at,
        )
        for n, beat in enumerate(beats)
    )


def _in_steps(seconds: float) -> float:
    """Seconds as the bar shows them: each frame that is drawn costs, and more than so many are not seen."""
    return round(seconds * PACE_STEPS) / PACE_STEPS


def _beats_of_repetition(item: Item, rep: int | None) -> list[Beat]:
    """The beats of repetition ``rep``: out, hold and return, or a hold and the rest after it."""
    beats = sorted((beat for beat in beats_of(item) if beat.rep == rep), key=lambda beat: beat.kind == "rest")
    return [beat for beat in beats if beat.seconds]


def keys_now(view: View) -> list[Action | tuple[Action, str]]:
    """What the keys do at this moment, the next obvious thing first."""
    if view.paused:
        word = "Go on"
    elif view.state == "work":
        word = "Pause" if view.step_seconds is not None else "Done"
    else:
        word = "Start now" if view.state in ("ready", "switch") else "Go on now"
    keys: list[Action | tuple[Action, str]] = [(NEXT, word)]
    if view.state == "work":
        keys.append(DONE)
    return [*keys, SKIP, HURTS, UNDO, STOP]
