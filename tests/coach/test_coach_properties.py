"""Whatever is pressed, in whatever order and however late: what the coach never does.

Times are eighths of a second, which floats hold exactly, so that a pause can be asked to shift all that comes
after it by its own length and not by nearly that. One property uses any floats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from profiles import tries
from reloadpt.coach.coach import Coach, MoreTime, Outcome, Output, Voided
from reloadpt.coach.cues import Cue
from reloadpt.coach.timeline import SetKey, Step, key_of, planned_seconds, planned_sets, timeline
from reloadpt.coach.view import View
from reloadpt.journal.events import ExerciseRated, Item, SessionClosed, SetDone, SetSkipped, Side

SESSION = "2026-11-22.1"
SIDES: tuple[Side, ...] = ("left", "right", "both")

moments = st.one_of(st.none(), st.integers(0, 8 * 8), st.integers(0, 8 * 90))
"""Eighths of a second to wait before an action; None is up to the next boundary."""
reasons = st.sampled_from(["pain", "time", "felt_well"])
tempos = st.sampled_from([None, "0-0-0", "4-0-6", "3-1-2", "1-0-1"])
positions = st.sampled_from(["", "sitting", "standing", "supine", "quadruped"])


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Item, ...]:
    """Up to three exercises with small doses of every sort."""
    return tuple(
        Item(
            exercise=f"muscle/{number}", name="x", muscle="muscle", phase="reload", intent="wake",
            side=draw(st.sampled_from(SIDES)), sets=draw(st.integers(1, 3)), reps=draw(st.integers(1, 5)),
            tempo=draw(tempos), hold_s=draw(st.sampled_from([0, 3, 6, 25])), rest_s=draw(st.integers(0, 9)),
            rep_rest_s=draw(st.integers(0, 2)), per_side=draw(st.booleans()), position=draw(positions),
        )
        for number in range(draw(st.integers(1, 3)))
    )  # fmt: skip


def keys_of(items: tuple[Item, ...]) -> list[SetKey]:
    return [key_of(items, planned) for planned in planned_sets(items)]


def key(output: SetDone | SetSkipped | Voided) -> SetKey:
    return SetKey(output.exercise, output.side, output.set)


def stays_within_its_beat(view: View) -> None:
    assert view.step_elapsed >= 0
    assert view.step_seconds is None or view.step_elapsed <= view.step_seconds
    if view.beat_elapsed is not None and view.beat_seconds is not None:
        assert 0 <= view.beat_elapsed <= view.beat_seconds


def all_of(coach: Coach) -> dict[str, Any]:
    return {name: value.copy() if hasattr(value, "copy") else value for name, value in vars(coach).items()}


def shifted(outputs: tuple[Output, ...], by: float) -> list[Output]:
    """The same outputs ``by`` seconds later, without what speaks of pauses."""
    return [
        replace(output, due=output.due + by) if isinstance(output, Cue) else output
        for output in outputs
        if not isinstance(output, Cue) or output.kind not in ("paused", "go_on")
    ]


class AnySession(RuleBasedStateMachine):
    """Three coaches get the same actions: one is woken only by them, one all the time, one is never paused."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.ledger: dict[SetKey, Outcome] = {}
        self.rated: list[tuple[str, Side]] = []
        self.closed: list[SessionClosed] = []
        self.last_due = 0.0
        self.by_done = False
        self.beats_heard: set[tuple[str, float]] = set()
        self.last_step: Step | None = None
        self.last_elapsed = 0.0

    @initialize(
        items=sessions(), rate=st.sampled_from(["end", "each"]), self_paced=st.booleans(), data=st.data()
    )
    def open(self, items: tuple[Item, ...], rate: Any, self_paced: bool, data: st.DataObject) -> None:  # noqa: FBT001
        self.items = items
        new = data.draw(st.sets(st.sampled_from([item.exercise for item in items])))
        wait_each, more = (
            data.draw(st.integers(0, 4)) == 4,
            {items[0].exercise: data.draw(st.sampled_from([0, 30]))},
        )
        self.how = {"rate": rate, "self_paced": self_paced, "new": new, "wait_each": wait_each, "more": more}
        earlier = data.draw(st.lists(st.sampled_from(keys_of(items)), unique=True, max_size=3))
        self.ledger = {each: data.draw(st.sampled_from(["done", "part", "skipped"])) for each in earlier}
        self.start()
        if data.draw(st.integers(0, 4)):
            self.begin()

    def start(self) -> None:
        self.late, self.often, self.undisturbed = (
            Coach(SESSION, self.items, resolved=self.ledger, rated=self.rated, **self.how) for _ in range(3)
        )
        self.lost = 0.0
        """Seconds that did not count: paused or asleep."""
        self.asked: set[int] = set()
        """Items this run has had a rate step for."""

    def wait(self, eighths: int | None) -> None:
        if eighths is None:
            self.now = self.late.next_boundary() or self.now
            return
        if self.late.view(self.now).paused:
            self.lost += eighths / 8
        self.now += eighths / 8

    def act(self, action: Callable[[Coach, float], tuple[Output, ...]], *, sleeping: bool = False) -> None:
        """Let every coach do ``action`` now, hold what comes of it together, and write it down."""
        self.by_done = action is Coach.done
        late = action(self.late, self.now)
        often: list[Output] = []
        while not sleeping and (due := self.often.next_boundary()) is not None and due <= self.now:
            often += self.often.advance(due)
            assert self.often.advance(due) == ()
        often += action(self.often, self.now)
        assert [*late] == often
        undisturbed = action(self.undisturbed, self.now - self.lost)
        assert shifted(undisturbed, self.lost) == shifted(late, 0)
        self.write_down(late)

    def write_down(self, outputs: tuple[Output, ...]) -> None:  # noqa: C901  (a case for each output)
        part_done: SetKey | None = None
        for output in outputs:
            if isinstance(output, Cue):
                assert self.last_due <= output.due <= self.now
                self.last_due = output.due
                if output.kind == "go":
                    self.beats_heard.clear()
                elif output.kind in ("out", "hold", "return", "count"):
                    assert (output.kind, output.due) not in self.beats_heard, "said twice"
                    self.beats_heard.add((output.kind, output.due))
                continue
            assert not self.closed, "something came after the end"
            if isinstance(output, MoreTime):
                assert 0 < output.seconds <= 300
                self.how["more"] = {**self.how["more"], output.exercise: output.seconds}
                continue
            if isinstance(output, SetDone):
                assert output.confirmed is not None
                assert self.by_done or not output.confirmed, "confirmed, and no key said that it was done"
            if isinstance(output, SetSkipped) and part_done == key(output):
                self.ledger[key(output)] = "part"  # the rest of a set of which a part was done
                continue
            part_done = key(output) if isinstance(output, SetDone) else None
            if isinstance(output, SetDone | SetSkipped):
                assert key(output) not in self.ledger, "recorded twice"
                assert key(output) in keys_of(self.items)
                self.ledger[key(output)] = "done" if isinstance(output, SetDone) else "skipped"
            elif isinstance(output, Voided):
                del self.ledger[key(output)]
                assert (output.exercise, output.side) not in self.rated, "taken back after it was rated"
            elif isinstance(output, ExerciseRated):
                assert (output.exercise, output.side) not in self.rated, "rated twice"
                self.rated.append((output.exercise, output.side))
            elif isinstance(output, SessionClosed):
                self.closed.append(output)

    @rule(wait=moments)
    def advance(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(Coach.advance)

    @rule()
    def begin(self) -> None:
        self.act(Coach.begin)

    @rule(wait=moments)
    def pause(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(self.only_disturbing(Coach.pause))

    @rule(wait=moments)
    def sleep(self, wait: int | None) -> None:
        self.now += (wait or 0) / 8
        self.lost += (wait or 0) / 8
        self.act(self.only_disturbing(Coach.slept), sleeping=True)
        assert self.late.view(self.now).paused or self.late.view(self.now).state in ("idle", "finished")

    @rule(wait=moments)
    def go_on(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(self.only_disturbing(Coach.go_on))
        assert not self.late.view(self.now).paused

    @rule(wait=moments)
    def done(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(Coach.done)

    @rule(data=st.data())
    def go_far(self, data: st.DataObject) -> None:
        """Exercise as planned up to some later step."""
        for _ in range(data.draw(st.integers(1, 12))):
            step = self.late._step
            while step is not None and self.late._step is step and self.late.next_boundary() is not None:
                self.wait(None)
                self.act(Coach.advance)
            if self.late._step is step:
                self.act(Coach.done)

    @rule(wait=moments)
    def look_at_an_earlier_clock(self, wait: int | None) -> None:
        assert self.late.advance(self.now - (wait or 0)) == ()

    @rule(wait=moments, reason=reasons, scope=st.sampled_from(["exercise", "set"]))
    def skip(self, wait: int | None, reason: Any, scope: Any) -> None:
        self.wait(wait)
        self.act(Coach.advance)
        before, resolved = self.late.view(self.now), len(self.ledger)
        self.act(lambda coach, now: coach.skip(now, reason, scope))
        if before.item is None or before.state in ("rate", "hurt"):
            assert len(self.ledger) == resolved
            return
        after, item = self.late.view(self.now), self.items[before.item]
        left = [each for each in keys_of((item,)) if each not in self.ledger]
        if scope == "set":
            assert len(self.ledger) == resolved + 1
        else:
            assert not left
        if scope == "exercise" and reason == "pain":
            assert (after.state, after.item) == ("hurt", before.item)
        elif not left and self.how["rate"] == "each" and self.any_done(before.item):
            assert (after.state, after.item) == ("rate", before.item)

    @rule(wait=moments)
    def back(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(Coach.advance)
        before, resolved = self.late.view(self.now), dict(self.ledger)
        self.act(Coach.back)
        after = self.late.view(self.now)
        if before.state in ("idle", "finished"):
            assert self.ledger == resolved
        elif before.state == "work":
            assert self.ledger == resolved
            assert (after.state, after.step_elapsed) == ("ready", 0)
        elif before.state == "rate" and before.item is None and len(resolved) < len(keys_of(self.items)):
            cut_short = dict([*resolved.items()][:-1])  # the part of a set that the stop wrote down
            assert self.ledger in (resolved, cut_short)
            self.stands_at_the_first_set_that_is_left(self.late)
        elif self.ledger != resolved:
            assert [*resolved][-1] not in self.ledger
            self.stands_at_the_first_set_that_is_left(self.late)
        else:
            assert not resolved or self.item_of([*resolved][-1]) in self.asked | self.rated_items()
            assert after.state in (("rate",) if before.state == "rate" else ("ready", "card"))

    @rule(wait=moments)
    def easier(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(Coach.advance)
        before = self.late.view(self.now)
        self.act(Coach.easier)
        after = self.late.view(self.now)
        if (after.state, after.set_number, after.side) == (before.state, before.set_number, before.side):
            assert after.step_elapsed == before.step_elapsed
            assert after.rep == before.rep
        if after.step_seconds is not None:
            assert after.step_elapsed < after.step_seconds

    @rule(wait=moments)
    def more_time(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(Coach.advance)
        before = self.late.view(self.now)
        self.act(Coach.more_time)
        after = self.late.view(self.now)
        assert (after.state, after.item, after.step_elapsed) == (
            before.state,
            before.item,
            before.step_elapsed,
        )
        if before.state in ("ready", "rest", "switch"):
            assert before.step_seconds is not None
            assert after.step_seconds == before.step_seconds + 30
        else:
            assert after.step_seconds == before.step_seconds

    @rule(wait=moments, pain=st.integers(0, 10))
    def tell_pain(self, wait: int | None, pain: int) -> None:
        self.wait(wait)
        self.act(Coach.advance)
        view = self.late.view(self.now)
        if view.state == "hurt" and view.ratings_due:
            item = self.items[view.ratings_due[0]]
            rating = ExerciseRated(session=SESSION, exercise=item.exercise, side=item.side, pain=pain)
            self.act(lambda coach, now: coach.rate(now, [rating]))
            assert self.late.view(self.now).state == "hurt"

    @rule(wait=moments, leave_out=st.booleans())
    def rate(self, wait: int | None, leave_out: bool) -> None:  # noqa: FBT001
        self.wait(wait)
        self.act(Coach.advance)  # ratings are for what a screen has shown
        view = self.late.view(self.now)
        due = [self.items[index] for index in view.ratings_due[leave_out:]] if view.state == "rate" else []
        ratings = [ExerciseRated(session=SESSION, exercise=item.exercise, side=item.side) for item in due]
        self.act(lambda coach, now: coach.rate(now, ratings))
        if view.state == "rate" and view.item is not None:
            self.asked.add(view.item)

    @rule(wait=moments)
    def stop(self, wait: int | None) -> None:
        self.wait(wait)
        self.act(Coach.advance)
        before = self.late.view(self.now)
        self.act(Coach.stop)
        after = self.late.view(self.now)
        if before.state == "finished" or (before.state == "rate" and before.item is None):
            assert after == before
        else:
            assert after.state == ("rate" if {"done", "part"} & {*self.ledger.values()} else "finished")
            assert after.item is None

    @rule(seldom=st.integers(0, 9), code=st.sampled_from(["SN", ""]))
    def flag(self, seldom: int, code: str) -> None:
        if seldom == 9 or self.closed:
            self.act(lambda coach, now: coach.flag(now, code))
            assert self.late.view(self.now).state == "finished"

    @precondition(lambda self: not self.closed)
    @rule(wait=moments)
    def crash(self, wait: int | None) -> None:
        self.now += (wait or 0) / 8
        self.start()
        self.act(Coach.begin)
        self.stands_at_the_first_set_that_is_left(self.late)

    @rule(
        wrong=st.sampled_from(
            [
                lambda coach, now: coach.skip(now, "bored"),
                lambda coach, now: coach.skip(now, "pain", "session"),
                lambda coach, now: coach.flag(now, "x" * 1000),
                lambda coach, _: coach.advance(float("nan")),
                lambda coach, _: coach.view(float("inf")),
            ]
        )
    )
    def call_it_wrongly(self, wrong: Callable[[Coach, float], object]) -> None:
        before = all_of(self.late)
        with pytest.raises(ValueError, match=r"\w"):
            wrong(self.late, self.now + 1)
        assert all_of(self.late) == before

    @invariant()
    def the_view_agrees_with_the_journal_and_changes_nothing(self) -> None:
        before = all_of(self.late)
        view = self.late.view(self.now)
        assert self.late.view(self.now) == view == self.often.view(self.now)
        assert self.late.view(-1) == view, "time ran backward"
        undisturbed = self.undisturbed.view(self.now - self.lost)
        assert replace(view, paused=False, paused_because=None) == undisturbed
        assert all_of(self.late) == before
        assert view.fraction == len(self.ledger) / len(keys_of(self.items))
        assert view.sets_done == [*self.ledger.values()].count("done")
        assert (view.state == "finished") == (len(self.closed) == 1)
        assert view.seconds_left >= 0
        due = {index for index in range(len(self.items)) if self.any_done(index)} - self.asked
        if view.state == "rate" and view.item is not None:
            assert view.ratings_due == (view.item,)
            assert view.item in due
        elif not self.closed:
            due = {view.item} if view.state == "hurt" and view.item is not None else due
            assert set(view.ratings_due) == due - self.rated_items()

    @invariant()
    def the_set_at_hand_and_the_next_one_are_the_first_that_are_left(self) -> None:
        view = self.late.view(self.now)
        left = [each for each in planned_sets(self.items) if key_of(self.items, each) not in self.ledger]
        at_hand = (view.item, view.side, view.set_number)
        if view.state == "work":
            assert [at_hand, view.upcoming] == [*left, None][:2]
        elif view.state == "hurt":
            assert view.upcoming == (left[0] if left else None)
        elif view.state in ("card", "ready", "rest", "switch"):
            assert at_hand == view.upcoming == left[0]
        elif view.state == "idle" or (view.state == "rate" and view.item is not None):
            assert view.upcoming == (left[0] if left else None)
        else:
            assert view.upcoming is None

    @invariant()
    def what_waits_for_the_person_has_no_end_of_its_own(self) -> None:
        view = self.late.view(self.now)
        assert (view.card_because is not None) == (view.state == "card")
        if view.state in ("card", "hurt", "rate"):
            assert self.late.next_boundary() is None

    @invariant()
    def the_view_stays_within_its_step_and_its_beat_however_late_it_is_asked(self) -> None:
        for later in (0, 0.125, 3, 1000):
            stays_within_its_beat(self.late.view(self.now + later))

    @invariant()
    def time_goes_on_within_a_step(self) -> None:
        step, elapsed = self.late._step, self.late.view(self.now).step_elapsed
        if step is not None and step is self.last_step:
            assert elapsed >= self.last_elapsed
        self.last_step, self.last_elapsed = step, elapsed

    @invariant()
    def what_comes_next_is_still_to_come(self) -> None:
        due = self.late.next_boundary()
        assert due is None or due > self.now

    def any_done(self, index: int) -> bool:
        return any(self.ledger.get(each) in ("done", "part") for each in keys_of((self.items[index],)))

    def item_of(self, each: SetKey) -> int:
        return next(index for index, item in enumerate(self.items) if item.exercise == each.exercise)

    def rated_items(self) -> set[int]:
        return {self.items.index(item) for item in self.items if (item.exercise, item.side) in self.rated}

    def only_disturbing(
        self, action: Callable[[Coach, float], tuple[Output, ...]]
    ) -> Callable[[Coach, float], tuple[Output, ...]]:
        def act(coach: Coach, now: float) -> tuple[Output, ...]:
            if coach is not self.undisturbed:
                return action(coach, now)
            out = coach.advance(now)
            if action is not Coach.slept:
                coach.notice_key()
            return out

        return act

    def stands_at_the_first_set_that_is_left(self, coach: Coach) -> None:
        view = coach.view(self.now)
        left = [each for each in keys_of(self.items) if each not in self.ledger]
        if not left:
            assert view.state == "rate"
            return
        assert view.item is not None
        assert view.state in ("ready", "card")
        assert (self.items[view.item].exercise, view.side, view.set_number) == left[0]

    def teardown(self) -> None:
        """Bring the session to its end: every set is done or skipped, unless it was cut short."""
        if self.late._how is None:
            self.act(Coach.begin)
        for _ in range(10_000):
            if self.closed:
                break
            due = self.late.next_boundary()
            self.now = self.now if due is None else due
            self.act(self.only_disturbing(Coach.go_on))
            state = self.late.view(self.now).state
            self.act(Coach.advance if due is not None else Coach.rate if state == "rate" else Coach.done)
        assert len(self.closed) == 1
        untouched = [each for each in keys_of(self.items) if each not in self.ledger]
        assert self.closed[0].how in ("stopped" if untouched else "finished", "flagged")


AnySession.TestCase.settings = tries(100)
TestAnySession: Any = AnySession.TestCase


def run_through(coach: Coach) -> list[Output]:
    """Begin, wait out what is paced, say done to what is not, give no ratings."""
    now = 0.0
    out = [*coach.begin(now)]
    while coach.view(now).state != "finished":
        due = coach.next_boundary()
        if due is not None:
            now = due
            out += coach.advance(now)
        else:
            out += coach.rate(now) if coach.view(now).state == "rate" else coach.done(now)
    return out


def sets_in(outputs: list[Output]) -> list[SetDone | SetSkipped]:
    return [output for output in outputs if isinstance(output, SetDone | SetSkipped)]


@given(sessions(), st.booleans(), st.sampled_from(["end", "each"]))
@tries(50)
def test_picked_up_after_any_entry_the_rest_is_what_it_would_have_been(
    items: tuple[Item, ...],
    self_paced: bool,  # noqa: FBT001
    rate: Any,
) -> None:
    whole = sets_in(run_through(Coach(SESSION, items, rate=rate, self_paced=self_paced)))
    assert [key(event) for event in whole] == keys_of(items)
    for entries in range(len(whole) + 1):
        resolved: dict[SetKey, Outcome] = {key(event): "done" for event in whole[:entries]}
        coach = Coach(SESSION, items, resolved=resolved, rate=rate, self_paced=self_paced)
        assert sets_in(run_through(coach)) == whole[entries:]


@given(sessions(), st.booleans())
@tries(50)
def test_the_steps_add_up_to_the_time_it_takes(items: tuple[Item, ...], self_paced: bool) -> None:  # noqa: FBT001
    steps = timeline(items, self_paced=self_paced)
    total = planned_seconds(steps)
    assert total == sum(planned_seconds(steps, index) for index in range(len(items)))
    for step in steps:
        assert not step.beats or step.seconds == sum(beat.seconds for beat in step.beats)
    coach = Coach(SESSION, items, self_paced=self_paced)
    coach.begin(0)
    for now in range(0, int(coach.next_boundary() or 0) * 20, 3):
        coach.advance(now)
        if coach.next_boundary() is None:
            break
        assert coach.view(now).seconds_left == total - now
    coach = Coach(SESSION, items, self_paced=self_paced)
    assert coach.view(0).seconds_left == total
    last = run_through(coach)[-1]
    assert isinstance(last, Cue)
    assert last.due == total


times = st.floats(0, 1e6, allow_nan=False)


waits = st.one_of(st.none(), st.floats(0, 60))
acts = st.tuples(waits, st.sampled_from(["advance", "pause", "go_on", "easier"]))


@given(sessions(), times, st.lists(acts, max_size=20), st.lists(times, max_size=20))
@tries(100)
def test_woken_often_or_once_gives_the_same_at_any_floats(
    items: tuple[Item, ...], origin: float, actions: list[tuple[float | None, str]], wakings: list[float]
) -> None:
    seldom, often = Coach(SESSION, items), Coach(SESSION, items)
    assert seldom.begin(origin) == often.begin(origin)
    now = origin
    for wait, action in actions:
        now = now + wait if wait is not None else seldom.next_boundary() or now
        out: list[Output] = []
        for waking in sorted(origin + waking % 700 for waking in wakings):
            if waking < now:
                out += often.advance(waking)
        while (due := often.next_boundary()) is not None and due <= now:
            out += often.advance(due)
            stays_within_its_beat(often.view(due))
        assert [*getattr(seldom, action)(now)] == [*out, *getattr(often, action)(now)]
        assert seldom.view(now) == often.view(now)
        stays_within_its_beat(seldom.view(now))


@given(sessions(), st.integers(1, 12))
def test_easier_is_always_less_and_ends(items: tuple[Item, ...], times: int) -> None:
    coach = Coach(SESSION, items[:1])
    coach.begin(0)
    for _ in range(times):
        before = coach.items[0]
        cues = [output.kind for output in coach.easier(0) if isinstance(output, Cue)]
        after = coach.items[0]
        assert cues == (["no_easier"] if after == before else ["easier"])
        assert 1 <= after.reps <= before.reps
        assert min(5, before.hold_s) <= after.hold_s <= before.hold_s
