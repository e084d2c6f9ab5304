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

from reloadpt import __version__
from reloadpt.clinic.caseload import CONFLICT_NAME, FOLDER_NAME, LOG_NAME, Patient
from reloadpt.clinic.exporting import NamedPatient, named_patients, tables_of
from reloadpt.clinic.folding import entries_of, summary_of
from reloadpt.clinic.receiving import LARGEST, foreign_log_errors
from reloadpt.files import Trouble, clip
from reloadpt.measures.alerts import Thresholds
from reloadpt.measures.course import course_of
from reloadpt.share.tables import Tables

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

AT_ONCE = 16
"""So many patients are one piece of work."""
PATIENCE_S = 5
"""How long a cluster may take to answer."""
TRIES = 3

Given = TypeVar("Given")
Found = TypeVar("Found")
Spread = Callable[[Callable[[Given], Found], Sequence[Given]], Iterable[Found]]


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


def counted_by(thresholds: Thresholds) -> CountingTerms:
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
    found = [place for each in caseloads for place in places_in(each)]
    return _spread(partial(_count, by=by), found, cluster)


def tables_by_patient(
    counted: Sequence[FolderCount], by: CountingTerms, key: bytes | None, cluster: str | None = None
) -> Iterator[tuple[str, Tables]]:
    """The tables of patients that were counted, in the order of an export, each with the name of its file.

    With the clinic's ``key`` they are de-identified where they are read. Raises as ``count_patients`` does.
    """
    places = {each.patient.id: each.place for each in counted if each.patient}
    order = [
        (places[who.id], who)
        for who in named_patients([each.patient for each in counted if each.patient], key)
    ]
    return _spread(partial(_tell, by=by, key=key), order, cluster)


def _spread(
    work: Callable[[Sequence[Given]], list[Found]], found: Sequence[Given], cluster: str | None
) -> Iterator[Found]:
    pieces = [found[start : start + AT_ONCE] for start in range(0, len(found), AT_ONCE)]
    with _workers(cluster) as spread:
        for piece in spread(work, pieces):
            yield from piece


def places_in(caseload: str) -> list[PatientFolder]:
    """The folder of each patient in a caseload, in the order of their ids.

    Raises:
        Trouble: there is no such caseload, or fsspec does not know the kind of address.
    """
    with _telling(caseload):
        files, root = _opened(caseload)
        if not files.isdir(root):
            raise Trouble(f"{clip(caseload, 200)[1:-1]}: there is no caseload there.")
        names = sorted(each["name"] for each in files.ls(root, detail=True) if each["type"] == "directory")
    return [
        PatientFolder(str(files.unstrip_protocol(name)))
        for name in names
        if FOLDER_NAME.match(name.rstrip("/").rpartition("/")[2])
    ]


def _count(places: Sequence[PatientFolder], by: CountingTerms) -> list[FolderCount]:
    """Summarise some patients: a piece of work that a worker does."""
    _same_version(by)
    return [_count_one(place, by.thresholds) for place in places]


def _tell(
    some: Sequence[tuple[PatientFolder, NamedPatient]], by: CountingTerms, key: bytes | None
) -> list[tuple[str, Tables]]:
    """Make the tables of some patients: a piece of work that a worker does."""
    _same_version(by)
    return [
        (who.file, tables_of(course_of(entries_of(_read(place).logs)[0]), who, key)) for place, who in some
    ]


def _same_version(by: CountingTerms) -> None:
    if by.version != __version__:
        raise Trouble(
            f"A worker of the cluster runs reloadpt {__version__}, and this is {by.version}. "
            "Put the same version on all."
        )


@dataclass(frozen=True)
class _Folder:
    """What lies in the folder of one patient: the lines of each log, and the names of other files that count."""

    logs: dict[str, bytes]
    conflicts: tuple[str, ...]
    too_large: tuple[str, ...]


def _read(place: PatientFolder) -> _Folder:
    logs: dict[str, bytes] = {}
    conflicts: list[str] = []
    too_large: list[str] = []
    with _telling(place.address):
        files, folder = _opened(place.address)
        for each in sorted(files.ls(folder, detail=True), key=lambda each: str(each["name"])):
            name = each["name"].rpartition("/")[2]
            if CONFLICT_NAME.match(name):
                conflicts.append(name)
            elif LOG_NAME.match(name) and each["type"] == "file":
                if each["size"] <= LARGEST:
                    logs[name.removesuffix(".jsonl")] = files.cat_file(each["name"])
                else:
                    too_large.append(name)
    return _Folder(logs, tuple(conflicts), tuple(too_large))


def _count_one(place: PatientFolder, thresholds: Thresholds) -> FolderCount:
    found = _read(place)
    try:
        with foreign_log_errors(place.id):
            summary = summary_of(found.logs, thresholds)
    except Trouble:
        summary = None
    read = {log.log for log in summary.logs} if summary else set()
    unread = [*found.too_large, *(f"{log}.jsonl" for log in found.logs if log not in read)]
    patient = Patient(Path(place.id), summary, found.conflicts) if summary else None
    return FolderCount(place, patient, tuple(f"{place.id}/{name}" for name in unread))


def _opened(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise Trouble(
            "Counting other caseloads needs the clinic extra: pip install 'reloadpt[clinic]'."
        ) from None
    files, path = url_to_fs(address)
    return files, str(path)


@contextmanager
def _telling(address: str) -> Iterator[None]:
    """Say in a sentence what a place that cannot be read said."""
    try:
        yield
    except (OSError, ValueError, ImportError) as error:
        name = clip(address, 200)[1:-1]
        raise Trouble(f"{name}: this caseload cannot be read ({_first_line(error)}).") from None


def _first_line(error: BaseException) -> str:
    return clip(re.split(r"[\r\n]", str(error) or type(error).__name__)[0], 200)[1:-1].rstrip(".")


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
        name = clip(cluster, 200)[1:-1]
        raise Trouble(f"{name}: no cluster answers there ({_first_line(error)}).") from None

    def spread(work: Callable[[Any], Any], pieces: Sequence[Any]) -> Iterator[Any]:
        if not client.scheduler_info()["workers"]:
            raise Trouble(
                f"{clip(cluster, 200)[1:-1]}: the cluster has no worker. Start one, then try again."
            )
        futures = client.map(work, pieces, pure=False, retries=TRIES)
        while futures:
            yield futures.pop(0).result()  # what was taken is let go of on the workers

    with client:
        try:
            yield spread
        except KilledWorker:
            raise Trouble(
                f"{clip(cluster, 200)[1:-1]}: its workers died over the same work again and again. "
                "Look at their logs."
            ) from None
