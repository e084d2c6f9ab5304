"""Doses, limits and times as a therapist types them, read into what a plan holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args

from reloadpt.files import Trouble, clip, one_of
from reloadpt.program.library import Library
from reloadpt.program.plan import DoseOverride, Limits, Plan
from reloadpt.program.programme import PHASES, Frequency, Phase

DOSE_WORDS = {"sets": "sets", "reps": "reps", "hold": "hold_s", "rest": "rest_s", "tempo": "tempo",
              "often": "often", "load": "load_kg", "band": "resistance", "from": "from_phase"}  # fmt: skip
"""What may stand in a dose, and the plan's field for it."""
Per = Literal["day", "week", "two_days", "needling"]
_WHOLE = ("sets", "reps", "hold", "rest")
YEAR, LONG_AGO = timedelta(days=366), timedelta(days=3 * 366)
PREGNANCY, LATE = timedelta(weeks=40), timedelta(weeks=3)
_LONGEST_NUMBER = 6


def read_doses(texts: Iterable[str], omitted: Iterable[str]) -> tuple[DoseOverride, ...]:
    """Read doses such as ``multifidus/bird-dog:sets=2,often=3/week`` and the ids of what is left out."""
    found: dict[str, DoseOverride] = {}
    left_out = (DoseOverride(exercise=exercise, omit=True) for exercise in omitted)
    for change in (*map(_read_dose, texts), *left_out):
        if change.exercise in found:
            raise Trouble(f"The exercise {clip(change.exercise)} is changed twice. Say it in one place.")
        found[change.exercise] = change
    return tuple(found.values())


def _read_dose(text: str) -> DoseOverride:
    exercise, _, rest = text.partition(":")
    values: dict[str, Any] = {}
    for part in rest.split(","):
        word, _, value = part.strip().partition("=")
        if word not in DOSE_WORDS or not value or DOSE_WORDS[word] in values:
            raise Trouble(
                f"The dose {clip(text, 100)} is not EXERCISE:sets=2,reps=6 and so on. "
                f"Words, each once: {', '.join(DOSE_WORDS)}."
            )
        values[DOSE_WORDS[word]] = _dose_value(word, value)
    return DoseOverride(exercise=exercise, **values)


def _dose_value(word: str, value: str) -> object:
    if word in _WHOLE:
        return whole_number(value, f"In a dose {word}")
    if word == "load":
        try:
            return float(value)
        except ValueError:
            raise Trouble(f"In a dose load is {clip(value)}, which is not a number of kilograms.") from None
    if word == "often":
        return read_often(value)
    return read_phase(value) if word == "from" else value


def whole_number(text: str, what: str) -> int:
    """Read a whole number."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise Trouble(f"{what} is {clip(text)}, which is not a whole number.")
    return int(text)


def read_often(text: str) -> Frequency:
    """Read how often: ``2/day``, ``3/week``, ``1/two_days``, ``1/needling``."""
    times, _, word = text.partition("/")
    for per in get_args(Per):
        if word == per:
            return Frequency(times=whole_number(times, "How often"), per=per)
    raise Trouble(f"How often is {clip(text)}; write 2/day, 3/week, 1/two_days or 1/needling.")


def read_phase(text: str) -> Phase:
    """Read a phase by its name."""
    if text not in PHASES:
        raise Trouble(f"{clip(text)} is not a phase: write {one_of(PHASES)}.")
    return text


def read_limits(texts: Iterable[str]) -> Limits:
    """Read the most pain by phase from texts such as ``reload=4``."""
    found: dict[str, int] = {}
    for text in texts:
        phase, _, most = text.partition("=")
        if phase not in PHASES or phase in found:
            raise Trouble(f"The limit {clip(text)} is not PHASE=N, each phase once: {one_of(PHASES)}.")
        found[phase] = read_score(most, f"The limit for {phase}")
    return Limits(**found)


def read_score(text: str, what: str) -> int:
    """Read a score of 0 to 10."""
    score = whole_number(text, what)
    if score > 10:
        raise Trouble(f"{what} is {score}; it goes from 0 to 10.")
    return score


def read_moment(text: str, at: datetime) -> datetime:
    """Read ``09:00`` (today), a day, or a day and time; without an offset it is that of this machine."""
    text = text.strip()
    try:
        if re.fullmatch(r"\d{1,2}:\d{2}", text):
            return datetime.combine(at.date(), time.fromisoformat(text.zfill(5))).astimezone()
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.astimezone()
    except (ValueError, OverflowError):
        raise Trouble(f"{clip(text)} is not a time such as 09:00 or 2026-11-20 09:00.") from None


def read_baby_due(text: str, at: datetime) -> date:
    """Read the day a child is due, which lies within a pregnancy of ``at``."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Trouble(f"{clip(text)} is not a day such as 2027-03-01.") from None
    if not -LATE <= day - at.date() <= PREGNANCY:
        raise Trouble(f"{day} is not within nine months from now. Type the day the child is due.")
    return day


def check_dates(
    needled: Iterable[datetime], ends: datetime | None, next_visit: datetime | None, at: datetime
) -> None:
    """Raise ``Trouble`` where a time of a plan that is made ``at`` makes no sense."""
    for moment in needled:
        if moment > at:
            raise Trouble(f"{moment:%Y-%m-%d %H:%M} is in the future. Type when it was needled.")
        if at - moment > LONG_AGO:
            raise Trouble(f"{moment:%Y-%m-%d} is years ago. Type when it was needled.")
    for what, day in (("The plan ends", ends), ("The next visit is", next_visit)):
        if day and day <= at:
            raise Trouble(f"{what} on {day:%Y-%m-%d}, before the plan is made. Is the day right?")
        if day and day - at > YEAR:
            raise Trouble(f"{what} on {day:%Y-%m-%d}, more than a year from now. Is the year right?")


def check_named(plan: Plan, library: Library) -> None:
    """Raise ``Trouble`` where the plan names an exercise that none of its muscles has."""
    muscles = {target.muscle for target in plan.targets}
    own = {exercise.id for exercise in plan.exercises}
    cleared = [exercise for exercise in plan.cleared if "/" in exercise]
    for named in (*(change.exercise for change in plan.doses), *plan.demanding, *cleared):
        if named in own:
            continue
        if named.partition("/")[0] not in muscles:
            listed = ", ".join(sorted(muscles))
            raise Trouble(f"{clip(named)} is no exercise of the muscles in this plan: {listed}.")
        library.exercise(named)
