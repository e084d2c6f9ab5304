"""The state machine that guides one session: time and actions go in; events, cues and a view come out."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal, TypeVar, get_args

import msgspec

from reloadpt.coach.cues import Cue, CueKind, cues_of
from reloadpt.coach.dose import BeatKind, eased_item, hold_of
from reloadpt.coach.timeline import (
    RateWhen,
    SetKey,
    Step,
    TimelineSet,
    key_of,
    planned_seconds,
    planned_sets,
    timeline,
)
from reloadpt.coach.view import CardBecause, PausedBecause, View
from reloadpt.journal.events import (
    Eased,
    Ending,
    ExerciseRated,
    FlagRaised,
    Item,
    SessionClosed,
    SetDone,
    SetSkipped,
    Side,
    SkipReason,
)

Outcome = Literal["done", "part", "skipped"]
"""What became of a set; of one that is done in part the rest was left out."""

LONGEST_S = 86400
"""The most seconds an entry may hold; a set left open for longer is cut to it."""
MORE_S = 30
"""So much time is added at once, to get ready or to rest."""
MOST_MORE_S = 300
"""No more than this is kept for an exercise."""
BEATS = get_args(BeatKind)

Checked = TypeVar("Checked", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Voided:
    """A set taken back by ``back``: the recorder amends its entry with a null change."""

    exercise: str
    side: Side
    set: int


@dataclass(frozen=True, slots=True)
class MoreTime:
    """From now on there are ``seconds`` more to get ready for ``exercise``, in this session and in later ones."""

    exercise: str
    seconds: int


Output = SetDone | SetSkipped | Eased | ExerciseRated | SessionClosed | FlagRaised | Voided | MoreTime | Cue


class Coach:
    """Guides a person through ``items``.

    Every ``now`` is in seconds from one origin, any; an earlier one counts as the last one seen. Every call
    first crosses the boundaries that have passed, each at its own time, and returns what came of it, in
    order: events for the journal, cues, and ``Voided`` sets. An action that makes no sense where it comes
    does nothing more. An action that moves on to another step ends a pause.

    Malformed arguments raise ValueError, and change nothing.
    """

    def __init__(
        self,
        session: str,
        items: Sequence[Item],
        *,
        resolved: Mapping[SetKey, Outcome] | Mapping[tuple[str, Side, int], Outcome] | None = None,
        rated: Collection[tuple[str, Side]] = (),
        rate: RateWhen = "end",
        self_paced: bool = False,
        new: Collection[str] = (),
        wait_each: bool = False,
        more: Mapping[str, int] | None = None,
    ) -> None:
        """Be ready to begin.

        ``resolved`` holds the sets an earlier run recorded, in the order it did, and ``rated`` the
        (exercise, side) it had ratings for: the session is picked up at the first set that is left. Sets
        that are not of ``items`` are passed over. ``new`` are the exercises that come the first time in a plan: a
        card waits before them, and with ``wait_each`` before every one. ``more`` are the seconds that exercises
        have to get ready beside the usual.
        """
        _require(rate in get_args(RateWhen), f"rate is {rate!r}, not end or each")
        self._session = session
        self._items = list(items)
        self._rate_when: RateWhen = rate
        self._self_paced = self_paced
        sets = planned_sets(items)
        self._sets = {key_of(items, planned): planned for planned in sets}
        _require(len(self._sets) == len(sets), "two items hold the same exercise for the same side")
        self._resolved: dict[SetKey, Outcome] = {}
        for key, outcome in (resolved or {}).items():
            _require(outcome in get_args(Outcome), f"{outcome!r} is not done or skipped")
            if key in self._sets:
                self._resolved[SetKey(*key)] = outcome
        self._recorded_together: list[tuple[SetKey, ...]] = [(key,) for key in self._resolved]
        """Sets recorded together, and so taken back together, in their order."""
        self._rated = {index for index, item in enumerate(items) if (item.exercise, item.side) in rated}
        begun = {key.exercise for key in self._resolved}
        self._new = {*new} - begun
        self._cards = ({item.exercise for item in items} if wait_each else {*new}) - begun
        """The exercises whose card is still to be shown."""
        self._card_because: CardBecause | None = None
        self._more = {**(more or {})}
        self._key_seen = True
        """Whether a key was pressed since one got ready for this exercise: somebody is there."""
        self._step: Step | None = None
        self._ahead = self._lay_out(position="")
        self._cues: tuple[Cue, ...] = ()
        self._passed = 0
        """How many of the step's cues were given; what is complete is counted from them, never from a clock."""
        self._started = 0.0
        """When the step would have begun, had there been no pause in it."""
        self._held_at: float | None = None
        """Elapsed seconds of the step, while paused."""
        self._paused_because: PausedBecause | None = None
        self._how: Ending | None = None
        self._cut_short = False
        """Whether the stop that led here wrote down part of a set; it is undone with the stop."""
        self._now = -math.inf

    @property
    def items(self) -> tuple[Item, ...]:
        """The items with the doses they have by now."""
        return tuple(self._items)

    def next_boundary(self) -> float | None:
        """When to call ``advance`` next; None where nothing comes by itself (waiting, paused, finished)."""
        if self._step is None or self._held_at is not None:
            return None
        if self._passed < len(self._cues):
            return self._started + self._cues[self._passed].due
        if self._step.seconds is None:
            return None
        return self._started + self._step.seconds

    def _advance_by_key(self, now: float) -> tuple[Output, ...]:
        """Cross what has passed before a key is heeded, which says that somebody is there."""
        out = self.advance(now)
        self._key_seen = True
        return out

    def advance(self, now: float) -> tuple[Output, ...]:
        """Cross every boundary up to ``now``, each at its own time, however late."""
        self._note_time(now)
        out: list[Output] = []
        while (boundary := self.next_boundary()) is not None and boundary <= self._now:
            if self._passed < len(self._cues):
                out.append(self._pass_cue())
            else:
                self._end_step(boundary, out)
        return tuple(out)

    def begin(self, now: float) -> tuple[Output, ...]:
        """Start the session, or pick it up."""
        out = [*self.advance(now)]
        if self._step is None and self._how is None:
            self._go_on_to_next(self._now, out)
        return tuple(out)

    def notice_key(self) -> None:
        """A key was pressed, whatever it is for: somebody is there."""
        self._key_seen = True

    def pause(self, now: float) -> tuple[Output, ...]:
        """Stop time, in whatever step; what has elapsed of it is kept."""
        out = [*self._advance_by_key(now)]
        self._hold("asked", self._now, out)
        return tuple(out)

    def slept(self, now: float) -> tuple[Output, ...]:
        """Pause as of the last time seen: the machine slept since, and what passed does not count at all.

        ``view`` sees no time; call ``advance`` at least once a second, so that little is lost here.
        """
        last = self._now
        self._note_time(now)
        out: list[Output] = []
        self._hold("slept", last, out)
        return tuple(out)

    def go_on(self, now: float) -> tuple[Output, ...]:
        """Continue after a pause, where it was."""
        out = [*self._advance_by_key(now)]
        if self._held_at is not None:
            self._started = self._now - self._held_at
            self._held_at = self._paused_because = None
            out.append(self._cue("go_on"))
        return tuple(out)

    def done(self, now: float) -> tuple[Output, ...]:
        """End the set here and record what is complete of it, which confirms it; before a set: go on to it now; from a card: get ready."""
        out = [*self._advance_by_key(now)]
        step = self._step
        if step is None or step.kind == "rate":
            return tuple(out)
        if step.kind == "work":
            event = self._what_was_done()
            if event is None:
                return (*out, self._cue("nothing_done"))
            self._record(msgspec.structs.replace(event, confirmed=True), self._now, out)
        self._go_on_to_next(self._now, out)
        return tuple(out)

    def skip(
        self, now: float, reason: SkipReason, scope: Literal["exercise", "set"] = "exercise"
    ) -> tuple[Output, ...]:
        """Leave out the current or upcoming set, or with it all that is left of its exercise.

        What is complete of a timed set is written down first; the skip is of the rest of it. Where an exercise is
        left out for pain, time then stands still until ``done`` or ``back``.
        """
        _require(reason in get_args(SkipReason), f"{reason!r} is not a reason")
        _require(scope in ("exercise", "set"), f"{scope!r} is not exercise or set")
        out = [*self._advance_by_key(now)]
        step = self._step
        if step is None or step.item is None or step.kind in ("rate", "hurt"):
            return tuple(out)
        remaining = [key for key in self._unresolved() if self._sets[key].item == step.item]
        skipped = tuple(remaining if scope == "exercise" else remaining[:1])
        self._recorded_together.append(skipped)
        so_far = self._what_was_counted()
        out += [so_far] if so_far else []
        counted = (so_far.side, so_far.set) if so_far else None
        for key in skipped:
            self._resolved[key] = "part" if (key.side, key.set) == counted else "skipped"
            out.append(SetSkipped(session=self._session, **key._asdict(), reason=reason))
        if scope == "exercise" or step.kind != "work":
            ahead = self._lay_out(position=self._position())
            if scope == "exercise" and reason == "pain":
                ahead = (Step("hurt", step.item, step.side, step.set), *ahead)
            elif ahead[0].item != step.item and self._rate_when == "each":
                ahead = (Step("rate", step.item), *ahead)
            self._ahead = ahead
        self._go_on_to_next(self._now, out)
        return tuple(out)

    def back(self, now: float) -> tuple[Output, ...]:
        """Undo: at work, start the set again; else take back the set recorded last; after a stop, the stop.

        Sets that one ``skip`` left out come back together. Sets of an exercise that was rated stay. A stop in the
        middle of a set takes back what it wrote down of it.
        """
        out = [*self._advance_by_key(now)]
        step = self._step
        if step is None:
            return tuple(out)
        stopped = step.kind == "rate" and step.item is None and bool(self._unresolved())
        last = self._recorded_together[-1] if self._recorded_together else ()
        takes_back = step.kind != "work" and (self._cut_short or not stopped)
        if last and takes_back and self._sets[last[0]].item not in self._rated:
            del self._recorded_together[-1]
            for key in reversed(last):
                del self._resolved[key]
                out.append(Voided(*key))
        elif step.kind == "rate" and not stopped:
            return tuple(out)
        self._ahead = self._lay_out(position=self._position())
        self._go_on_to_next(self._now, out)
        return tuple(out)

    def more_time(self, now: float) -> tuple[Output, ...]:
        """Give ``MORE_S`` more to get ready, for this exercise from now on, or to rest, for the rests of this session.

        At a card it is given to the getting ready after it.
        """
        out = [*self._advance_by_key(now)]
        step = self._step
        if step is None or step.item is None or step.kind not in ("card", "ready", "rest", "switch"):
            return tuple(out)
        item = self._items[step.item]
        longer = ""
        if step.kind in ("card", "ready"):
            self._more[item.exercise] = min(self._more.get(item.exercise, 0) + MORE_S, MOST_MORE_S)
            out.append(MoreTime(item.exercise, self._more[item.exercise]))
            longer = "ready"
        elif step.kind == "rest":
            longer = "rest"
            self._items[step.item] = msgspec.structs.replace(item, rest_s=item.rest_s + MORE_S)
        self._ahead = tuple(
            msgspec.structs.replace(later, seconds=later.seconds + MORE_S)
            if later.kind == longer and later.item == step.item and later.seconds is not None
            else later
            for later in self._ahead
        )
        if step.seconds is not None:
            elapsed = self._elapsed(self._now)
            self._step = msgspec.structs.replace(step, seconds=step.seconds + MORE_S)
            self._cues = cues_of(self._step)
            self._passed = sum(1 for _ in takewhile(lambda cue: cue.due <= elapsed, self._cues))
            left = self._step.seconds - elapsed if self._step.seconds else 0.0
        else:
            left = next((later.seconds or 0.0 for later in self._ahead if later.kind == "ready"), 0.0)
        out.append(replace(self._cue("more_time"), seconds=left))
        return tuple(out)

    def easier(self, now: float) -> tuple[Output, ...]:
        """Make what is left of the exercise easier from this set on: 30 % fewer repetitions, then shorter."""
        out = [*self._advance_by_key(now)]
        step = self._step
        if step is None or step.item is None or step.kind in ("rate", "hurt"):
            return tuple(out)
        item = self._items[step.item]
        easier = eased_item(item)
        if easier == item:
            return (*out, self._cue("no_easier"))
        elapsed = self._elapsed(self._now)
        so_far = self._what_was_done()
        self._items[step.item] = easier
        out.append(
            Eased(
                session=self._session,
                exercise=easier.exercise,
                side=easier.side,
                reps=easier.reps,
                hold_s=hold_of(easier),
            )
        )
        out.append(replace(self._cue("easier"), of=easier.reps, seconds=hold_of(easier), before=item))
        steps = self._lay_out(position=self._position())
        at = next(number for number, later in enumerate(steps) if later.kind == "work")
        if step.kind == "card":
            self._ahead = steps[at - 1 :]
            return tuple(out)
        work, *ahead = steps[at:]
        if step.kind != "work":
            self._ahead = (work, *ahead)
            return tuple(out)
        self._step, self._ahead = work, tuple(ahead)
        self._cues = cues_of(work)
        self._passed = sum(1 for _ in takewhile(lambda cue: cue.due <= elapsed, self._cues))
        if so_far is not None and work.seconds is not None and elapsed >= work.seconds:
            self._record(so_far, self._now, out)
            self._go_on_to_next(self._now, out)
        return tuple(out)

    def rate(
        self, now: float, ratings: Sequence[ExerciseRated] = (), worst: int | None = None, note: str = ""
    ) -> tuple[Output, ...]:
        """Give ratings, at a rate step; the last one closes the session. After a stop for pain it may be told too.

        ``ratings`` are of items due here, by exercise and side, each at most once; leaving one out is the
        person's right. ``worst`` pain (0-10) and ``note`` go with the last step alone. A step that this very
        call arrives at was on no screen yet, and takes nothing.
        """
        step = self._step
        if step is None or step.kind not in ("rate", "hurt"):
            return self.advance(now)
        due_here = {(self._items[index].exercise, self._items[index].side) for index in self._ratings_due()}
        rated_here = [(_checked(rating).exercise, rating.side) for rating in ratings]
        _require(set(rated_here) <= due_here, "one of these exercises is not to be rated here")
        _require(len(set(rated_here)) == len(rated_here), "an exercise is rated twice")
        _require({rating.session for rating in ratings} <= {self._session}, "a rating is of another session")
        last = step.item is None
        _require(last or (worst is None and not note), "worst pain and note go with the last ratings")
        closing = _checked(SessionClosed(session=self._session, how=self._ending(), worst=worst, note=note))
        out = [*self._advance_by_key(now), *ratings]
        if step.item is None:
            self._close(closing, out)
        elif step.kind == "rate":
            self._rated.add(step.item)
            self._go_on_to_next(self._now, out)
        elif ratings:
            self._rated.add(step.item)
        return tuple(out)

    def stop(self, now: float) -> tuple[Output, ...]:
        """End early: on to the last ratings, or, where nothing was done, out at once.

        What is complete of a set that was timed is written down first; of a self-paced set nobody counted any.
        """
        out = [*self._advance_by_key(now)]
        step = self._step
        if self._how is not None or (step is not None and step.kind == "rate" and step.item is None):
            return tuple(out)
        so_far = self._what_was_counted()
        if so_far is not None:
            self._record(so_far, self._now, out)
        if {"done", "part"} & {*self._resolved.values()}:
            self._ahead = (Step("rate"),)
            self._go_on_to_next(self._now, out)
            self._cut_short = so_far is not None
        else:
            self._close(SessionClosed(session=self._session, how=self._ending()), out)
        return tuple(out)

    def flag(self, now: float, code: str = "", advice: str = "") -> tuple[Output, ...]:
        """Close at once, for a warning sign; after the sign, what is complete of a timed set is written down.

        Without a ``code`` the sign was written already.
        """
        raised = [_checked(FlagRaised(code=code, advice=advice))] if code else []
        out = [*self._advance_by_key(now)]
        if self._how is None:
            out += raised
            so_far = self._what_was_counted()
            if so_far is not None:
                self._resolved[SetKey(so_far.exercise, so_far.side, so_far.set)] = "done"
                out.append(so_far)
            self._close(SessionClosed(session=self._session, how="flagged"), out)
        return tuple(out)

    def view(self, now: float) -> View:
        """Show how things stand at ``now``, or at the next boundary where that is past; changes nothing."""
        step = self._step or Step("rate")
        elapsed = self._elapsed(max(_finite(now), self._now))
        item = self._items[step.item] if step.item is not None else None
        begun = [cue.due for cue in self._cues[: self._passed] if cue.kind in BEATS] if step.beats else []
        beat = step.beats[len(begun) - 1] if begun else None
        step_left = 0 if step.seconds is None else step.seconds - elapsed
        return View(
            state="finished" if self._how else self._step.kind if self._step else "idle",
            paused=self._held_at is not None,
            paused_because=self._paused_because,
            item=step.item,
            side=step.side,
            set_number=step.set,
            sets=item.sets if item else None,
            rep=beat.rep if beat else None,
            reps=item.reps if item else None,
            beat=beat.kind if beat else None,
            beat_elapsed=min(elapsed - begun[-1], beat.seconds) if beat else None,
            beat_seconds=beat.seconds if beat else None,
            step_elapsed=elapsed,
            step_seconds=step.seconds,
            upcoming=next((_planned_of(later) for later in self._ahead if later.kind == "work"), None),
            fraction=len(self._resolved) / len(self._sets) if self._sets else 1.0,
            seconds_left=step_left + planned_seconds(self._ahead),
            sets_done=sum(outcome == "done" for outcome in self._resolved.values()),
            ratings_due=self._ratings_due(),
            how=self._how,
            card_because=self._card_because if step.kind == "card" else None,
            ready_seconds=self._ahead[0].seconds if step.kind == "card" else None,
        )

    def _note_time(self, now: float) -> None:
        self._now = max(self._now, _finite(now))

    def _elapsed(self, now: float) -> float:
        """Seconds of the step without pauses, never outside the last boundary crossed and the next one."""
        if self._step is None:
            return 0.0
        if self._held_at is not None:
            return self._held_at
        least = self._cues[self._passed - 1].due if self._passed else 0.0
        later = self._cues[self._passed].due if self._passed < len(self._cues) else self._step.seconds
        return min(max(now - self._started, least), math.inf if later is None else later)

    def _lay_out(self, *, position: str | None) -> tuple[Step, ...]:
        return timeline(
            self._items,
            self._rate_when,
            self._resolved,
            self_paced=self._self_paced,
            position=position,
            cards=self._cards,
            more=self._more,
        )

    def _go_on_to_next(self, at: float, out: list[Output]) -> None:
        """Enter the step ahead at time ``at``, passing over ratings of exercises with nothing to rate.

        After an exercise in which no key was pressed a card waits: nobody may be there.
        """
        while self._ahead[0].item is not None and not self._is_due(self._ahead[0]):
            self._ahead = self._ahead[1:]
        step = self._ahead[0]
        if step.kind == "ready" and not self._key_seen:
            step = Step("card", step.item, step.side, step.set)
            self._card_because = "alone"
        else:
            self._ahead = self._ahead[1:]
            self._card_because = None
        if step.kind == "card" and step.item is not None:
            exercise = self._items[step.item].exercise
            self._cards.discard(exercise)
            self._card_because = "new" if exercise in self._new else self._card_because or "every"
        if step.kind == "ready":
            self._key_seen = False
        self._step = step
        self._cues, self._passed = cues_of(self._step), 0
        self._started = at
        self._held_at = self._paused_because = None
        self._cut_short = False
        while self._passed < len(self._cues) and self._cues[self._passed].due == 0:
            out.append(self._pass_cue())

    def _end_step(self, at: float, out: list[Output]) -> None:
        event = self._what_was_done()
        if event is not None:
            self._record(event, at, out)
        self._go_on_to_next(at, out)

    def _record(self, event: SetDone, at: float, out: list[Output]) -> None:
        key = SetKey(event.exercise, event.side, event.set)
        self._resolved[key] = "done"
        self._recorded_together.append((key,))
        out += (event, replace(self._cue("done", at), rep=event.reps))

    def _what_was_done(self) -> SetDone | None:
        """Say what is complete of the set at work; None where nothing is, or nothing is at work."""
        step = self._step
        if step is None or step.item is None or step.side is None or step.set is None or step.kind != "work":
            return None
        item = self._items[step.item]
        elapsed = self._elapsed(self._now)
        reps, hold_s = step.reps, hold_of(item)
        if step.beats:
            reps = sum(cue.kind == "count" for cue in self._cues[: self._passed])
            if not reps and hold_s is not None and item.reps == 1:
                # the thousandth forgives what a float loses when a pause is taken out
                hold_s = math.floor(elapsed + 0.001)
                reps = 1 if hold_s else 0
        if not reps:
            return None
        return SetDone(
            session=self._session,
            exercise=item.exercise,
            side=step.side,
            set=step.set,
            reps=reps,
            hold_s=hold_s,
            load_kg=item.load_kg,
            seconds=round(min(elapsed, LONGEST_S), 1),
            source="timed" if step.beats else "self_paced",
            confirmed=False,
        )

    def _what_was_counted(self) -> SetDone | None:
        """What is complete of a timed set at work: counted by the coach, not by the person."""
        return self._what_was_done() if self._step is not None and self._step.beats else None

    def _close(self, closing: SessionClosed, out: list[Output]) -> None:
        self._how = closing.how
        self._step, self._ahead, self._cues, self._passed = None, (), (), 0
        self._held_at = self._paused_because = None
        out.append(closing)
        if closing.how in ("finished", "stopped"):
            out.append(Cue(closing.how, self._now))

    def _hold(self, because: PausedBecause, at: float, out: list[Output]) -> None:
        if self._step is not None and self._held_at is None:
            self._held_at = self._elapsed(at)
            self._paused_because = because
            out.append(self._cue("paused"))

    def _pass_cue(self) -> Cue:
        cue = self._cues[self._passed]
        self._passed += 1
        return replace(cue, due=self._started + cue.due)

    def _cue(self, kind: CueKind, due: float | None = None) -> Cue:
        """A cue about the present step, due now unless it was due earlier."""
        due = self._now if due is None else due
        step = self._step
        return Cue(kind, due, step.item, step.side, step.set, of=step.reps) if step else Cue(kind, due)

    def _ending(self) -> Ending:
        """Finished is with every set done or skipped."""
        return "stopped" if self._unresolved() else "finished"

    def _unresolved(self) -> list[SetKey]:
        return [key for key in self._sets if key not in self._resolved]

    def _is_due(self, step: Step) -> bool:
        """Say whether ``step`` is to be entered: all but a rating of an exercise with nothing to rate."""
        return step.kind != "rate" or step.item is None or step.item in self._unrated()

    def _unrated(self) -> tuple[int, ...]:
        """The items with a set done, or a part of one, and no rating, in their order."""
        done = {self._sets[key].item for key, outcome in self._resolved.items() if outcome != "skipped"}
        return tuple(sorted(done - self._rated))

    def _ratings_due(self) -> tuple[int, ...]:
        step = self._step
        if step is not None and step.kind == "hurt" and step.item is not None:
            return (step.item,) if step.item not in self._rated else ()
        if step is not None and step.kind == "rate" and step.item is not None:
            return (step.item,)
        return self._unrated() if self._how is None else ()

    def _position(self) -> str | None:
        """The position the person is in at the present step; None on the way. The last ratings are at the keyboard."""
        step = self._step
        if step is None or step.item is None:
            return ""
        if step.kind in ("card", "ready"):
            return None
        return self._items[step.item].position


def _planned_of(step: Step) -> TimelineSet | None:
    if step.item is None or step.side is None or step.set is None:
        return None
    return TimelineSet(step.item, step.side, step.set)


def _checked(event: Checked) -> Checked:
    """Hold ``event`` to the limits its fields declare, which building it does not."""
    try:
        return msgspec.convert(msgspec.to_builtins(event), type(event))
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _finite(now: float) -> float:
    _require(math.isfinite(now), f"{now} is not a time")
    return now


def _require(holds: object, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
