"""Progress in words, and from there: correct an entry, or add what was done away from the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from reloadpt import wording
from reloadpt.care import correcting
from reloadpt.care import retelling as past_days
from reloadpt.care.answers import PAIN_ENDS
from reloadpt.care.backfill import BackfilledSets, checked_in_later, open_sets, sets_told_later, sides_of
from reloadpt.care.history import CorrectableEntry
from reloadpt.care.record import Record
from reloadpt.clock import zone
from reloadpt.files import Trouble, clean
from reloadpt.journal.events import Amended, Note
from reloadpt.measures import progress_words
from reloadpt.measures.course import course_at
from reloadpt.measures.progress import progress_of
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
        progress = progress_of(course_at(self._record.journal.path), self._wall())
        if progress.is_empty:
            self._talk.say(wording.PROGRESS_NONE())
            return
        self._talk.say(
            progress_words.pain_sentence(progress),
            progress_words.soreness_sentence(progress),
            progress_words.adherence_sentence(progress),
            progress_words.corrections_sentence(progress),
        )
        days = {reading.at.date(): reading.score for reading in progress.pain_readings}
        latest_days = [
            f"{progress_words.weekday_in_words(day)} {score}"
            for day, score in sorted(days.items())[-LAST_DAYS:]
        ]
        if latest_days:
            self._talk.say(wording.PAIN_LATELY(scores="; ".join(latest_days)))
        if progress.needled:
            self._talk.say(
                f"Needled on {'; '.join(dict.fromkeys(progress_words.weekday_in_words(moment.date()) for moment in progress.needled))}."
            )
        self._talk.say(
            *(
                f"{clean(muscle.muscle.replace('-', ' '))}: {muscle.done} sets done."
                for muscle in progress.muscles
            )
        )
        self._talk.say(
            *(f"{change}. {why}" for change, why in progress_words.dose_change_lines(progress, MOST_CHANGES))
        )

    # Correct ----------------------------------------------------------------------------------------------

    def _correct(self) -> None:
        history = self._record.history
        entries = past_days.latest_entries(history)[:MOST_ENTRIES]
        if not entries:
            self._talk.say(wording.NOTHING_TO_CORRECT())
            return
        at = self._talk.choose(
            "Which entry is not right?",
            [past_days.entry_in_words(history, entry) for entry in entries],
            (BACK,),
        )
        if isinstance(at, AnswerWord):
            return
        event = self._amendment(entries[at])
        if event is not None:
            self._record.append([event], self._wall())
            self._talk.say(wording.CORRECTED())

    def _amendment(self, entry: CorrectableEntry) -> Amended | None:
        fields = correcting.correctable_fields(entry.event) if entry.event else ()
        ways: list[tuple[str, correcting.CorrectableField | Callable[[CorrectableEntry, str], Amended]]] = [
            (f"{field.label}: {field.value_text}", field) for field in fields
        ]
        ways += [("All of it: it never was", correcting.voiding_entry)] if entry.event else []
        ways += (
            [("Back to what was first written", correcting.restoring_entry)]
            if entry.event != entry.first
            else []
        )
        at = self._talk.choose("What is not right?", [label for label, _ in ways], (BACK,))
        if isinstance(at, AnswerWord):
            return None
        way = ways[at][1]
        value = self._value(way) if isinstance(way, correcting.CorrectableField) else None
        if isinstance(value, AnswerWord):
            return None
        reason = self._talk.text(f"Why? For example: {correcting.REASONS[0]}.", "a few words", (BACK,))
        if isinstance(reason, AnswerWord):
            return None
        return (
            correcting.amending_entry(entry, {way.name: value}, reason)
            if isinstance(way, correcting.CorrectableField)
            else way(entry, reason)
        )

    def _value(self, field: correcting.CorrectableField) -> correcting.Value | AnswerWord:
        words = (LEAVE_OUT, BACK) if field.optional else (BACK,)
        if field.choices:
            at = self._talk.choose(f"{field.label}?", [label for _, label in field.choices], words)
            value: correcting.Value | AnswerWord = (
                at if isinstance(at, AnswerWord) else correcting.read_value(field, field.choices[at][0])
            )
        elif field.kind == "score":
            value = self._talk.number(f"{field.label}? 0 is {field.ends[0]}, 10 is {field.ends[1]}.", words)
        else:
            typed = self._talk.text(
                f"{field.label}? It says {field.value_text}.", "what it should say", words
            )
            value = typed if isinstance(typed, AnswerWord) else correcting.read_value(field, typed)
        return None if value is LEAVE_OUT else value

    # Add --------------------------------------------------------------------------------------------------

    def _add(self) -> None:
        at, history, plan = self._wall(), self._record.history, self._record.need_plan()
        days = past_days.days_to_tell(history, at)
        chosen = self._talk.choose(
            "When was it?", [past_days.day_label(day, at.date()) for day in days], (BACK,)
        )
        if isinstance(chosen, AnswerWord):
            return
        day = days[chosen]
        planned = past_days.planned_open(open_sets(plan, self._library, history, day, at))
        exercises = past_days.plan_exercises(plan, self._library)
        ways: list[tuple[str, Callable[[], None]]] = []
        if planned:
            ways.append(
                (
                    f"All that was planned: {sum(exercise.sets for exercise in planned)} sets",
                    lambda: self._all_planned(planned, day),
                )
            )
        ways += [
            ("One exercise of my plan", lambda: self._one_exercise(exercises, planned, day)),
            ("How it was: pain and soreness", lambda: self._numbers(day)),
            ("A note for my therapist", self._note),
        ]
        choice = self._talk.choose("What?", [label for label, _ in ways], (BACK,))
        if not isinstance(choice, AnswerWord):
            ways[choice][1]()

    def _all_planned(self, planned: list[past_days.OpenExercise], day: date) -> None:
        self._write([done for exercise in planned for done in exercise.done(exercise.most)], day)

    def _one_exercise(
        self, exercises: list[tuple[str, str]], planned: list[past_days.OpenExercise], day: date
    ) -> None:
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
        dealt = next((of_plan for of_plan in planned if of_plan.item.exercise == exercise), None)
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
        count = sum(sets.sets for sets in done)
        count_words = f"{count} set{'s' * (count != 1)}"
        self._talk.say(wording.SETS_WRITTEN(count=count_words, day=past_days.day_label(day, at.date())))

    def _numbers(self, day: date) -> None:
        scores = []
        for number, site in past_days.numbers_to_tell(self._record.need_plan(), self._library):
            least, most = number.ends
            score = self._talk.number(f"{number.question} 0 is {least}, 10 is {most}.", (LEAVE_OUT, BACK))
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
            soreness=past_days.soreness_entries(scores),
            zone=zone(),
        )
        self._record.append([event], at)
        self._talk.say(wording.NUMBERS_TOLD())

    def _note(self) -> None:
        text = self._talk.text(wording.ASK_NOTE(), "your words", (BACK,))
        if not isinstance(text, AnswerWord):
            self._record.append([Note(text=text)], self._wall())
            self._talk.say(wording.WRITTEN_DOWN())
