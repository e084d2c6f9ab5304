"""What is said at a cue: few words, since the next cue comes soon; more where there is time to listen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reloadpt import wording
from reloadpt.care.in_words import dose_sentence
from reloadpt.care.instructions import card_lines
from reloadpt.coach.cues import LAST_SECONDS, Cue, CueKind
from reloadpt.coach.dose import hold_of
from reloadpt.journal.events import Item
from reloadpt.program.programme import Exercise
from reloadpt.voice.spoken import counted_in_words, seconds_in_words, spoken_text

LEAST_BEAT_S = 2
"""A beat that is shorter is over before its word is."""
TIME_TO_LISTEN_S = 15
"""So long a get-ready has room for how the exercise is done."""
FIXED: dict[CueKind, str] = {
    "go": "Go.",
    "halfway": "Half way.",
    "done": "Done.",
    "three": "3",
    "two": "2",
    "one": "1",
    "rate": "How did it feel?",
    "paused": "Time stands still.",
    "go_on": "Going on.",
    "no_easier": "It cannot get easier.",
    "nothing_done": "Nothing is complete yet.",
    "finished": "The session is over.",
    "stopped": "The session is over.",
}
PASSING: frozenset[CueKind] = frozenset({"out", "hold", "return", "count", "halfway", *LAST_SECONDS})
"""These are not worth cutting an instruction short."""


def words_at(
    cues: Sequence[Cue],
    items: Sequence[Item],
    exercises: Mapping[str, Exercise],
    *,
    speech: bool,
    count_aloud: bool,
) -> str:
    """What is said at cues that come at once; ``speech`` and ``count_aloud`` each choose their part of it."""
    texts = []
    for cue in cues:
        item = items[cue.item] if cue.item is not None else None
        if cue.kind == "count":
            # a count of one is the end of the only hold, and "done" says that
            texts += [str(cue.rep)] if count_aloud and (cue.of or 1) > 1 else []
        elif speech:
            texts.append(_words(cue, item, exercises))
    return spoken_text(" ".join(part for part in texts if part))


def _card_words(item: Item, exercise: Exercise | None) -> str:
    """All that a card says, for who cannot read it from where they are, and that it waits."""
    parts = [f"New: {item.name}.", f"{dose_sentence(item)}."]
    if exercise is not None:
        parts.append(" ".join(exercise.setup))
        parts += [f"{line.label}: {line.words.rstrip('.')}." for line in card_lines(exercise)]
    return " ".join([*parts, wording.WHEN_READY()])


def set_in_words(item: Item, number: int | None, side: str | None) -> str:
    """``set 2 of 3, left side``."""
    side_words = f", {side} side" if side in ("left", "right") else ""
    return f"set {number} of {item.sets}{side_words}"


def work_in_words(item: Item) -> str:
    """What one set is: ``8 repetitions``, ``hold for 20 seconds``, ``4 holds of 10 seconds``."""
    hold = hold_of(item)
    if hold is None:
        return counted_in_words(item.reps, "breath" if item.type == "breathe" else "repetition")
    return (
        f"hold for {seconds_in_words(hold)}"
        if item.reps == 1
        else f"{counted_in_words(item.reps, 'hold')} of {seconds_in_words(hold)}"
    )


def beat_in_words(cue: Cue, item: Item) -> str:
    """The way out goes without saying, as the count does before it; breath is said both ways."""
    if (cue.seconds or 0) < LEAST_BEAT_S:
        return ""
    breathing = item.type == "breathe"
    match cue.kind:
        case "out":
            return "In." if breathing else ""
        case "hold" if hold_of(item) is not None:
            return "Hold." if item.rep_rest_s and (cue.rep or 1) > 1 else ""
        case "hold":
            return "Pause." if breathing else "Hold."
        case "return":
            return "Out." if breathing else "Back."
        case _:
            return ""


def _words(cue: Cue, item: Item | None, exercises: Mapping[str, Exercise]) -> str:
    if cue.kind in FIXED or item is None:
        return FIXED.get(cue.kind, "")
    match cue.kind:
        case "get_ready":
            words = f"{item.name}, {set_in_words(item, cue.set, cue.side)}: {work_in_words(item)}."
            exercise = exercises.get(item.exercise)
            if exercise is None or (cue.seconds or 0) < TIME_TO_LISTEN_S:
                return words
            return f"{words} {' '.join(exercise.setup)}"
        case "card":
            return _card_words(item, exercises.get(item.exercise))
        case "hurt":
            return f"{wording.STOPPED_HURT(exercise=item.name)} {wording.WHEN_READY()}"
        case "more_time":
            return f"{seconds_in_words(cue.seconds or 0)} now."
        case "easier" if cue.before is not None:
            return wording.EASIER_NOW(now=work_in_words(item), before=work_in_words(cue.before))
        case "rest":
            how_long = seconds_in_words(cue.seconds or 0)
            return f"Rest {how_long}." if cue.rep is None else "Let go."
        case "switch":
            return f"Change sides: {cue.side} side next."
        case _:
            return beat_in_words(cue, item)
