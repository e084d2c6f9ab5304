"""Progress in words, and from there: correct an entry, or add what was done away from the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

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
from reloadpt.care.history import CorrectableEntry
from reloadpt.care.record import Record
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
from reloadpt.files import Trouble, clean
from reloadpt.journal.events import Amended, Note
from reloadpt.measures.course import course_at
from reloadpt.measures.progress import progress_of
from reloadpt.measures.progress_words import (
    adherence_sentence,
    corrections_sentence,
    dose_change_lines,
    pain_sentence,
    weekday_in_words,
)
from reloadpt.measures.progress_words import (
    soreness_sentence as sore_told,
)
from reloadpt.plain.talk import BACK, AnswerWord, Talk, enter
from reloadpt.program.library import Library

CORRECT = AnswerWord("correct", "Correct an entry; what was first written stays.")
ADD = AnswerWord("add", "Write down what was done away from the screen.")
DONE = enter("Go back to Today.", "go back")
LEAVE_OUT = AnswerWord("leave out", "Give no answer here.", also=("-", "none"))
MOST_ENTRIES, MOST_CHANGES, LAST_DAYS = 20, 5, 7


class Retelling:
    """How it has gone, told to a person, who may correct it and add to it."""

    def __init__(self, talk: Talk, record: Record, library: Library, wall: Callable[[], datetime]) -> None:
        self._talk, self._record, self._library, self._wall = talk, record, library, wall

    def run(self) -> None:
        """Tell how it has gone until the person goes back."""
        while True:
            self._tell()
            chosen = self._talk.ask("That is how it has gone.", (DONE, CORRECT, ADD))
            if chosen is DONE:
                return
            try:
                self._correct() if chosen is CORRECT else self._add()
            except Trouble as trouble:
                self._talk.say(str(trouble))

    def _tell(self) -> None:
        told = progress_of(course_at(self._record.journal.path), self._wall())
        if told.is_empty:
            self._talk.say(wording.PROGRESS_NONE())
            return
        self._talk.say(
            pain_sentence(told), sore_told(told), adherence_sentence(told), corrections_sentence(told)
        )
        days = {reading.at.date(): reading.score for reading in told.pain_readings}
        latest_days = [f"{weekday_in_words(day)} {score}" for day, score in sorted(days.items())[-LAST_DAYS:]]
        if latest_days:
            self._talk.say(wording.PAIN_LATELY(scores="; ".join(latest_days)))
        if told.needled:
            self._talk.say(
                f"Needled on {'; '.join(dict.fromkeys(weekday_in_words(each.date()) for each in told.needled))}."
            )
        self._talk.say(
            *(f"{clean(each.muscle.replace('-', ' '))}: {each.done} sets done." for each in told.muscles)
        )
        self._talk.say(*(f"{what}. {why}" for what, why in dose_change_lines(told, MOST_CHANGES)))

    # Correct ----------------------------------------------------------------------------------------------

    def _correct(self) -> None:
        history = self._record.history
        found = latest_entries(history)[:MOST_ENTRIES]
        if not found:
            self._talk.say(wording.NOTHING_TO_CORRECT())
            return
        at = self._talk.choose(
            "Which entry is not right?", [entry_in_words(history, kept) for kept in found], (BACK,)
        )
        if isinstance(at, AnswerWord):
            return
        event = self._amendment(found[at])
        if event is not None:
            self._record.append([event], self._wall())
            self._talk.say(wording.CORRECTED())

    def _amendment(self, kept: CorrectableEntry) -> Amended | None:
        fields = correctable_fields(kept.event) if kept.event else ()
        ways: list[tuple[str, CorrectableField | Callable[[CorrectableEntry, str], Amended]]] = [
            (f"{field.label}: {field.told}", field) for field in fields
        ]
        ways += [("All of it: it never was", voiding_entry)] if kept.event else []
        ways += [("Back to what was first written", restoring_entry)] if kept.event != kept.first else []
        at = self._talk.choose("What is not right?", [label for label, _ in ways], (BACK,))
        if isinstance(at, AnswerWord):
            return None
        way = ways[at][1]
        value = self._value(way) if isinstance(way, CorrectableField) else None
        if isinstance(value, AnswerWord):
            return None
        reason = self._talk.text(f"Why? For example: {REASONS[0]}.", "a few words", (BACK,))
        if isinstance(reason, AnswerWord):
            return None
        return (
            amending_entry(kept, {way.name: value}, reason)
            if isinstance(way, CorrectableField)
            else way(kept, reason)
        )

    def _value(self, field: CorrectableField) -> Value | AnswerWord:
        words = (LEAVE_OUT, BACK) if field.optional else (BACK,)
        if field.choices:
            at = self._talk.choose(f"{field.label}?", [label for _, label in field.choices], words)
            found: Value | AnswerWord = (
                at if isinstance(at, AnswerWord) else read_value(field, field.choices[at][0])
            )
        elif field.kind == "score":
            found = self._talk.number(f"{field.label}? 0 is {field.ends[0]}, 10 is {field.ends[1]}.", words)
        else:
            typed = self._talk.text(f"{field.label}? It says {field.told}.", "what it should say", words)
            found = typed if isinstance(typed, AnswerWord) else read_value(field, typed)
        return None if found is LEAVE_OUT else found

    # Add --------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        at, history, plan = self._wall(), self._record.history, self._record.need_plan()
        days = days_to_tell(history, at)
        chosen = self._talk.choose("When was it?", [day_label(day, at.date()) for day in days], (BACK,))
        if isinstance(chosen, AnswerWord):
            return
        day = days[chosen]
        planned = planned_open(open_sets(plan, self._library, history, day, at))
        exercises = plan_exercises(plan, self._library)
        ways: list[tuple[str, Callable[[], None]]] = []
        if planned:
            ways.append(
                (
                    f"All that was planned: {sum(each.sets for each in planned)} sets",
                    lambda: self._all(planned, day),
                )
            )
        ways += [
            ("One exercise of my plan", lambda: self._one(exercises, planned, day)),
            ("How it was: pain and soreness", lambda: self._numbers(day)),
            ("A note for my therapist", self._note),
        ]
        what = self._talk.choose("What?", [label for label, _ in ways], (BACK,))
        if not isinstance(what, AnswerWord):
            ways[what][1]()

    def _all(self, planned: list[OpenExercise], day: date) -> None:
        self._write([done for each in planned for done in each.done(each.most)], day)

    def _one(self, exercises: list[tuple[str, str]], planned: list[OpenExercise], day: date) -> None:
        at = self._talk.choose("Which exercise?", [name for _, name in exercises], (BACK,))
        if isinstance(at, AnswerWord):
            return
        count = self._talk.ask(
            "How many sets?",
            (BACK,),
            "1 to 9",
            lambda heard: int(heard) if heard in tuple("123456789") else None,
        )
        if isinstance(count, AnswerWord):
            return
        exercise = exercises[at][0]
        dealt = next((each for each in planned if each.item.exercise == exercise), None)
        if dealt and count <= dealt.most:
            self._write(dealt.done(count), day)
            return
        sides = sides_of(exercise, self._record.need_plan(), self._library, self._record.history)
        self._write([BackfilledSets(exercise, side, count) for side in sides], day)

    def _write(self, done: list[BackfilledSets], day: date) -> None:
        worst = self._talk.number(
            f"{wording.ASK_WORST_THEN()} 0 is {PAIN_ENDS[0]}, 10 is {PAIN_ENDS[1]}.", (LEAVE_OUT, BACK)
        )
        if worst is BACK:
            return
        at = self._wall()
        pain = None if isinstance(worst, AnswerWord) else worst
        self._record.append(sets_told_later(self._record.history, done, day, at, pain), at)
        count = sum(each.sets for each in done)
        told = f"{count} set{'s' * (count != 1)}"
        self._talk.say(wording.SETS_WRITTEN(count=told, day=day_label(day, at.date())))

    def _numbers(self, day: date) -> None:
        scores = []
        for asked, site in numbers_to_tell(self._record.need_plan(), self._library):
            least, most = asked.ends
            score = self._talk.number(f"{asked.question} 0 is {least}, 10 is {most}.", (LEAVE_OUT, BACK))
            if score is BACK:
                return
            scores.append((site, None if isinstance(score, AnswerWord) else score))
        at = self._wall()
        event = checked_in_later(
            self._record.history,
            day,
            at,
            "other" if day == at.date() else "morning",
            pain=scores[0][1],
            soreness=soreness_entries(scores),
            zone=zone(),
        )
        self._record.append([event], at)
        self._talk.say(wording.NUMBERS_TOLD())

    def _note(self) -> None:
        text = self._talk.text(wording.ASK_NOTE(), "your words", (BACK,))
        if not isinstance(text, AnswerWord):
            self._record.append([Note(text=text)], self._wall())
            self._talk.say(wording.WRITTEN_DOWN())
