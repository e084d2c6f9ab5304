"""What follows what when something is told later: correct an entry, or add what was done away from the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from reloadpt import wording
from reloadpt.care.answers import PAIN_ENDS
from reloadpt.care.backfill import BackfilledSets, checked_in_later, open_sets, sets_told_later, sides_of
from reloadpt.care.correcting import (
    REASONS,
    CorrectableField,
    Value,
    amending_entry,
    correctable_fields,
    read_value,
    restoring_entry,
    voiding_entry,
)
from reloadpt.care.retelling import (
    OpenExercise,
    day_label,
    days_to_tell,
    entry_in_words,
    latest_entries,
    numbers_to_tell,
    plan_exercises,
    planned_open,
    soreness_entries,
)
from reloadpt.clock import zone
from reloadpt.files import clean
from reloadpt.journal.events import Note
from reloadpt.tui.screens.choice import ChoiceScreen, SeveralScreen
from reloadpt.tui.screens.score import ScoreScreen
from reloadpt.tui.screens.words import WordsScreen

if TYPE_CHECKING:
    from reloadpt.tui.app import ReloadApp

VOID, UNDO, OWN_WORDS = "void", "as written", "own words"
MOST_SETS_OFFERED = 6
Left = Literal["left"]


async def correct_entry(app: ReloadApp) -> str | None:
    """Choose an entry, what is wrong with it, and why; what was done, or None where the person left."""
    history = app.record.history
    found = {str(kept.n): kept for kept in latest_entries(history)}
    options = [(n, entry_in_words(history, kept)) for n, kept in found.items()]
    if not options:
        return wording.NOTHING_TO_CORRECT()
    n = await app.push_screen_wait(ChoiceScreen("Which entry is not right?", options))
    if n is None:
        return None
    kept = found[n]
    fields = {field.name: field for field in correctable_fields(kept.event)} if kept.event else {}
    choices = [(name, f"{field.label}: {field.told}") for name, field in fields.items()]
    choices += [(VOID, "All of it: it never was")] if kept.event else []
    choices += [(UNDO, "Back to what was first written")] if kept.event != kept.first else []
    what = await app.push_screen_wait(
        ChoiceScreen("What is not right?", choices, entry_in_words(history, kept))
    )
    if what is None:
        return None
    value: Value | Left = None
    if what in fields:
        value = await _ask(app, fields[what])
        if value == "left":
            return None
    reason = await _reason(app)
    if reason is None:
        return None
    if what == VOID:
        event = voiding_entry(kept, reason)
    elif what == UNDO:
        event = restoring_entry(kept, reason)
    else:
        event = amending_entry(kept, {what: value}, reason)
    app.record.append([event], app.wall())
    return wording.CORRECTED()


async def _ask(app: ReloadApp, field: CorrectableField) -> Value | Left:
    """Ask for what a field should say; ``left`` where the person leaves."""
    if field.kind == "score":
        return await app.push_screen_wait(ScoreScreen(f"{field.label}?", field.ends))
    if field.choices:
        options = [*field.choices, *([("none", "Not given")] if field.optional else [])]
        typed = await app.push_screen_wait(ChoiceScreen(f"{field.label}?", options))
    else:
        says = f"It says {field.told}." + (" Type none where it is not known." if field.optional else "")
        typed = await app.push_screen_wait(WordsScreen(f"{field.label}?", says, longest=10_000))
    return "left" if typed is None else read_value(field, typed)


async def _reason(app: ReloadApp) -> str | None:
    options = [(reason, reason) for reason in REASONS]
    options.append((OWN_WORDS, "Another reason, in words of my own"))
    reason = await app.push_screen_wait(ChoiceScreen("Why is it corrected?", options))
    if reason != OWN_WORDS:
        return reason
    return await app.push_screen_wait(WordsScreen("Why is it corrected?"))


async def add_past_day(app: ReloadApp) -> str | None:
    """Choose a day and what was done on it; what was written, or None where the person left."""
    at = app.wall()
    history = app.record.history
    days = {day.isoformat(): day for day in days_to_tell(history, at)}
    options = [(key, day_label(day, at.date())) for key, day in days.items()]
    chosen = await app.push_screen_wait(ChoiceScreen("What was done away from the screen: when?", options))
    if chosen is None:
        return None
    day = days[chosen]
    planned = planned_open(open_sets(app.record.need_plan(), app.library, history, day, at))
    choices = []
    if planned:
        choices.append(("all", f"All that was planned: {sum(each.sets for each in planned)} sets"))
        choices.append(("some", "Some of what was planned"))
    choices += [
        ("other", "Another exercise of my plan" if planned else "An exercise of my plan"),
        ("numbers", "How it was: pain and soreness"),
        ("note", "A note for my therapist"),
    ]
    what = await app.push_screen_wait(ChoiceScreen(f"{day_label(day, at.date())}: what?", choices))
    match what:
        case "all":
            return await _write_sets(app, [done for each in planned for done in each.done(each.most)], day)
        case "some":
            some = await _some(app, planned)
            return await _write_sets(app, some, day) if some else None
        case "other":
            return await _other(app, day)
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


async def _other(app: ReloadApp, day: date) -> str | None:
    plan = app.record.need_plan()
    names = dict(plan_exercises(plan, app.library))
    exercise = await app.push_screen_wait(
        ChoiceScreen("Which exercise?", [(each, clean(name)) for each, name in names.items()])
    )
    if exercise is None:
        return None
    count = await _how_many(app, f"{clean(names[exercise])}: how many sets?", MOST_SETS_OFFERED)
    if count is None:
        return None
    sides = sides_of(exercise, plan, app.library, app.record.history)
    return await _write_sets(app, [BackfilledSets(exercise, side, count) for side in sides], day)


async def _some(app: ReloadApp, planned: Sequence[OpenExercise]) -> list[BackfilledSets] | None:
    by_id = {each.item.exercise: each for each in planned}
    options = [(exercise, clean(each.item.name)) for exercise, each in by_id.items()]
    chosen = await app.push_screen_wait(SeveralScreen("Which of these?", options))
    found: list[BackfilledSets] = []
    for exercise in chosen or ():
        each = by_id[exercise]
        count = (
            each.most
            if each.most == 1
            else await _how_many(app, f"{clean(each.item.name)}: how many sets?", each.most)
        )
        if count is None:
            return None
        found += each.done(count)
    return found or None


async def _how_many(app: ReloadApp, question: str, most: int) -> int | None:
    options = [(str(count), f"{count} set{'s' * (count > 1)}") for count in range(1, most + 1)]
    chosen = await app.push_screen_wait(ChoiceScreen(question, options))
    return int(chosen) if chosen else None


async def _write_sets(app: ReloadApp, done: Sequence[BackfilledSets], day: date) -> str | None:
    worst = await app.push_screen_wait(ScoreScreen(wording.ASK_WORST_THEN(), PAIN_ENDS, optional=True))
    if worst == "left":
        return None
    at = app.wall()
    app.record.append(sets_told_later(app.record.history, done, day, at, worst), at)
    count = sum(each.sets for each in done)
    return wording.SETS_WRITTEN(count=f"{count} set{'s' * (count != 1)}", day=day_label(day, at.date()))


async def _numbers(app: ReloadApp, day: date) -> str | None:
    plan = app.record.need_plan()
    scores = []
    for asked, site in numbers_to_tell(plan, app.library):
        score = await app.push_screen_wait(ScoreScreen(asked.question, asked.ends))
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
        soreness=soreness_entries(scores),
        zone=zone(),
    )
    app.record.append([event], at)
    return wording.NUMBERS_WRITTEN()
