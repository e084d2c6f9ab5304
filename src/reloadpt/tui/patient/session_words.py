"""What the session screen shows of the coach at one moment: words, number, pace, figure and keys. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from reloadpt import wording
from reloadpt.care.exercise_outcomes import ExerciseOutcome
from reloadpt.care.in_words import dose_sentence
from reloadpt.care.instructions import card_lines
from reloadpt.coach.coach import Voided
from reloadpt.coach.dose import Beat, beats_of
from reloadpt.coach.timeline import FLOOR, POSITION_S
from reloadpt.coach.view import View
from reloadpt.figure.tempo import figure_moment
from reloadpt.journal.events import Item
from reloadpt.program.programme import Exercise
from reloadpt.tui.kit.actions import DONE, EASIER, HOW, HURTS, MORE_TIME, NEXT, SKIP, STOP, UNDO, Action
from reloadpt.tui.widgets.hung_text import HangingLine
from reloadpt.tui.widgets.pace import PacePart
from reloadpt.voice.spoken import seconds_in_words

PREVIEW_S = 2.5
"""While one gets ready the figure shows the movement, out and back in so many seconds each."""
LABEL = 12
"""Cells of what stands before a line of a card."""
PACE_STEPS = 6
"""The bar of the pace moves so many times a second."""
STATE_WORDS = {
    "card": "Read",
    "ready": "Ready",
    "work": "Go",
    "hurt": "Stopped",
    "rest": "Rest",
    "switch": "Switch",
}
BEAT_WORDS = {"out": "Out", "hold": "Hold", "return": "Return", "rest": "Let go"}
BREATH_WORDS = {"out": "In", "hold": "Pause", "return": "Out", "rest": "Rest"}
WAITING_NAMES = {"ready": "Get ready", "rest": "Rest", "switch": "Change sides"}


def state_word(view: View, item: Item) -> tuple[str, str]:
    """The one word of this moment, and its mood."""
    if view.paused:
        return "Paused" if view.state == "work" else "Held", "waiting"
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
    return preview(view.step_elapsed) if view.state in ("ready", "card") else 0.0


def preview(seconds: float) -> float:
    """Where the figure is that shows a movement before it begins."""
    turn, part = divmod(seconds / PREVIEW_S, 1)
    return figure_moment("return" if turn % 2 else "out", part)


def next_words(view: View, items: Sequence[Item], key: str) -> str:
    """What comes after this, or why time stands still and which ``key`` goes on."""
    if view.paused_because == "slept":
        return f"The computer slept, or stood still. That time does not count. {key} goes on."
    if view.paused:
        return f"Time stands still. {key} goes on."
    if view.ready_seconds is not None and view.item is not None:
        return read_long(items[view.item], view.ready_seconds, key)
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


def clock(seconds: float, *, minutes: bool = False) -> str:
    """Seconds, from a minute on, or always where ``minutes`` says so, as minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}" if minutes or whole >= 60 else str(whole)


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


def card_text(item: Item, exercise: Exercise | None, because: str = "") -> list[HangingLine]:
    """The card of an exercise: how one gets into position, the dose, how it feels, what to avoid, when to stop.

    ``because`` says why it is shown now.
    """
    because = {"new": "NEW", "alone": wording.ALONE_CARD()}.get(because, "")
    lines = [HangingLine(Content.styled(because, "bold $warning"))] if because else []
    if exercise is not None:
        lines.append(HangingLine(Content(" ".join(exercise.setup))))
    lines.append(HangingLine(Content.styled(dose_sentence(item), "bold")))
    if exercise is not None:
        lines += [HangingLine(Content(line.words), f"{line.label}:", LABEL) for line in card_lines(exercise)]
    if item.why:
        lines.append(HangingLine(Content.styled(item.why, "$quiet")))
    return lines


def read_long(item: Item, seconds: float, key: str) -> str:
    """That a card waits, and how long there is after it."""
    move = "floor" if item.position in FLOOR else "position" if seconds >= POSITION_S else "ready"
    return wording.READ_LONG(key=key, time=seconds_in_words(seconds), move=wording.MOVES[move]())


def hurt_lines(
    saved: ExerciseOutcome, pain: int | None, key: str, worry: str, clinic: str
) -> list[HangingLine]:
    """What came of stopping an exercise for pain: what is saved, how strong it is, and whom to ask."""
    numbers: list[Content | str] = []
    for score in range(11):
        style = "bold reverse $primary" if score == pain else "$primary"
        told = Content.styled(f"[{score}]" if score == pain else f" {score} ", style)
        numbers.append(told.stylize(Style.from_meta({"@click": f"screen.pain({score})"})))
        if score == 5:
            numbers.append(" ")
    still = wording.STILL_TONIGHT(call=clinic) if clinic else wording.STILL_TONIGHT_ALONE()
    return [
        HangingLine(Content.styled(wording.STOPPED_HURT(exercise=saved.item.name), "bold $error")),
        HangingLine(Content(f"Saved: {saved.sets_words}.")),
        HangingLine(Content("")),
        HangingLine(Content(f"{wording.HOW_STRONG()} {key} leaves it out.")),
        HangingLine(Content.assemble(*numbers)),
        HangingLine(Content("")),
        HangingLine(Content.styled(wording.SHARP(key=worry), "bold $warning")),
        HangingLine(Content(still)),
    ]


def taken_back(sets: Sequence[Voided], items: Sequence[Item]) -> str:
    """What B took back after a stop for pain."""
    item = next(item for item in items if item.exercise == sets[0].exercise)
    count = f", {len(sets)} sets with it" if len(sets) > 1 else ""
    return wording.TAKEN_BACK_HURT(exercise=item.name, sets=count)


def keys_now(view: View) -> list[Action | tuple[Action, str]]:
    """What the keys do at this moment, the next obvious thing first."""
    if view.state == "hurt":
        on = "Next exercise, when you are ready" if view.upcoming else "Go on"
        return [(NEXT, on), (UNDO, "I pressed by mistake"), (STOP, "End here")]
    if view.state == "card":
        return [(NEXT, "I am ready"), MORE_TIME, EASIER, SKIP, UNDO, STOP]
    begin: Action | tuple[Action, str] = DONE if view.state == "work" else (DONE, "Begin now")
    if view.state == "work":
        word = "Pause" if view.step_seconds is not None else "Done"
        keys: list[Action | tuple[Action, str]] = [begin, HURTS, HOW, EASIER]
    else:
        word = "Hold"
        keys = [begin, MORE_TIME, HURTS, HOW, EASIER]
    return [(NEXT, "Go on" if view.paused else word), *keys, SKIP, UNDO, STOP]
