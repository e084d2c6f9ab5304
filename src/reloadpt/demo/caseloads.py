"""Many invented patients from one seed: the same seed, time and number always make the same journals."""

from __future__ import annotations

import os
import random
import string
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from reloadpt.demo.behaviours import BEHAVIOURS, Behaviour
from reloadpt.demo.complaints import CASES, Complaint
from reloadpt.demo.life import Life
from reloadpt.demo.rewriting import rewrite_for
from reloadpt.files import replace_file
from reloadpt.program.library import Library

LIVED = 24
"""So many lives are lived; further patients are the same lives told again."""
SEVERAL = 8
"""From so many lives on, every core helps."""


@dataclass(frozen=True)
class InventedPatient:
    """One invented patient: the alias, how they behave, what they have, and the lines of their journal."""

    alias: str
    behaviour: Behaviour
    case: Complaint
    lines: bytes


@dataclass(frozen=True)
class _LifeToLive:
    alias: str
    behaviour: Behaviour
    case: Complaint
    seed: str
    until: datetime
    weeks: int


def invent_patients(
    patients: int, weeks: int, until: datetime, seed: int = 1, *, lived: int = LIVED, cores: int | None = None
) -> Iterator[InventedPatient]:
    """Invent patients whose lives of ``weeks`` end at ``until``.

    The first of them are of one behaviour each, the others of each as often as it is common.
    """
    aliases = _aliases(patients, seed)
    cast = _cast(aliases[:lived], weeks, until, seed)
    lives: list[InventedPatient] = []
    for patient, lines in zip(cast, _live(cast, cores or os.cpu_count() or 1), strict=True):
        lives.append(InventedPatient(patient.alias, patient.behaviour, patient.case, lines))
        yield lives[-1]
    for i, alias in enumerate(aliases[len(lives) :]):
        life = lives[i % len(lives)]
        yield InventedPatient(
            alias, life.behaviour, life.case, rewrite_for(life.lines, alias, f"{seed} {alias}")
        )


def write_logs(invented: Iterator[InventedPatient], folder: Path) -> Iterator[Path]:
    """Write each patient's log into ``folder``, named by the alias, as a file that the clinic imports."""
    for patient in invented:
        path = folder / f"{patient.alias}.jsonl"
        replace_file(path, patient.lines)
        yield path


def _cast(aliases: list[str], weeks: int, until: datetime, seed: int) -> list[_LifeToLive]:
    chance = random.Random(f"cast {seed}")  # noqa: S311
    common = [behaviour for behaviour in BEHAVIOURS for _ in range(behaviour.share)]
    behaviours = [*BEHAVIOURS, *(chance.choice(common) for _ in aliases)]
    return [
        _LifeToLive(alias, behaviours[i], CASES[i % len(CASES)], f"{seed} {alias}", until, weeks)
        for i, alias in enumerate(aliases)
    ]


def _aliases(patients: int, seed: int) -> list[str]:
    """Aliases such as A-17, no two alike; the first ones do not depend on how many there are."""
    chance = random.Random(f"aliases {seed}")  # noqa: S311
    aliases: dict[str, None] = {}
    while len(aliases) < patients:
        aliases[
            f"{chance.choice(string.ascii_uppercase)}-{chance.randrange(10, 10_000 if patients > 500 else 100)}"
        ] = None
    return [*aliases]


def _live(cast: list[_LifeToLive], cores: int) -> Iterator[bytes]:
    if cores == 1 or len(cast) < SEVERAL:
        library = Library()
        yield from (_live_one(patient, library) for patient in cast)
        return
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_live_one, cast)


def _live_one(role: _LifeToLive, library: Library | None = None) -> bytes:
    return Life(
        library or Library(), role.case, role.behaviour, role.alias, role.seed, role.until, role.weeks
    ).live()
