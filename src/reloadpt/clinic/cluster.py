"""Many caseloads counted at once: on a Dask cluster, or with every core here. One clinic needs none of it.

Each patient is folded where a worker can read the logs, by the same ``summary_of`` that an import calls, so no
figure is reckoned a second way. Logs stay where they are; what comes back is the summaries. Places are whatever
fsspec opens: a folder, or an address such as ``s3://bucket/caseload``.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reloadpt import __version__, wording
from reloadpt.care.thresholds import Thresholds
from reloadpt.clinic.caseload import CONFLICT_NAME, FOLDER_NAME, LOG_NAME, Patient
from reloadpt.clinic.exporting import NamedPatient, named_patients, tables_of
from reloadpt.clinic.folding import entries_of, summary_of
from reloadpt.clinic.receiving import LARGEST, foreign_log_errors
from reloadpt.files import Trouble, shorten
from reloadpt.measures.course import course_of
from reloadpt.share.tables import Tables

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

AT_ONCE = 16
"""So many patients are one piece of work."""
PATIENCE_S = 5
"""How long a cluster may take to answer."""
TRIES = 3

Input = TypeVar("Input")
Result = TypeVar("Result")
Spread = Callable[[Callable[[Input], Result], Sequence[Input]], Iterable[Result]]


@dataclass(frozen=True)
class PatientFolder:
    """The folder of one patient, as fsspec names it."""

    address: str

    @property
    def id(self) -> str:
        """The patient's random id, which is the folder's name."""
        return self.address.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True)
class CountingTerms:
    """What a worker needs to count as we do: our version, and the clinic's thresholds."""

    version: str
    thresholds: Thresholds


@dataclass(frozen=True)
class FolderCount:
    """What became of one folder: the patient, and the logs there that could not be read."""

    place: PatientFolder
    patient: Patient | None
    unread: tuple[str, ...] = ()


def counting_terms(thresholds: Thresholds) -> CountingTerms:
    """What workers need to count as this clinic does."""
    return CountingTerms(__version__, thresholds)


def count_patients(
    caseloads: Iterable[str], by: CountingTerms, cluster: str | None = None
) -> Iterator[FolderCount]:
    """Summarise every patient of the caseloads, on the workers of ``cluster`` or of this machine.

    A worker that dies has its work done again by another.

    Raises:
        Trouble: a caseload cannot be listed, the cluster does not answer, or it runs another version.
    """
    folders = [place for caseload in caseloads for place in places_in(caseload)]
    return _spread(partial(_count_folders, by=by), folders, cluster)


def tables_by_patient(
    counted: Sequence[FolderCount], by: CountingTerms, key: bytes | None, cluster: str | None = None
) -> Iterator[tuple[str, Tables]]:
    """The tables of patients that were counted, in the order of an export, each with the name of its file.

    With the clinic's ``key`` they are de-identified where they are read. Raises as ``count_patients`` does.
    """
    places = {result.patient.id: result.place for result in counted if result.patient}
    order = [
        (places[patient.id], patient)
        for patient in named_patients([result.patient for result in counted if result.patient], key)
    ]
    return _spread(partial(_make_tables, by=by, key=key), order, cluster)


def _spread(
    work: Callable[[Sequence[Input]], list[Result]], inputs: Sequence[Input], cluster: str | None
) -> Iterator[Result]:
    pieces = [inputs[start : start + AT_ONCE] for start in range(0, len(inputs), AT_ONCE)]
    with _workers(cluster) as spread:
        for piece in spread(work, pieces):
            yield from piece


def places_in(caseload: str) -> list[PatientFolder]:
    """The folder of each patient in a caseload, in the order of their ids.

    Raises ``Trouble`` where there is no such caseload, or fsspec does not know the kind of address.
    """
    with _unreadable_as_trouble(caseload):
        files, root = _open_address(caseload)
        if not files.isdir(root):
            raise Trouble(f"{shorten(caseload, 200)}: there is no caseload there.")
        names = sorted(entry["name"] for entry in files.ls(root, detail=True) if entry["type"] == "directory")
    return [
        PatientFolder(str(files.unstrip_protocol(name)))
        for name in names
        if FOLDER_NAME.match(name.rstrip("/").rpartition("/")[2])
    ]


def _count_folders(places: Sequence[PatientFolder], by: CountingTerms) -> list[FolderCount]:
    """Summarise some patients: a piece of work that a worker does."""
    _check_version(by)
    return [_count_folder(place, by.thresholds) for place in places]


