"""What became of each exercise of a session: sets done whole, parts of sets, and why the rest was left out."""

from __future__ import annotations

import msgspec

from reloadpt import wording
from reloadpt.care.history import Session
from reloadpt.journal.events import Item, SetDone, SetSkipped, SkipReason
from reloadpt.phrases import count_phrase


class SetPart(msgspec.Struct, frozen=True):
    """What is done of one set: so many repetitions, holds or seconds of those that were dealt."""

    done: int
    dealt: int

    @property
    def words(self) -> str:
        """``3 of 4``."""
        return f"{self.done} of {self.dealt}"


class ExerciseOutcome(msgspec.Struct, frozen=True):
    """What became of one ``item``: ``done`` sets of those ``dealt``, both sides counted.

    ``parts`` are sets of which the rest was left out, not counted as done; ``short`` are sets that were ended under
    half of their dose and stand as what they are. ``left_out`` is why the last of its sets was left out.
    """

    item: Item
    done: int
    dealt: int
    parts: tuple[SetPart, ...]
    short: tuple[SetPart, ...]
    left_out: SkipReason | None

    @property
    def is_whole(self) -> bool:
        """Whether all of it was done."""
        return self.done >= self.dealt

    @property
    def sets_words(self) -> str:
        """What is saved of it: ``1 set, and 3 of 4``."""
        parts = [part.words for part in self.parts]
        sets = [count_phrase(self.done, "set")] if self.done or not parts else []
        return ", and ".join([*sets, *parts])

    @property
    def words(self) -> str:
        """In a line: ``1 of 3 sets, and 3 of 4, stopped: it hurt``."""
        words = ", and ".join(
            [f"{self.done} of {count_phrase(self.dealt, 'set')}", *(part.words for part in self.parts)]
        )
        if self.short:
            words += f" ({', '.join(part.words for part in self.short)} in {'one' if len(self.short) == 1 else 'some'})"
        return f"{words}, {wording.LEFT_OUT_FOR[self.left_out]()}" if self.left_out else words


def exercise_outcomes(session: Session) -> tuple[ExerciseOutcome, ...]:
    """What became of each item of ``session``, in their order, as corrected."""
    sets = list(session.sets())
    done = {(event.exercise, event.side, event.set): event for event in sets if isinstance(event, SetDone)}
    skipped = {
        (event.exercise, event.side, event.set): event for event in sets if isinstance(event, SetSkipped)
    }
    outcomes = []
    for item in session.items_now:
        whole, parts, short, left_out = 0, [], [], None
        keys = [(item.exercise, side, number) for number in range(1, item.sets + 1) for side in item.sides]
        for key in keys:
            left_out = skipped[key].reason if key in skipped else left_out
            if key not in done:
                continue
            part = _part(done[key], item)
            if key in skipped:
                parts.append(part)
                continue
            whole += 1
            if 2 * part.done < part.dealt:
                short.append(part)
        outcomes.append(ExerciseOutcome(item, whole, len(keys), tuple(parts), tuple(short), left_out))
    return tuple(outcomes)


def saved_words(session: Session) -> str:
    """That a session is saved; praise only where something was done and nothing was stopped for pain."""
    hurt = any(outcome.left_out == "pain" for outcome in exercise_outcomes(session))
    return wording.SAVED() if hurt or not any(True for _ in session.sets_done()) else wording.WELL_DONE()


def sets_whole(session: Session) -> tuple[int, int]:
    """How many sets of ``session`` are done whole, and how many were dealt, both sides counted."""
    outcomes = exercise_outcomes(session)
    return sum(outcome.done for outcome in outcomes), sum(outcome.dealt for outcome in outcomes)


def _part(event: SetDone, item: Item) -> SetPart:
    """What is done of a set; of a single hold its seconds. What nobody counted is as it was dealt."""
    if item.reps == 1 and item.hold_s and not item.tempo:
        return SetPart(item.hold_s if event.hold_s is None else int(event.hold_s), item.hold_s)
    return SetPart(item.reps if event.reps is None else event.reps, item.reps)
