"""What is there to read line by line: how it has gone, the exercises, the pages to learn from, the settings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reloadpt import wording
from reloadpt.dialogue.asks import Option
from reloadpt.dialogue.respondent import Respondent
from reloadpt.files import Trouble, clean
from reloadpt.learn.pages import learn_pages, sources
from reloadpt.measures.course import course_at
from reloadpt.measures.progress import progress_of
from reloadpt.measures.progress_words import (
    adherence_sentence,
    corrections_sentence,
    dose_change_lines,
    pain_sentence,
    soreness_sentence,
    weekday_in_words,
)
from reloadpt.phrases import count_phrase
from reloadpt.plain.talk import BACK, AnswerWord, Talk
from reloadpt.program.exercise_words import exercise_in_words
from reloadpt.program.searching import every_exercise, matching_exercises
from reloadpt.settings import (
    SAYS,
    allowed_values,
    change_setting,
    read_settings,
    setting_choices,
    value_problem,
)

MOST_CHANGES, LAST_DAYS, MOST_FOUND = 5, 7, 12


def progress_lines(patient: Respondent) -> Iterator[str]:
    """How it has gone, in words."""
    course = course_at(patient.record.journal.path)
    progress = progress_of(course, patient.wall())
    if progress.is_empty:
        yield wording.PROGRESS_NONE()
        return
    yield from (pain_sentence(progress), soreness_sentence(progress), adherence_sentence(progress))
    yield corrections_sentence(progress)
    days = {reading.at.date(): reading.score for reading in progress.pain_readings}
    if latest := [f"{weekday_in_words(day)} {score}" for day, score in sorted(days.items())[-LAST_DAYS:]]:
        yield wording.PAIN_LATELY(scores="; ".join(latest))
    if progress.needled:
        needled = dict.fromkeys(weekday_in_words(moment.date()) for moment in progress.needled)
        yield f"Needled on {'; '.join(needled)}."
    for muscle in progress.muscles:
        yield f"{clean(muscle.muscle.replace('-', ' '))}: {muscle.done} sets done."
    yield from (f"{what}. {why}" for what, why in dose_change_lines(progress, MOST_CHANGES))


def read_exercises(patient: Respondent, talk: Talk) -> None:
    """Search the exercises by words, and hear how one is done, until the person goes back."""
    found, wrong = every_exercise(patient.library)
    talk.say(*wrong)
    while True:
        words = talk.text("Search the exercises by words: back, bridge, sitting", "words", (BACK,), clean)
        if isinstance(words, AnswerWord):
            return
        matches = matching_exercises(found, words, {})
        if not matches:
            talk.say("No exercise has all of these words.")
            continue
        talk.say(f"{count_phrase(len(matches), 'exercise')} found.")
        options = [
            Option(
                match.exercise.id,
                f"{match.exercise.name}, {match.programme.short_name}, {match.exercise.phase}",
            )
            for match in matches[:MOST_FOUND]
        ]
        chosen = talk.choose("Which one", options, (BACK,))
        if isinstance(chosen, Option):
            exercise = patient.library.exercise(chosen.value)
            programme = patient.library.programme(exercise.muscle)
            talk.say(
                f"{exercise.name}.",
                *(f"{word}: {text}" for word, text in exercise_in_words(exercise, programme)),
            )


def say_pages(talk: Talk) -> None:
    """Read the pages about needling and the days after, each with its sources at its end."""
    pages = {page.name: page for page in learn_pages()}
    while True:
        chosen = talk.choose("Learn", [Option(name, page.title) for name, page in pages.items()], (BACK,))
        if isinstance(chosen, AnswerWord):
            return
        page = pages[chosen.value]
        talk.say(*(block.text for block in page.blocks))
        talk.say("Where this comes from:", *(sources()[mark] for mark in page.marks))


def change_settings(path: Path, talk: Talk) -> None:
    """Say what is set, and set it otherwise, until the person goes back."""
    while True:
        settings, wrong = read_settings(path)
        talk.say(*wrong)
        names = [name for name in SAYS if name != "keys"]
        lines = [
            Option(name, f"{name.replace('_', ' ')}: {_value_words(getattr(settings, name))}")
            for name in names
        ]
        chosen = talk.choose("Settings", lines, (BACK,))
        if isinstance(chosen, AnswerWord):
            return
        name = chosen.value
        choices = {_value_words(choice): choice for choice in setting_choices(name)}
        talk.say(SAYS[name])
        if choices:
            value = talk.choose(name.replace("_", " "), [Option(word, word) for word in choices], (BACK,))
            if isinstance(value, Option):
                change_setting(path, name, choices[value.value])
        else:
            typed = talk.text(f"It may be {allowed_values(name)}", "times", (BACK,), partial(_times, name))
            if not isinstance(typed, AnswerWord):
                change_setting(path, name, typed)


def _times(name: str, text: str) -> tuple[str, ...]:
    value = tuple(text.replace(",", " ").split())
    if wrong := value_problem(name, value):
        raise Trouble(wrong)
    return value


def _value_words(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return " ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)
