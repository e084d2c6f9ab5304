"""How a programme says its doses and its evidence in words."""

from __future__ import annotations

from reloadpt.program.programme import Exercise, Frequency, Phase, Programme

PHASE_DAYS: dict[Phase, str] = {
    "reset": "first 24 hours",
    "activate": "days 1 to 3",
    "reload": "days 4 to 14",
    "perform": "week 3 on",
}
"""When each phase is, counted from the needle; how it felt decides whether it opens."""
NEEDS = {
    "therapist": "once your therapist has allowed it",
    "squeeze": "once your therapist has checked that the squeeze is right",
}
_PER = {"day": "a day", "week": "a week", "two_days": "every two days", "needling": "after each needling"}


def often_in_words(often: Frequency) -> str:
    """How often: ``twice a day``, ``3 times a week``."""
    times = {1: "once", 2: "twice"}.get(often.times, f"{often.times} times")
    return f"{times} {_PER[often.per]}"


def dose_in_words(exercise: Exercise) -> str:
    """The dose with everything in it, for someone who has never read one.

    ``3 sets of 8 on each side, 2 seconds out, 1 held, 3 back; rest 45 seconds; 3 times a week``
    """
    dose = exercise.dose
    parts = [sets_in_words(dose.sets, dose.reps, dose.hold_s, per_side=dose.per_side)]
    if dose.tempo:
        parts[0] += f", {pace_in_words(dose.tempo_s, breathing=exercise.type == 'breathe')}"
    if dose.rest_s:
        parts.append(f"rest {time_in_words(dose.rest_s)}")
    return "; ".join([*parts, often_in_words(dose.often)])


def sets_in_words(sets: int, reps: int, hold_s: int, *, per_side: bool) -> str:
    """Sets and what one set is: ``3 sets of 8 on each side``, ``hold 20 seconds, 3 times``."""
    side = " on each side" if per_side else ""
    many = f"{sets} sets of " if sets > 1 else ""
    if not hold_s:
        return f"{many}{reps}{side}" if many else f"{reps} time{'' if reps == 1 else 's'}{side}"
    if reps > 1:
        return f"{many}{reps} holds of {time_in_words(hold_s)}{side}"
    again = f", {sets} times" if sets > 1 else ""
    return f"hold {time_in_words(hold_s)}{again}{side}"


def pace_in_words(tempo: tuple[int, int, int], *, breathing: bool) -> str:
    """A tempo: ``2 seconds out, 1 held, 3 back``; of a breath ``in for 4 seconds, out for 6``."""
    out, hold, back = tempo
    if breathing:
        pause = f", pause for {hold}" if hold else ""
        return f"in for {time_in_words(out)}{pause}, out for {back}"
    held = f", {hold} held" if hold else ""
    return f"{time_in_words(out)} out{held}, {back} back"


def time_in_words(count: int) -> str:
    """A length of time in seconds, or whole minutes from two on."""
    if count >= 120 and count % 60 == 0:
        return f"{count // 60} minutes"
    return f"{count} second{'' if count == 1 else 's'}"


def evidence_in_words(exercise: Exercise, programme: Programme) -> str:
    """What an exercise rests on, with where to find it."""
    source = programme.sources.get(exercise.evidence)
    if source is None:
        return exercise.evidence
    year = f" {source.year}" if source.year else ""
    borrowed = " (found for another region or population)" if exercise.borrowed else ""
    return f"{source.by}{year}: {source.title}, {source.address}{borrowed}"


def neighbours_in_words(exercise: Exercise, programme: Programme) -> list[tuple[str, str]]:
    """The easier and the harder exercise of its programme by name, where there are any."""
    named = (("Easier", exercise.easier), ("Harder", exercise.harder))
    found = ((word, programme.find_exercise(other)) for word, other in named)
    return [(word, other.name) for word, other in found if other]


def exercise_in_words(exercise: Exercise, programme: Programme) -> list[tuple[str, str]]:
    """All that is known of one exercise, as pairs of a word and what belongs to it."""
    pairs: list[tuple[str, str | None]] = [
        ("Dose", dose_in_words(exercise)),
        *((f"{number}.", step) for number, step in enumerate(exercise.setup, start=1)),
        ("Cue", exercise.cue),
        ("Feel", exercise.feel),
        ("Mistake", exercise.mistake),
        ("Less", exercise.ease),
        *neighbours_in_words(exercise, programme),
        ("Ask", exercise.condition),
        ("Only", NEEDS[exercise.needs] if exercise.needs else None),
        ("Evidence", evidence_in_words(exercise, programme)),
    ]
    return [(word, said) for word, said in pairs if said]
