"""What can happen, as the journal writes it down: one frozen record for each kind of entry.

The coach and the care rules emit these; only the journal turns them into lines. Pain, soreness and effort
are whole numbers 0-10. Times are aware (RFC 3339 with the patient's offset); days are ``YYYY-MM-DD``.
Readers tolerate fields they do not know.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Score = Annotated[int, Meta(ge=0, le=10)]
"""A rating: 0 is none, 10 the most there can be."""
Count = Annotated[int, Meta(ge=0, le=1000)]
Ordinal = Annotated[int, Meta(ge=0, le=2**53)]
"""The place of an entry in its log, from 0."""
Seconds = Annotated[float, Meta(ge=0, le=86400)]
Kilograms = Annotated[float, Meta(ge=0, le=1000)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=10_000)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]

Side = Literal["left", "right", "both"]
Phase = Literal["reset", "activate", "reload", "perform"]
Intent = Literal["calm", "wake"]
Source = Literal["timed", "self_paced", "typed", "back_filled"]
SkipReason = Literal["pain", "time", "equipment", "unsure", "felt_well", "other"]
PainPlace = Literal["usual", "needle", "new"]
Ending = Literal["finished", "stopped", "flagged", "abandoned"]
SignForm = Literal["full", "groups"]
HowSeen = Literal["in_person", "by_phone"]
DayStanding = Literal["planned", "as_dealt", "nothing_possible", "paused", "locked", "over"]


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something that happened; ``kind`` in the line names which."""


class Continues(msgspec.Struct, frozen=True, kw_only=True):
    """The log that this one goes on from, and its last hash that could be read."""

    log: Name
    h: Hash


class LogOpened(Event, frozen=True, kw_only=True, tag="log_opened"):
    """The first line of every log."""

    format: Name
    log: Name
    patient: Name
    app: str = ""
    zone: str | None = None
    continues: Continues | None = None


class PlanStarted(Event, frozen=True, kw_only=True, tag="plan_started"):
    """A plan came into force, whole; it replaces the one before."""

    plan: dict[str, Any]


class Needled(Event, frozen=True, kw_only=True, tag="needled"):
    """A muscle was needled again."""

    muscle: Name
    side: Side = "both"
    needled_at: datetime
    stim: bool = False
    by: str | None = None


class Soreness(msgspec.Struct, frozen=True, kw_only=True):
    """How sore the needle site of one muscle is."""

    muscle: Name
    side: Side = "both"
    score: Score


class CheckedIn(Event, frozen=True, kw_only=True, tag="checked_in"):
    """Pain now and soreness: ``when`` says before which ``session``, on a morning, or at any other time.

    ``pain`` is the usual pain now and ``worst`` the worst of the last day, 0-10; ``soreness`` is by needle site.
    ``asked`` are the codes of the warning signs asked about, in which ``form`` (every symptom, or one line a group),
    ``flags`` those answered with yes; ``same`` says that the last value was confirmed with one key. ``zone`` is the
    patient's. ``for_day`` is given where it was written down later, of an earlier day.
    """

    when: Literal["before", "morning", "other"]
    session: str | None = None
    pain: Score | None = None
    worst: Score | None = None
    soreness: tuple[Soreness, ...] = ()
    asked: tuple[str, ...] = ()
    form: SignForm | None = None
    flags: tuple[str, ...] = ()
    same: bool = False
    zone: str | None = None
    for_day: Day | None = None


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise with today's dose, and why it is there.

    ``exercise`` is its id, ``name`` what it is called; ``muscle`` is the one it was dealt for, ``credits`` are
    the ids of exercises that it counts for. ``phase``, ``intent``, ``position`` and ``type`` are as in its programme. ``reps`` and
    ``hold_s`` (seconds) are of one of its ``sets``; ``tempo`` is out-hold-return in seconds, ``"3-1-3"``; ``rest_s``
    is between sets, ``rep_rest_s`` between holds; ``load_kg`` and ``resistance`` are what it is done with. Where
    ``per_side`` and ``side`` is ``both``, each set is done left and right. What is ``optional`` is missed by nobody.
    ``why`` is the sentence for the patient, ``rule`` the id of what dealt it so. It is enough to go on with a
    session, or to read the log, without the programmes.
    """

    exercise: Name
    name: Name
    muscle: Name
    credits: tuple[str, ...] = ()
    side: Side = "both"
    phase: Phase
    intent: Intent
    sets: Annotated[int, Meta(ge=1, le=20)]
    reps: Annotated[int, Meta(ge=1, le=200)] = 1
    hold_s: Annotated[int, Meta(ge=0, le=3600)] = 0
    tempo: Annotated[str, Meta(pattern=r"^\d{1,2}-\d{1,2}-\d{1,2}$")] | None = None
    rest_s: Annotated[int, Meta(ge=0, le=3600)] = 0
    rep_rest_s: Annotated[int, Meta(ge=0, le=600)] = 0
    per_side: bool = False
    position: str = ""
    type: str = ""
    load_kg: Kilograms | None = None
    resistance: Text | None = None
    optional: bool = False
    why: Text = ""
    rule: str = ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of one round, in the order they are done."""
        return ("left", "right") if self.per_side and self.side == "both" else (self.side,)

    @property
    def is_loaded(self) -> bool:
        """Whether it is done with a load: a weight, a band."""
        return self.load_kg is not None or bool(self.resistance)

    @property
    def sets_in_all(self) -> int:
        """How many sets are dealt, both sides counted."""
        return self.sets * len(self.sides)


