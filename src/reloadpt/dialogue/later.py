"""What was done away from the screen, told later: sets, short work of today, how it was, a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from reloadpt import wording
from reloadpt.care.answers import PAIN_ENDS
from reloadpt.care.backfill import BackfilledSets, as_dealt, open_sets, sets_told_later, sides_of
from reloadpt.care.days import SHORT_FROM, short_work_on
from reloadpt.care.retelling import OpenExercise, days_to_tell, plan_exercises, planned_open
from reloadpt.dialogue.asks import (
    Ask,
    Choice,
    Head,
    Marks,
    Option,
    Row,
    Saying,
    Sheet,
    Words,
    go_through,
    options_of,
)
from reloadpt.dialogue.check_in import number_in, numbers_of
from reloadpt.dialogue.elsewhere import write_down
from reloadpt.dialogue.moments import day_named
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble, clean
from reloadpt.journal.events import DueItem, Item, Note
from reloadpt.phrases import count_phrase
from reloadpt.program.programme import Exercise

ALL, SOME, OTHER, NUMBERS, NOTE = "all", "some", "other", "numbers", "note"
MOST_SETS_OFFERED = 6
LONGEST_NOTE = 10_000
MOST_TIMES = 10
"""So many times of short work can be told at once."""


async def done_later(patient: Respondent, head: Head) -> None:
    """Ask of which day, and what was done on it, and write it down."""
    told = await go_through(head, partial(_done_later, patient))
    if isinstance(told, date):
        await numbers_of(patient, head, told)
    elif told:
        await head.ask(Saying(told, brief=True), None)


async def _done_later(patient: Respondent, ask: Ask) -> str | date:
    """What was written; or the day of which the numbers are to be told."""
    at, plan = patient.wall(), patient.plan
    days = {day.isoformat(): day for day in days_to_tell(patient.record.history, at)}
    options = ((key, day_named(day, at.date())) for key, day in days.items())
    day = days[await ask(Choice("What was done away from the screen: when?", options=options_of(*options)))]
    planned = open_exercises(patient, day)
    ways = []
    if planned:
        ways.append(
            (ALL, f"All that was planned: {count_phrase(sum(exercise.sets for exercise in planned), 'set')}")
        )
        ways.append((SOME, "Some of what was planned"))
    ways += [
        (OTHER, "Another exercise of my plan" if planned else "An exercise of my plan"),
        (NUMBERS, "How it was: pain and soreness"),
        (NOTE, "A note for my therapist"),
    ]
    match await ask(Choice(f"{day_named(day, at.date())}: what?", options=options_of(*ways))):
        case "numbers":
            return day
        case "note":
            return await _note(patient, ask)
        case "all":
            done = [sets for exercise in planned for sets in exercise.done(exercise.most)]
        case "some":
            done = await _some(planned, ask)
        case _:
            names = dict(plan_exercises(plan, patient.library))
            chosen = await ask(Choice("Which exercise?", options=_named(names)))
            count = await _how_many(names[chosen], MOST_SETS_OFFERED, ask)
            sides = sides_of(chosen, plan, patient.library, patient.record.history)
            done = [BackfilledSets(chosen, side, count) for side in sides]
    cells = await ask(
        Sheet(wording.HOW_WAS_IT(), rows=(Row("worst", wording.ASK_WORST_THEN(), PAIN_ENDS, optional=True),))
    )
    worst = number_in(cells, "worst")
    await write_down(patient, ask, *sets_told_later(patient.record.history, done, day, at, worst))
    count = sum(sets.sets for sets in done)
    return wording.SETS_WRITTEN(count=count_phrase(count, "set"), day=day_named(day, at.date()))


def open_exercises(patient: Respondent, day: date) -> list[OpenExercise]:
    """What was planned for ``day`` and is not done."""
    return planned_open(open_sets(patient.plan, patient.library, patient.record.history, day, patient.wall()))


async def _some(planned: Sequence[OpenExercise], ask: Ask) -> list[BackfilledSets]:
    by_id = {exercise.item.exercise: exercise for exercise in planned}
    names = {name: exercise.item.name for name, exercise in by_id.items()}
    done: list[BackfilledSets] = []
    for name in await ask(Marks("Which of these?", options=_named(names))):
        most = by_id[name].most
        done += by_id[name].done(most if most == 1 else await _how_many(names[name], most, ask))
    return done


async def _how_many(name: str, most: int, ask: Ask) -> int:
    counts = options_of(*((str(count), count_phrase(count, "set")) for count in range(1, most + 1)))
    return int(await ask(Choice(f"{clean(name)}: how many sets?", options=counts)))


def _named(names: dict[str, str]) -> tuple[Option, ...]:
    return options_of(*((value, clean(name)) for value, name in names.items()))


def short_work(patient: Respondent) -> list[Item]:
    """What is due now and so often a day that it is ticked."""
    due = patient.today()
    often = {}
    for exercise in (*patient.plan.exercises, *_shipped(patient)):
        change = next((dose for dose in patient.plan.doses if dose.exercise == exercise.id), None)
        per = (change.often if change else None) or exercise.dose.often
        often[exercise.id] = per.times if per.per == "day" else 0
    items = due.items if due and not due.locked else ()
    return [item for item in items if often.get(item.exercise, 0) >= SHORT_FROM]


def _shipped(patient: Respondent) -> list[Exercise]:
    muscles = dict.fromkeys(target.muscle for target in patient.plan.targets)
    return [exercise for muscle in muscles for exercise in patient.library.programme(muscle).exercises]


async def tick(patient: Respondent, head: Head) -> None:
    """Ask how many times short work was done today, and write it down."""
    items = short_work(patient)
    if await go_through(head, partial(_tick, patient, patient.wall().date(), items, MOST_TIMES)):
        await head.ask(Saying(wording.WRITTEN_DOWN(), brief=True), None)


async def tick_yesterday(patient: Respondent, head: Head) -> None:
    """At the first opening of a day, ask how many times more the short work of yesterday was done, if any was left."""
    at, history = patient.wall(), patient.record.history
    if any(session.day == at.date() for session in history.sessions.values()):
        return
    yesterday = at.date() - timedelta(days=1)
    short = short_work_on(history, yesterday)
    if not short or history.plan_started_at is None or history.plan_started_at.date() >= yesterday:
        return
    left = {
        item.exercise: item for item, _, _ in open_sets(patient.plan, patient.library, history, yesterday, at)
    }
    items = [item for exercise, item in left.items() if exercise in short]
    if items:
        await go_through(head, partial(_tick, patient, yesterday, items, MOST_TIMES))


async def _tick(patient: Respondent, day: date, items: Sequence[Item | DueItem], most: int, ask: Ask) -> bool:
    """Ask for the rounds of each item on ``day``; each round is written as a session of its own."""
    at = patient.wall()
    counts = options_of(*((str(count), count_phrase(count, "time")) for count in range(most + 1)))
    rows = tuple(Row(item.exercise, clean(item.name), options=counts, optional=True) for item in items)
    question = wording.ASK_TICKED if day == at.date() else wording.ASK_TICKED_YESTERDAY
    cells = await ask(Sheet(question(), rows=rows))
    times = {item.exercise: int(cells.get(item.exercise) or 0) for item in items}
    for number in range(max(times.values(), default=0)):
        done = [
            as_dealt(item, side, item.sets)
            for item in items
            if number < times[item.exercise]
            for side in item.sides
        ]
        told = sets_told_later(patient.record.history, done, day, at, source="typed")
        await write_down(patient, ask, *told)
    return True


async def write_note(patient: Respondent, head: Head) -> None:
    """Write a note for the therapist."""
    told = await go_through(head, partial(_note, patient))
    if told:
        await head.ask(Saying(told, brief=True), None)


async def _note(patient: Respondent, ask: Ask) -> str:
    text = await ask(Words(wording.ASK_NOTE(), read=read_note, several_lines=True))
    await write_down(patient, ask, Note(text=text))
    return wording.WRITTEN_DOWN()


def read_note(text: str) -> str:
    """The text of a note as it was written; ``Trouble`` where there is none, or too much of it."""
    told = text.strip()
    if not told:
        raise Trouble("A note needs words.")
    if len(told) > LONGEST_NOTE:
        raise Trouble(
            f"A note has at most {LONGEST_NOTE} signs, and this has {len(told)}. Nothing was written."
        )
    return told