def _make_tables(
    folders: Sequence[tuple[PatientFolder, NamedPatient]], by: CountingTerms, key: bytes | None
) -> list[tuple[str, Tables]]:
    """Make the tables of some patients: a piece of work that a worker does."""
    _check_version(by)
    return [
        (patient.file, tables_of(course_of(entries_of(_read_folder(place).logs)[0]), patient, key))
        for place, patient in folders
    ]


def _check_version(by: CountingTerms) -> None:
    if by.version != __version__:
        raise Trouble(
            f"A worker of the cluster runs reloadpt {__version__}, and this is {by.version}. "
            "Put the same version on all."
        )


@dataclass(frozen=True)
class _FolderContents:
    """What lies in the folder of one patient: the lines of each log, and the names of other files that count."""

    logs: dict[str, bytes]
    conflicts: tuple[str, ...]
    too_large: tuple[str, ...]


def _read_folder(place: PatientFolder) -> _FolderContents:
    logs: dict[str, bytes] = {}
    conflicts: list[str] = []
    too_large: list[str] = []
    with _unreadable_as_trouble(place.address):
        files, folder = _open_address(place.address)
        for listed in sorted(files.ls(folder, detail=True), key=lambda listed: str(listed["name"])):
            name = listed["name"].rpartition("/")[2]
            if CONFLICT_NAME.match(name):
                conflicts.append(name)
            elif LOG_NAME.match(name) and listed["type"] == "file":
                if listed["size"] <= LARGEST:
                    logs[name.removesuffix(".jsonl")] = files.cat_file(listed["name"])
                else:
                    too_large.append(name)
    return _FolderContents(logs, tuple(conflicts), tuple(too_large))


def _count_folder(place: PatientFolder, thresholds: Thresholds) -> FolderCount:
    contents = _read_folder(place)
    try:
        with foreign_log_errors(place.id):
            summary = summary_of(contents.logs, thresholds)
    except Trouble:
        summary = None
    understood = {log.log for log in summary.logs} if summary else set()
    damage = (wording.STORED_DAMAGED(),) if summary and any(log.damaged for log in summary.logs) else ()
    unread = [*contents.too_large, *(f"{log}.jsonl" for log in contents.logs if log not in understood)]
    patient = Patient(Path(place.id), summary, contents.conflicts, damage=damage) if summary else None
    return FolderCount(place, patient, tuple(f"{place.id}/{name}" for name in unread))


def _open_address(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise Trouble(
            "Counting other caseloads needs the clinic extra: pip install 'reloadpt[clinic]'."
        ) from None
    files, path = url_to_fs(address)
    return files, str(path)


@contextmanager
def _unreadable_as_trouble(address: str) -> Iterator[None]:
    """Say in a sentence what a place that cannot be read said."""
    try:
        yield
    except (OSError, ValueError, ImportError) as error:
        name = shorten(address, 200)
        raise Trouble(f"{name}: this caseload cannot be read ({_first_line(error)}).") from None


def _first_line(error: BaseException) -> str:
    return shorten(re.split(r"[\r\n]", str(error) or type(error).__name__)[0], 200).rstrip(".")


@contextmanager
def _workers(cluster: str | None) -> Iterator[Spread[Any, Any]]:
    """How work is spread: over a cluster, or over processes here."""
    if cluster is None:
        with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
            yield pool.map
        return
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise Trouble("A cluster needs the clinic extra: pip install 'reloadpt[clinic]'.") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        get_address_host_port(cluster)
        client = Client(cluster, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:
        name = shorten(cluster, 200)
        raise Trouble(f"{name}: no cluster answers there ({_first_line(error)}).") from None

    def spread(work: Callable[[Any], Any], pieces: Sequence[Any]) -> Iterator[Any]:
        if not client.scheduler_info()["workers"]:
            raise Trouble(f"{shorten(cluster, 200)}: the cluster has no worker. Start one, then try again.")
        futures = client.map(work, pieces, pure=False, retries=TRIES)
        while futures:
            yield futures.pop(0).result()  # what was taken is let go of on the workers

    with client:
        try:
            yield spread
        except KilledWorker:
            raise Trouble(
                f"{shorten(cluster, 200)}: its workers died over the same work again and again. "
                "Look at their logs."
            ) from None
