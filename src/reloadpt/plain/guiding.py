"""What is said while a session is guided: each exercise before it begins, each cue, each moment that waits."""

from __future__ import annotations

from collections.abc import Sequence

from reloadpt import wording
from reloadpt.care.exercise_outcomes import ExerciseOutcome
from reloadpt.care.in_words import short_dose
from reloadpt.care.instructions import card_lines
from reloadpt.coach.coach import Voided
from reloadpt.coach.cues import Cue
from reloadpt.coach.dose import hold_of
from reloadpt.coach.timeline import FLOOR, READY_S
from reloadpt.coach.view import View
from reloadpt.journal.events import Item, SetDone
from reloadpt.program.programme import Exercise
from reloadpt.voice.spoken import seconds_in_words, spoken_text
from reloadpt.voice.words import beat_in_words, set_in_words, work_in_words

LONG_S = 20
"""What lasts so long is counted down from ``NEARLY_S``."""
NEARLY_S = 10
SPOKEN_PER_S = 2.5
"""Words a second that an unhurried voice reads."""
FIXED = {
    "three": "3.",
    "go_on": "Going on.",
    "no_easier": wording.NO_EASIER(key="The word skip"),
    "two": "",
    "one": "",
    "nothing_done": "Nothing of this set is complete yet. The word skip leaves this exercise out.",
}


def introduction(item: Item, exercise: Exercise | None, number: int, of: int) -> list[str]:
    """What is said before the first set of an exercise."""
    lines = [f"Exercise {number} of {of}: {item.name}. {short_dose(item)}.", _pace(item)]
    if item.load_kg or item.resistance:
        load = [f"{item.load_kg:g} kg"] if item.load_kg else []
        lines.append(f"With {', '.join([*load, *([item.resistance] if item.resistance else [])])}.")
    if exercise:
        lines += [" ".join(exercise.setup), f"Think: {_sentence(exercise.cue)}"]
    return lines


def explanation(item: Item, exercise: Exercise | None) -> list[str]:
    """Everything known about how an exercise is done."""
    lines = [f"{item.name}. {short_dose(item)}.", _pace(item)]
    if exercise is not None:
        lines += [" ".join(exercise.setup), *card(exercise)]
    return [*lines, f"Why: {item.why}" if item.why else ""]


def card(exercise: Exercise) -> list[str]:
    """What the card of an exercise says beside position and dose."""
    return [f"{line.label}: {_sentence(line.words)}" for line in card_lines(exercise)]


def hurt_sentences(saved: ExerciseOutcome, clinic: str) -> list[str]:
    """What came of stopping an exercise for pain: what is saved, and whom to ask."""
    return [
        wording.STOPPED_HURT(exercise=saved.item.name),
        f"Saved: {saved.sets_words}.",
        wording.SHARP_TYPED(),
        wording.STILL_TONIGHT(call=clinic) if clinic else wording.STILL_TONIGHT_ALONE(),
    ]


def reading_seconds(texts: Sequence[str]) -> float:
    """How long it takes to hear ``texts``."""
    return sum(len(spoken_text(text).split()) for text in texts) / SPOKEN_PER_S


def ready_sentence(seconds: float) -> str:
    """How long there is to get ready, and whether that is to get down to the floor or up from it."""
    return (
        f"Get into position, {seconds_in_words(seconds)}."
        if seconds > READY_S
        else f"Get ready, {seconds_in_words(seconds)}."
    )


def cue_sentence(cue: Cue, item: Item) -> str:
    """What is said at ``cue``, of the item it belongs to; nothing where silence is better."""
    match cue.kind:
        case "go":
            set_words = set_in_words(item, cue.set, cue.side)
            return f"Go. {set_words.capitalize()}: {work_in_words(item)}."
        case "count":
            return f"{cue.rep} of {cue.of}." if (cue.of or 1) > 1 else ""
        case "halfway":
            half = (hold_of(item) or 0) / 2
            return f"Half way, {seconds_in_words(half)} left." if half > NEARLY_S else ""
        case "rest":
            how_long = seconds_in_words(cue.seconds or 0)
            return f"Rest {how_long}." if cue.rep is None else f"Let go, {how_long}."
        case "switch":
            return f"Change sides: {cue.side} side next."
        case "easier" if cue.before is not None:
            return wording.EASIER_NOW(now=work_in_words(item), before=work_in_words(cue.before))
        case kind:
            return FIXED.get(kind) or beat_in_words(cue, item)


def set_done_sentence(done: SetDone, item: Item, saved: str) -> str:
    """What was done of a set, and how much of the session is saved."""
    amount = ""
    if done.reps is not None and done.reps < item.reps:
        amount = f", {done.reps} of {item.reps}"
    elif done.hold_s is not None and done.hold_s < (hold_of(item) or 0):
        amount = f", held for {seconds_in_words(done.hold_s)}"
    return f"Done: {set_in_words(item, done.set, done.side)}{amount}. {saved}"


def undo_sentence(voided: Voided, item: Item) -> str:
    """Which set was taken back."""
    return f"Taken back: {item.name}, {set_in_words(item, voided.set, voided.side)}."


def long_wait_left(view: View, item: Item) -> float | None:
    """Seconds left of what lasts long: a hold, or a step between sets; None at anything else."""
    if view.state == "work":
        if view.beat != "hold" or hold_of(item) is None or view.beat_seconds is None:
            return None
        total, elapsed = view.beat_seconds, view.beat_elapsed or 0.0
    elif view.step_seconds is None:
        return None
    else:
        total, elapsed = view.step_seconds, view.step_elapsed
    return total - elapsed if total >= LONG_S else None


def waiting_sentence(view: View, item: Item, *, self_paced: bool) -> str:
    """Where things stand, and why time stands still."""
    if view.state == "hurt":
        return wording.HOW_STRONG()
    if view.state == "card" and view.ready_seconds is not None:
        move = wording.MOVES["floor" if item.position in FLOOR else "position"]()
        return wording.READ_LONG(key="Enter", time=seconds_in_words(view.ready_seconds), move=move)
    set_words = set_in_words(item, view.set_number, view.side)
    if view.paused_because == "slept":
        return "The computer slept, or stood still. That time does not count."
    if view.state == "work" and not view.paused:
        return f"{set_words.capitalize()}: {work_in_words(item)}, at your own pace."
    if self_paced and view.state != "work":
        return f"Next: {item.name}, {set_words}."
    return f"Paused at {item.name}, {set_words}."


def _pace(item: Item) -> str:
    if hold_of(item) is not None:
        return f"Between the holds let go for {seconds_in_words(item.rep_rest_s)}." if item.rep_rest_s else ""
    out, hold, back = (int(part) for part in (item.tempo or "0-0-0").split("-"))
    words = ("in", "pause", "out") if item.type == "breathe" else ("out", "hold", "back")
    parts = [
        f"{seconds_in_words(length)} {word}"
        for length, word in zip((out, hold, back), words, strict=True)
        if length
    ]
    return f"Each: {', '.join(parts)}." if parts else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
