"""Find exercises: by words, and by muscle, phase, equipment and position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reloadpt.files import Trouble
from reloadpt.program.library import Library
from reloadpt.program.programme import PHASES, Exercise, Programme

By = Literal["muscle", "phase", "equipment", "position"]
BY: tuple[By, ...] = ("muscle", "phase", "equipment", "position")


@dataclass(frozen=True)
class ExerciseMatch:
    """One exercise with the programme it stands in."""

    exercise: Exercise
    programme: Programme

    def values(self, by: By) -> tuple[str, ...]:
        """What it is under one heading."""
        match by:
            case "muscle":
                return (self.programme.short_name,)
            case "phase":
                return (self.exercise.phase,)
            case "equipment":
                return self.exercise.equipment
            case "position":
                return (self.exercise.position,)

    @property
    def words(self) -> str:
        """Everything that a search looks in."""
        exercise, programme = self.exercise, self.programme
        values = [value for by in BY for value in self.values(by)]
        names = [programme.name, *programme.also, programme.region]
        return " ".join([exercise.name, exercise.id, *names, *values]).casefold()


def every_exercise(library: Library) -> tuple[tuple[ExerciseMatch, ...], tuple[str, ...]]:
    """All exercises in the order of muscles and phases, and what is wrong with files that were left out."""
    found: list[ExerciseMatch] = []
    wrong: list[str] = []
    for muscle in library.muscles:
        try:
            programme = library.programme(muscle)
        except Trouble as trouble:
            wrong.append(str(trouble))
            continue
        in_order = sorted(programme.exercises, key=lambda exercise: PHASES.index(exercise.phase))
        found += [ExerciseMatch(exercise, programme) for exercise in in_order]
    return tuple(found), tuple(wrong)


def matching_exercises(
    matches: Iterable[ExerciseMatch], words: str, chosen: dict[By, str]
) -> list[ExerciseMatch]:
    """Those that hold every word, or the beginning of one, and are under every heading chosen."""
    wanted = words.casefold().split()
    found = [match for match in matches if all(word in match.words for word in wanted)]
    return [match for match in found if all(value in match.values(by) for by, value in chosen.items())]


def search_choices(matches: Sequence[ExerciseMatch], by: By) -> list[tuple[str, int]]:
    """Each value under a heading with how many exercises it has; phases in their order, the rest by name."""
    counts = Counter(value for match in matches for value in match.values(by))
    if by == "phase":
        return [(phase, counts[phase]) for phase in PHASES if phase in counts]
    return sorted(counts.items(), key=lambda pair: pair[0].casefold())
