"""Where programmes come from: the shipped folder, and a folder of the user's own laid over it."""

from __future__ import annotations

import difflib
from functools import cached_property
from pathlib import Path

from reloadpt import files
from reloadpt.program.check import read_checked, read_form
from reloadpt.program.programme import Exercise, Programme


def shipped_folder() -> Path:
    """The folder of the shipped programmes: inside the package, or at the root of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "exercises"
    return inside if inside.is_dir() else package.parents[1] / "exercises"


def programme_files(folder: Path) -> list[Path]:
    """The programme files in a folder, by name; a schema that stands beside them for editors is none."""
    return sorted(path for path in folder.glob("*.json") if not path.name.endswith(".schema.json"))


class Library:
    """Programmes by muscle; each file is read when it is first asked for.

    A file ``<muscle>.json`` in the folder ``own`` stands in for the shipped one of that name.
    """

    def __init__(self, own: Path | None = None, shipped: Path | None = None) -> None:
        self._folders = (shipped or shipped_folder(), *([own] if own else []))
        self._read: dict[str, Programme] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The file of each muscle, in the order of the names."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            if folder.is_dir():
                found |= {path.stem: path for path in programme_files(folder)}
        return dict(sorted(found.items()))

    @property
    def muscles(self) -> tuple[str, ...]:
        """All muscles that have a programme."""
        return tuple(self.paths)

    def programme(self, muscle: str) -> Programme:
        """The programme of ``muscle``; ``Trouble`` where there is none or its file is not right."""
        if muscle not in self._read:
            if muscle not in self.paths:
                near = difflib.get_close_matches(muscle, self.muscles, n=1)
                hint = f" Did you mean {near[0]}?" if near else " `reloadpt exercises list` shows all."
                raise files.Trouble(f"There is no programme for the muscle {files.clip(muscle)}.{hint}")
            path = self.paths[muscle]
            # a shipped file was checked when it was made; one of the user's own may hold anything
            programme = (read_form if self._is_own(path) else read_checked)(path, Programme)
            if programme.muscle != path.stem:
                named = f"the file is named {path.stem}, but its muscle is {programme.muscle}"
                raise files.Trouble(f"{path}: {named}. Name them alike.")
            self._read[muscle] = programme
        return self._read[muscle]

    def _is_own(self, path: Path) -> bool:
        return len(self._folders) > 1 and path.parent == self._folders[1]

    def exercise(self, exercise: str) -> Exercise:
        """The exercise with this id; ``Trouble`` where there is none."""
        exercises = {known.id: known for known in self.programme(exercise.partition("/")[0]).exercises}
        if exercise not in exercises:
            near = difflib.get_close_matches(exercise, exercises, n=1, cutoff=0)
            raise files.Trouble(f"There is no exercise {files.clip(exercise)}. Did you mean {near[0]}?")
        return exercises[exercise]
