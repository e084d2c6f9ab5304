"""The tables that leave this machine: one frozen row for each, every column with what it means.

This is the data dictionary: ``datapackage.json``, the Parquet schema and ``docs/export.md`` are made from it.
``private`` says what becomes of a column when a table is de-identified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec

from reloadpt.care.signs import SignStanding
from reloadpt.journal.events import Ending, HowSeen, Intent, Phase, Side, SkipReason, Source
from reloadpt.measures.planned import Status

Private = Literal[
    "keep", "shift", "drop", "patient", "plan", "session", "exercise", "exercise_name", "muscle", "activity", "codes"
]  # fmt: skip
Kind = Literal["string", "integer", "number", "boolean", "date", "datetime"]
When = Literal["before", "morning", "other"]
SessionStatus = Literal["done", "partly", "not_opened", "extra"]
Per = Literal["day", "two_days", "week", "needling"]


@dataclass(frozen=True)
class Column:
    """What a column says, its bounds, and what becomes of it when a table is de-identified."""

    says: str
    private: Private = "keep"
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class TableColumn:
    """A column as it stands in its table. ``words`` are the only values it takes, where there are such."""

    name: str
    kind: Kind
    needed: bool
    words: tuple[str, ...]
    column: Column


Score = Annotated[int | None, Column("A rating: 0 is none, 10 the most there can be.", least=0, most=10)]
PatientId = Annotated[str, Column("The alias that the clinic chose.", "patient")]
PlanId = Annotated[str | None, Column("The plan in force; missing before the first.", "plan")]
SessionId = Annotated[
    str | None, Column("The session, `<date>.<k>`; missing where none was opened.", "session")
]
ExerciseId = Annotated[str, Column("The exercise, `<muscle>/<name>`.", "exercise")]
ExerciseName = Annotated[str, Column("Its name when it was dealt.", "exercise_name")]
Muscle = Annotated[str, Column("The muscle.", "muscle")]
Zone = Annotated[str | None, Column("The IANA zone of the patient's clock then, where it is known.", "drop")]
SideOf = Annotated[Side, Column("The side of the body; `both` where the sides are not told apart.")]
IntentOf = Annotated[Intent, Column("What is wanted of the muscle.")]
Note = Annotated[str | None, Column("What the patient wrote about the session.", "drop")]
Kilograms = Annotated[float | None, Column("Kilograms.", least=0)]
ConfirmedOf = Annotated[
    bool | None,
    Column("False: done by the clock alone, and nobody confirmed it; missing where nobody was asked."),
]
Seconds = Annotated[float | None, Column("Seconds.", least=0)]


def _moment(says: str) -> Column:
    return Column(says + " Local time with its offset.", "shift")


class SetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One planned set, whatever became of it. Days of a log that does not say what was due count where they were opened."""

    patient_id: PatientId
    plan_id: PlanId
    session_id: SessionId
    session_date: Annotated[date, Column("The day it was planned for.", "shift")]
    session_start: Annotated[datetime | None, _moment("When the session was opened.")]
    timezone: Zone
    exercise_id: ExerciseId
    exercise_name: ExerciseName
    muscle: Muscle
    phase: Annotated[Phase, Column("The phase the muscle was in.")]
    intent: IntentOf
    side: SideOf
    set_number: Annotated[int, Column("Counts from 1 for each exercise and side.", least=1, most=20)]
    status: Annotated[
        Status,
        Column(
            "`skipped` covers sets left without a word; `not_opened`: due on a day when nothing was opened."
        ),
    ]
    skip_reason: Annotated[SkipReason | None, Column("Why it was skipped, where that was said.")]
    planned_reps: Annotated[int, Column("Repetitions, or holds, of one set.", least=1, most=200)]
    done_reps: Annotated[int | None, Column("Repetitions that were done.", least=0, most=1000)]
    planned_hold_s: Annotated[int, Column("Length of each hold in seconds; 0: it is no hold.", least=0)]
    done_hold_s: Seconds
    planned_load_kg: Kilograms
    done_load_kg: Kilograms
    seconds: Annotated[float | None, Column("How long the set took, in seconds.", least=0)]
    source: Annotated[Source | None, Column("How it is known that the set was done.")]
    pain_during_0_10: Annotated[
        int | None,
        Column(
            "Worst pain, rated once for the exercise in a session, the same on its rows.", least=0, most=10
        ),
    ]
    effort_0_10: Annotated[
        int | None,
        Column("Perceived exertion, rated likewise: 0 rest, 10 the most possible.", least=0, most=10),
    ]
    note: Annotated[
        str | None, Column("What the patient wrote about the session, on its first row alone.", "drop")
    ]
    confirmed: ConfirmedOf