class HowOften(msgspec.Struct, frozen=True, kw_only=True):
    """So many times a day, every two days, a week, or once after each needling."""

    times: Annotated[int, Meta(ge=1, le=12)]
    per: Literal["day", "two_days", "week", "needling"]


class DueItem(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise that was due on a day: ``times`` rounds of ``sets`` on each of ``sides``.

    ``since`` is the day from which this occasion stands open: of what is due every day that day itself, of what
    is due less often the same on each day until it is done, or until the next one begins.
    """

    exercise: Name
    name: Name
    muscle: Name
    credits: tuple[str, ...] = ()
    sides: Annotated[tuple[Side, ...], Meta(min_length=1, max_length=2)]
    phase: Phase
    intent: Intent
    sets: Annotated[int, Meta(ge=1, le=20)]
    reps: Annotated[int, Meta(ge=1, le=200)] = 1
    hold_s: Annotated[int, Meta(ge=0, le=3600)] = 0
    load_kg: Kilograms | None = None
    times: Annotated[int, Meta(ge=1, le=12)]
    since: Day
    often: HowOften


class NothingFor(msgspec.Struct, frozen=True, kw_only=True):
    """A muscle of which nothing could be dealt, and why."""

    muscle: Name
    why: Text


class Due(Event, frozen=True, kw_only=True, tag="due"):
    """What was due on a day, by the rules and the plan of that day. The last one of a day counts.

    On a ``planned`` day the items are what it asked for. A day that changed in its middle is ``as_dealt``: what its
    sessions dealt was due. ``nothing`` says why where ``nothing_possible``. ``left_out`` counts the sets of
    exercises meant every day that did not fit into the day's sessions, and so were not due.
    """

    day: Day
    standing: DayStanding
    items: tuple[DueItem, ...] = ()
    left_out: Count = 0
    nothing: tuple[NothingFor, ...] = ()


class SessionOpened(Event, frozen=True, kw_only=True, tag="session_opened"):
    """A session began; its items are what was dealt."""

    session: Name
    zone: str | None = None
    items: tuple[Item, ...] = ()


class SetDone(Event, frozen=True, kw_only=True, tag="set_done"):
    """One set of one ``exercise`` of a ``session``, on one ``side``, was done. ``set`` counts from 1.

    ``reps``, ``hold_s`` (seconds) and ``load_kg`` are as done, ``seconds`` how long it took; ``source`` says who
    counted. ``for_day`` is the day it is of, where it was written down later. ``confirmed`` is False where the clock
    alone says so, until a ``Confirmed`` or a correction of the person says it too; None where nobody was asked.
    """

    session: Name
    exercise: Name
    side: Side = "both"
    set: Annotated[int, Meta(ge=1, le=20)]
    reps: Count | None = None
    hold_s: Seconds | None = None
    load_kg: Kilograms | None = None
    seconds: Seconds | None = None
    source: Source = "timed"
    for_day: Day | None = None
    confirmed: bool | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the person said that it was done, or nobody had to ask."""
        return self.confirmed is not False


class Confirmed(Event, frozen=True, kw_only=True, tag="confirmed"):
    """The person says of all sets of a session that were written before: yes, they were done; no changes nothing."""

    session: Name
    yes: bool = True


class SetSkipped(Event, frozen=True, kw_only=True, tag="set_skipped"):
    """One set was left out, and why."""

    session: Name
    exercise: Name
    side: Side = "both"
    set: Annotated[int, Meta(ge=1, le=20)]
    reason: SkipReason


class Eased(Event, frozen=True, kw_only=True, tag="eased"):
    """From here on the sets of one exercise are easier: the dose of a set as it is from now."""

    session: Name
    exercise: Name
    side: Side = "both"
    reps: Count | None = None
    hold_s: Seconds | None = None


class ExerciseRated(Event, frozen=True, kw_only=True, tag="exercise_rated"):
    """How one exercise felt: worst pain during, where, effort, and whether more would have gone well.

    Two more with good form of what is done with the body alone, three of what is done with a load.
    """

    session: Name
    exercise: Name
    side: Side = "both"
    pain: Score | None = None
    place: PainPlace | None = None
    effort: Score | None = None
    two_more: bool | None = None
    three_more: bool | None = None


class SessionClosed(Event, frozen=True, kw_only=True, tag="session_closed"):
    """A session ended; ``worst`` is the worst pain in it, where that was asked once for all of it."""

    session: Name
    how: Ending
    worst: Score | None = None
    note: Text = ""


class FlagRaised(Event, frozen=True, kw_only=True, tag="flag_raised"):
    """A warning sign was answered with yes; everything stays locked until it is cleared.

    ``advice`` is what was shown, ``words`` what was said with it. ``muscles`` are those it is of; none means all.
    """

    code: Name
    advice: Text = ""
    words: Text = ""
    muscles: tuple[Name, ...] = ()


class FlagWithdrawn(Event, frozen=True, kw_only=True, tag="flag_withdrawn"):
    """A warning sign was marked, and taken back at the question itself; nothing is locked."""

    code: Name


class Worried(Event, frozen=True, kw_only=True, tag="worried"):
    """Something else than the signs that are asked worries the patient, in their own ``words``."""

    words: Text = ""


class Cleared(Event, frozen=True, kw_only=True, tag="cleared"):
    """A lock ended: the patient was seen, ``by`` whom, ``how`` and ``where``, and when."""

    code: Name
    by: Text
    seen_at: Annotated[str, Meta(max_length=40)]
    how: HowSeen | None = None
    where: Text = ""


class EmergencyNumber(Event, frozen=True, kw_only=True, tag="emergency_number"):
    """The patient said which number they call in an emergency, for the time ``zone`` they are in; null: they know none."""

    number: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    zone: str | None = None


class ConditionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of the screening, and whether it holds; ``unanswered`` is not known."""

    item: Name
    answer: Literal["no", "yes", "unanswered"] = "unanswered"


class ScreeningAnswered(Event, frozen=True, kw_only=True, tag="screening_answered"):
    """What the plan's screening left open, as the patient answered it later; of a condition told anew the last counts.

    ``baby_due`` is the day a child is due.
    """

    answers: tuple[ConditionAnswer, ...] = ()
    baby_due: Day | None = None


class Paused(Event, frozen=True, kw_only=True, tag="paused"):
    """Days without exercise that were said beforehand: a holiday, an illness."""

    from_: Day = msgspec.field(name="from")
    to: Day
    reason: Text = ""


class AtHand(Event, frozen=True, kw_only=True, tag="at_hand"):
    """What is there to exercise with, as the patient says: equipment, and weights in kilograms.

    At home, or ``from`` one day ``to`` another, both counted, where they are then; told anew of the same first day it
    takes the place of what was told before. None: not said; an empty list: nothing but what is in every home.
    """

    has: tuple[Name, ...] | None = None
    weights_kg: tuple[Kilograms, ...] | None = None
    from_: Day | None = msgspec.field(name="from", default=None)
    to: Day | None = None


class MissedExplained(Event, frozen=True, kw_only=True, tag="missed_explained"):
    """What stood in the way of a planned day."""

    day: Day
    barrier: Text


class ActivityRated(Event, frozen=True, kw_only=True, tag="activity_rated"):
    """How well an activity that matters to the patient goes: 0 unable, 10 as before."""

    activity: Text
    score: Score


class Note(Event, frozen=True, kw_only=True, tag="note"):
    """Something the patient wants to be read."""

    text: Text


class ConcernTold(Event, frozen=True, kw_only=True, tag="concern_told"):
    """A ``cause`` to speak to a therapist was told: to the patient on Today, or by the patient to the therapist."""

    cause: Name
    to: Literal["patient", "therapist"] = "patient"


class Shared(Event, frozen=True, kw_only=True, tag="shared"):
    """The log was shared up to and including entry ``through``; ``to`` is the key it was sealed to."""

    to: str | None = None
    through: Ordinal


class Amended(Event, frozen=True, kw_only=True, tag="amended"):
    """Entry ``amends`` is corrected: named fields replaced, or the whole entry void (``change`` null)."""

    amends: Ordinal
    change: dict[str, Any] | None = None
    reason: Text = ""


class Lost(Event, frozen=True, kw_only=True, tag="lost"):
    """Here ``lines`` lines of a damaged log stood, from ``line`` on (from 1), that cannot be read; ``wrong`` says why."""

    line: Ordinal
    lines: Ordinal = 1
    wrong: Text = ""


AnyEvent = (
    LogOpened
    | PlanStarted
    | Needled
    | CheckedIn
    | Due
    | SessionOpened
    | SetDone
    | Confirmed
    | SetSkipped
    | Eased
    | ExerciseRated
    | SessionClosed
    | FlagRaised
    | FlagWithdrawn
    | Worried
    | Cleared
    | EmergencyNumber
    | ScreeningAnswered
    | Paused
    | AtHand
    | MissedExplained
    | ActivityRated
    | Note
    | ConcernTold
    | Shared
    | Amended
    | Lost
)
