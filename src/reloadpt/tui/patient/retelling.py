"""What follows what when something is told later: correct an entry, or add what was done away from the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from reloadpt import wording
from reloadpt.care import correcting
from reloadpt.care import retelling as past_days
from reloadpt.care.answers import PAIN_ENDS
from reloadpt.care.backfill import BackfilledSets, checked_in_later, open_sets, sets_told_later, sides_of
from reloadpt.clock import zone
from reloadpt.files import clean
from reloadpt.journal.events import Note
from reloadpt.tui.asks.choice import ChoiceScreen, SeveralScreen
from reloadpt.tui.asks.score import ScoreScreen
from reloadpt.tui.asks.words import WordsScreen
from reloadpt.tui.patient.record_app import RecordApp

VOID, UNDO, OWN_WORDS = "void", "as written", "own words"
MOST_SETS_OFFERED = 6
Left = Literal["left"]


async def correct_entry(app: RecordApp) -> str | None:
    """Choose an entry, what is wrong with it, and why; what was done, or None where the person left."""
    history = app.record.history
    entries = {str(entry.n): entry for entry in past_days.latest_entries(history)}
    options = [(n, past_days.entry_in_words(history, entry)) for n, entry in entries.items()]
    if not options:
        return wording.NOTHING_TO_CORRECT()
    n = await app.push_screen_wait(ChoiceScreen("Which entry is not right?", options))
    if n is None:
        return None
    entry = entries[n]
    fields = (
        {field.name: field for field in correcting.correctable_fields(entry.event)} if entry.event else {}
    )
    choices = [(name, f"{field.label}: {field.value_text}") for name, field in fields.items()]
    choices += [(VOID, "All of it: it never was")] if entry.event else []
    choices += [(UNDO, "Back to what was first written")] if entry.event != entry.first else []
    choice = await app.push_screen_wait(
        ChoiceScreen("What is not right?", choices, past_days.entry_in_words(history, entry))
    )
    if choice is None:
        return None
    value: correcting.Value | Left = None
    if choice in fields:
        value = await _ask(app, fields[choice])
        if value == "left":
            return None
    reason = await _reason(app)
    if reason is None:
        return None
    if choice == VOID:
        event = correcting.voiding_entry(entry, reason)
    elif choice == UNDO:
        event = correcting.restoring_entry(entry, reason)
    else:
        event = correcting.amending_entry(entry, {choice: value}, reason)
    app.record.append([event], app.wall())
    return wording.CORRECTED()


async def _ask(app: RecordApp, field: correcting.CorrectableField) -> correcting.Value | Left:
    """Ask for what a field should say; ``left`` where the person leaves."""
    if field.kind == "score":
        return await app.push_screen_wait(ScoreScreen(f"{field.label}?", field.ends))
    if field.choices:
        options = [*field.choices, *([("none", "Not given")] if field.optional else [])]
        typed = await app.push_screen_wait(ChoiceScreen(f"{field.label}?", options))
    else:
        says = f"It says {field.value_text}." + (
            " Type none where it is not known." if field.optional else ""
        )
        typed = await app.push_screen_wait(WordsScreen(f"{field.label}?", says, longest=10_000))
    return "left" if typed is None else correcting.read_value(field, typed)


async def _reason(app: RecordApp) -> str | None:
    options = [(reason, reason) for reason in correcting.REASONS]
    options.append((OWN_WORDS, "Another reason, in words of my own"))
    reason = await app.push_screen_wait(ChoiceScreen("Why is it corrected?", options))
    if reason != OWN_WORDS:
        return reason
    return await app.push_screen_wait(WordsScreen("Why is it corrected?"))


async def add_past_day(app: RecordApp) -> str | None:
    """Choose a day and what was done on it; what was written, or None where the person left."""
    at = app.wall()
    history = app.record.history
    days = {day.isoformat(): day for day in past_days.days_to_tell(history, at)}
    options = [(key, past_days.day_label(day, at.date())) for key, day in days.items()]
    chosen = await app.push_screen_wait(ChoiceScreen("What was done away from the screen: when?", options))
    if chosen is None:
        return None
    day = days[chosen]
    planned = past_days.planned_open(open_sets(app.record.need_plan(), app.library, history, day, at))
    choices = []
    if planned:
        choices.append(("all", f"All that was planned: {sum(exercise.sets for exercise in planned)} sets"))
        choices.append(("some", "Some of what was planned"))
    choices += [
        ("other", "Another exercise of my plan" if planned else "An exercise of my plan"),
        ("numbers", "How it was: pain and soreness"),
        ("note", "A note for my therapist"),
    ]
    choice = await app.push_screen_wait(
        ChoiceScreen(f"{past_days.day_label(day, at.date())}: what?", choices)
    )
    match choice:
        case "all":
            return await _write_sets(
                app, [done for exercise in planned for done in exercise.done(exercise.most)], day
            )
        case "some":
            some = await _chosen_exercises(app, planned)
            return await _write_sets(app, some, day) if some else None
        case "other":
            return await _another_exercise(app, day)
        case "numbers":
            return await _numbers(app, day)
        case "note":
            text = await app.push_screen_wait(WordsScreen("A note for your therapist", longest=10_000))
            if text is None:
                return None
            app.record.append([Note(text=text)], app.wall())
            return wording.WRITTEN_DOWN()
        case _:
            return None


async def _another_exercise(app: RecordApp, day: date) -> str | None:
    plan = app.record.need_plan()
    names = dict(past_days.plan_exercises(plan, app.library))
    exercise = await app.push_screen_wait(
        ChoiceScreen("Which exercise?", [(exercise_id, clean(name)) for exercise_id, name in names.items()])
    )
    if exercise is None:
        return None
    count = await _how_many(app, f"{clean(names[exercise])}: how many sets?", MOST_SETS_OFFERED)
    if count is None:
        return None
    sides = sides_of(exercise, plan, app.library, app.record.history)
    return await _write_sets(app, [BackfilledSets(exercise, side, count) for side in sides], day)


async def _chosen_exercises(
    app: RecordApp, planned: Sequence[past_days.OpenExercise]
) -> list[BackfilledSets] | None:
    by_id = {exercise.item.exercise: exercise for exercise in planned}
    options = [(exercise_id, clean(exercise.item.name)) for exercise_id, exercise in by_id.items()]
    chosen = await app.push_screen_wait(SeveralScreen("Which of these?", options))
    backfilled: list[BackfilledSets] = []
    for exercise in (by_id[exercise_id] for exercise_id in chosen or ()):
        question = f"{clean(exercise.item.name)}: how many sets?"
        count = exercise.most if exercise.most == 1 else await _how_many(app, question, exercise.most)
        if count is None:
            return None
        backfilled += exercise.done(count)
    return backfilled or None


async def _how_many(app: RecordApp, question: str, most: int) -> int | None:
    options = [(str(count), f"{count} set{'s' * (count > 1)}") for count in range(1, most + 1)]
    chosen = await app.push_screen_wait(ChoiceScreen(question, options))
    return int(chosen) if chosen else None


async def _write_sets(app: RecordApp, done: Sequence[BackfilledSets], day: date) -> str | None:
    worst = await app.push_screen_wait(ScoreScreen(wording.ASK_WORST_THEN(), PAIN_ENDS, optional=True))
    if worst == "left":
        return None
    at = app.wall()
    app.record.append(sets_told_later(app.record.history, done, day, at, worst), at)
    count = sum(sets.sets for sets in done)
    return wording.SETS_WRITTEN(
        count=f"{count} set{'s' * (count != 1)}", day=past_days.day_label(day, at.date())
    )


async def _numbers(app: RecordApp, day: date) -> str | None:
    plan = app.record.need_plan()
    scores = []
    for number, site in past_days.numbers_to_tell(plan, app.library):
        score = await app.push_screen_wait(ScoreScreen(number.question, number.ends))
        if score == "left":
            return None
        scores.append((site, score))
    at = app.wall()
    event = checked_in_later(
        app.record.history,
        day,
        at,
        "other" if day == at.date() else "morning",
        pain=scores[0][1],
        soreness=past_days.soreness_entries(scores),
        zone=zone(),
    )
    app.record.append([event], at)
    return wording.NUMBERS_WRITTEN()