class ExtraRow(msgspec.Struct, frozen=True, kw_only=True):
    """One set that was done without being planned, or on a locked or paused day: in no figure of adherence."""

    patient_id: PatientId
    plan_id: PlanId
    session_id: SessionId
    session_date: Annotated[date, Column("The day it was done.", "shift")]
    exercise_id: ExerciseId
    side: SideOf
    set_number: Annotated[int, Column("Counts from 1 for each exercise and side.", least=1, most=20)]
    done_reps: Annotated[int | None, Column("Repetitions that were done.", least=0, most=1000)]
    done_hold_s: Seconds
    done_load_kg: Kilograms
    seconds: Annotated[float | None, Column("How long the set took, in seconds.", least=0)]
    source: Annotated[Source, Column("How it is known that the set was done.")]
    confirmed: ConfirmedOf


class SessionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One session: planned and opened, planned and never opened, or opened without being planned."""

    patient_id: PatientId
    plan_id: PlanId
    session_id: SessionId
    session_date: Annotated[date, Column("The day of the session.", "shift")]
    session_start: Annotated[datetime | None, _moment("When it was opened.")]
    session_end: Annotated[datetime | None, _moment("When it was closed.")]
    timezone: Zone
    status: Annotated[
        SessionStatus,
        Column("`done` from 80 % of its sets; `extra`: not planned, or on a locked or paused day."),
    ]
    ended: Annotated[Ending | None, Column("How it ended.")]
    sets_planned: Annotated[int, Column("Sets planned.", least=0)]
    sets_done: Annotated[int, Column("Of these, sets done.", least=0)]
    sets_unconfirmed: Annotated[
        int, Column("Of the sets done, extra ones too, those by the clock alone.", least=0)
    ]
    sets_skipped: Annotated[int, Column("Of the planned, sets skipped with a reason.", least=0)]
    extra_sets: Annotated[int, Column("Sets done in it that were not planned.", least=0)]
    seconds: Annotated[
        float | None,
        Column("The time of its planned sets that were done, in seconds, rests left out.", least=0),
    ]
    worst_pain_0_10: Score
    note: Note


class CheckinRow(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in, as corrected."""

    patient_id: PatientId
    plan_id: PlanId
    checkin_date: Annotated[date, Column("The day.", "shift")]
    checkin_time: Annotated[datetime, _moment("When it was given.")]
    timezone: Zone
    when: Annotated[When, Column("Before a session, on a morning, or at any other time.")]
    session_id: SessionId
    pain_0_10: Annotated[int | None, Column("The usual pain, now.", least=0, most=10)]
    worst_pain_0_10: Annotated[int | None, Column("The worst pain of the last day.", least=0, most=10)]
    signs_asked: Annotated[str | None, Column("Codes of the warning signs asked about.", "codes")]
    signs_yes: Annotated[str | None, Column("Codes of those answered with yes.", "codes")]
    confirmed_same: Annotated[bool, Column("Whether the last value was confirmed with one key.")]


class SorenessRow(msgspec.Struct, frozen=True, kw_only=True):
    """How sore one needle site is, at one check-in."""

    patient_id: PatientId
    plan_id: PlanId
    checkin_date: Annotated[date, Column("The day.", "shift")]
    checkin_time: Annotated[datetime, _moment("When it was given.")]
    muscle: Muscle
    side: SideOf
    soreness_0_10: Annotated[int, Column("Soreness where the needle was.", least=0, most=10)]


class NeedlingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One needling of one muscle."""

    patient_id: PatientId
    needled_date: Annotated[date, Column("The day.", "shift")]
    needled_at: Annotated[datetime, _moment("When.")]
    muscle: Muscle
    side: SideOf
    stim: Annotated[bool, Column("Whether the needle carried a current.")]


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    """One plan, from the day it came into force."""

    patient_id: PatientId
    plan_id: PlanId
    started_date: Annotated[date, Column("The day it came into force.", "shift")]
    started_at: Annotated[datetime, _moment("When it came into force.")]
    made_at: Annotated[datetime | None, _moment("When it was made.")]
    ends_date: Annotated[date, Column("The day it ends.", "shift")]
    made_by: Annotated[str | None, Column("Who made it; missing where the patient did.", "drop")]
    self_made: Annotated[bool, Column("Whether the patient made it without a therapist.")]
    complaint: Annotated[str | None, Column("What the patient came for.", "drop")]
    start_pain_0_10: Annotated[
        int | None, Column("The usual pain when it was made, where it was asked.", least=0, most=10)
    ]
    progression: Annotated[
        Literal["guided", "fixed"], Column("Whether the rules of care may change its doses.")
    ]


class PrescribedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise of one plan as it was first dealt, and how often it is meant."""

    patient_id: PatientId
    plan_id: PlanId
    exercise_id: ExerciseId
    exercise_name: ExerciseName
    muscle: Muscle
    intent: IntentOf
    side: SideOf
    first_date: Annotated[date, Column("The first day it was planned for.", "shift")]
    sets: Annotated[int, Column("Sets, of each side where there are two.", least=1, most=20)]
    reps: Annotated[int, Column("Repetitions, or holds, of one set.", least=1, most=200)]
    hold_s: Annotated[int, Column("Length of each hold in seconds; 0: it is no hold.", least=0)]
    tempo: Annotated[str | None, Column("Seconds out-hold-return of one repetition.")]
    rest_s: Annotated[int, Column("Rest after a set, in seconds.", least=0)]
    load_kg: Kilograms
    resistance: Annotated[str | None, Column("Other load, in words.", "drop")]
    times: Annotated[
        int | None,
        Column("So many times `per` …; missing where the log does not say what was due.", least=1, most=12),
    ]
    per: Annotated[Per | None, Column("… day, two days, week, or once after each needling.")]


class ActivityRow(msgspec.Struct, frozen=True, kw_only=True):
    """How an activity that matters to the patient goes."""

    patient_id: PatientId
    rated_date: Annotated[date, Column("The day.", "shift")]
    rated_at: Annotated[datetime, _moment("When.")]
    activity: Annotated[str, Column("The activity, in the patient's words.", "activity")]
    score_0_10: Annotated[int, Column("0 unable, 10 as before.", least=0, most=10)]


class NoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something the patient wanted to be read, as corrected; notes of a session stand with the session."""

    patient_id: PatientId
    written_date: Annotated[date, Column("The day.", "shift")]
    written_at: Annotated[datetime, _moment("When.")]
    text: Annotated[str | None, Column("What was written.", "drop")]


class SignRow(msgspec.Struct, frozen=True, kw_only=True):
    """One warning sign that was marked."""

    patient_id: PatientId
    raised_date: Annotated[date, Column("The day.", "shift")]
    raised_at: Annotated[datetime, _moment("When.")]
    code: Annotated[str, Column("The code of the sign.", "codes")]
    standing: Annotated[
        SignStanding,
        Column(
            "What became of it: open, cleared, ended by a new plan, over by itself, or withdrawn at once."
        ),
    ]
    again: Annotated[bool, Column("Whether it had been marked before.")]
    ended_date: Annotated[date | None, Column("The day its lock ended: seen, or a new plan.", "shift")]
    seen_how: Annotated[HowSeen | None, Column("How the patient was looked at before it was cleared.")]


TABLES: dict[str, type[msgspec.Struct]] = {
    "signs": SignRow,
    "sets": SetRow,
    "sessions": SessionRow,
    "checkins": CheckinRow,
    "soreness": SorenessRow,
    "needlings": NeedlingRow,
    "plans": PlanRow,
    "prescribed": PrescribedRow,
    "activities": ActivityRow,
    "notes": NoteRow,
    "extra_sets": ExtraRow,
}
"""The tables by name, which is the name of their file too."""

_KINDS: dict[type, Kind] = {
    str: "string", int: "integer", float: "number", bool: "boolean", date: "date", datetime: "datetime",
}  # fmt: skip


@cache
def table_columns(table: str) -> tuple[TableColumn, ...]:
    """The columns of a table, in their order."""
    row = TABLES[table]
    hints = get_type_hints(row, include_extras=True)
    return tuple(_field(name, hints[name]) for name in row.__struct_fields__)


def _field(name: str, hint: Any) -> TableColumn:
    (kind, *others), column = _parts(hint.__origin__), hint.__metadata__[-1]
    words: Sequence[str] = get_args(kind)
    return TableColumn(name, "string" if words else _KINDS[kind], not others, tuple(words), column)


def _parts(hint: Any) -> list[Any]:
    """The alternatives of a type, ``None`` last."""
    parts = (
        [hint] if hint in _KINDS or hint.__class__.__name__ == "_LiteralGenericAlias" else [*get_args(hint)]
    )
    return sorted(parts, key=lambda part: part is type(None))
