"""``reloadpt clinic``: take reports in, and look the patients over."""

from __future__ import annotations

import signal
import sys
from collections import Counter
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from reloadpt import crash, wording
from reloadpt.cli.clinic_export import export
from reloadpt.cli.completing import complete_patients
from reloadpt.cli.counting import counting_options, summaries_from_logs
from reloadpt.clock import now
from reloadpt.files import Trouble, clip, json_text, places, shorten

if TYPE_CHECKING:
    from reloadpt.care.thresholds import Thresholds
    from reloadpt.clinic.caseload import Caseload
    from reloadpt.clinic.overview import PatientRow
    from reloadpt.clinic.reviews import AlertReview, AlertReviews

KIND_WORDS = {
    "new": "new",
    "extended": "extended",
    "healed": "healed",
    "unchanged": "unchanged",
    "older": "older than what is here",
    "conflict": "contradicting what is here",
    "rejected": "rejected",
}
LEVEL_WORDS = {"today": "TODAY", "this_week": "this week", "at_visit": "at visit"}


@click.group(invoke_without_command=True)
@click.pass_context
def clinic(ctx: click.Context) -> None:
    """The therapist's side: see who needs you, and import reports. Without a command the app opens."""
    if ctx.invoked_subcommand is None:
        from reloadpt.opening import open_clinic

        open_clinic()


@clinic.command(name="import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--watch", "watched", type=click.Path(path_type=Path), metavar="DIR",
              help="Take in what is dropped into DIR, until Ctrl+C.")  # fmt: skip
def import_(paths: tuple[Path, ...], watched: Path | None) -> None:
    """Take in reports, logs and folders of them; exit 1 if any was rejected. Nothing is moved or deleted."""
    if not (paths or watched):
        raise click.UsageError("Name at least one file or folder, or --watch DIR.")
    code = _take_in(paths) if paths else 0
    if watched:
        _watch(watched)
    sys.exit(code)


def _watch(folder: Path) -> None:
    from reloadpt.clinic.watching import dropped_files

    stop = Event()

    def end(*_: object) -> None:
        # where Python drops what is raised, as while it clears an object away, the event still ends it
        stop.set()
        raise KeyboardInterrupt

    click.echo(f"Watching {shorten(str(folder), 200)}. Ctrl+C ends it.", err=True)
    before = signal.signal(signal.SIGINT, end)
    try:
        for found in dropped_files(folder, stop):
            _take_in(found)
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGINT, before)
    click.echo("Watched no more.", err=True)


def _take_in(paths: tuple[Path, ...]) -> int:
    """Import, saying what became of each; the exit code: 1 where any was rejected, 70 where that was our mistake."""
    from reloadpt.clinic.importing import import_all
    from reloadpt.clinic.key import secret_key

    counts: Counter[str] = Counter()
    faults = 0
    for result in import_all(paths, _caseload(), secret_key(places().config)):
        counts[result.kind] += 1
        faults += result.fault
        if result.damage and result.kind in ("new", "extended", "healed"):
            click.echo(f"damaged: {result.name}: {result.damage} {wording.STORED_DAMAGED()}", err=True)
        if result.kind == "rejected":
            click.echo(f"rejected: {result.why}", err=True)
        elif result.kind == "conflict":
            click.echo(
                f"conflict: {result.name} contradicts the log that is kept of "
                f"{clip(result.patient)}. It is kept beside it; the figures stay as they were.",
                err=True,
            )
    told = [f"{counts[kind]} {words}" for kind, words in KIND_WORDS.items() if counts[kind]]
    click.echo(", ".join(told) + "." if told else "There was nothing to import.", err=True)
    return crash.EXIT_CODE if faults else 1 if counts["rejected"] else 0


@clinic.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for programs.")
@counting_options
def list_(as_json: bool, caseloads: tuple[str, ...], cluster: str | None) -> None:
    """Every patient, worst first."""
    from reloadpt.clinic.overview import overview, row_as_json

    if caseloads or cluster:
        summaries, _ = summaries_from_logs(caseloads, cluster)
        patients = [summary.patient for summary in summaries if summary.patient]
    else:
        patients = _caseload().patients()
    rows = overview(patients, now(), _thresholds(), _seen())
    if as_json:
        click.echo(json_text([row_as_json(row) for row in rows]))
        return
    if not rows:
        click.echo("No patient yet. `reloadpt clinic import FILE` takes in a report.", err=True)
    for row in rows:
        click.echo("\n".join(_row_as_text(row)))


@clinic.command()
@click.argument("patient", shell_complete=complete_patients)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def show(patient: str, as_json: bool) -> None:
    """One patient, by alias or by the id of the folder."""
    from reloadpt.clinic.detail import detail_as_json, detail_as_text
    from reloadpt.clinic.exporting import find_patients
    from reloadpt.clinic.overview import row_of

    caseload = _caseload()
    [chosen] = find_patients(caseload.patients(), [patient])
    row = row_of(chosen, now(), _thresholds(), _seen())
    told = detail_as_json(row, caseload.page(chosen, now()))
    click.echo(json_text(told) if as_json else "\n".join(detail_as_text(told)))


@clinic.command()
@click.argument("patient", shell_complete=complete_patients)
@click.argument("sign")
@click.option("--by", required=True, help="Who did it.")
@click.option("--what", "done", required=True, type=click.Choice(["spoke", "sent on", "could not reach"]),
              help="Spoke to them, sent them on to somebody, or could not reach them.")  # fmt: skip
@click.option("--note", default="", help="A note for later.")
def close(patient: str, sign: str, by: str, done: str, note: str) -> None:
    """Close a warning sign of a patient: say what was done about it, and by whom.

    SIGN is its code, as the list shows it; worry where something else worried them. What nobody has cleared is open
    again after a day.
    """
    from reloadpt.clinic.exporting import find_patients
    from reloadpt.clinic.overview import row_of

    if not by.strip():
        raise click.UsageError("--by needs a name.")
    [chosen] = find_patients(_caseload().patients(), [patient])
    seen = _seen()
    row = row_of(chosen, now(), _thresholds(), seen)
    alerts = [alert for alert in row.open if alert.sign and alert.sign.casefold() == sign.casefold()]
    if not alerts:
        codes = ", ".join(dict.fromkeys(_plain(alert.sign) for alert in row.open if alert.sign))
        still = f"Open are: {codes}." if codes else "None is open."
        raise Trouble(f"{clip(patient)} has no open sign {clip(sign)}. {still} Nothing was closed.")
    seen.mark(chosen.summary.logs, alerts, note, now(), done, by.strip())
    for alert in alerts:
        click.echo(f"Closed, {done} ({_plain(by)}): {_plain(alert.text)}", err=True)
    if any(alert.unsolved for alert in alerts):
        click.echo(wording.REOPENS(), err=True)


clinic.add_command(export)


@clinic.command()
@click.argument("patient")
@click.argument("other")
def join(patient: str, other: str) -> None:
    """Make two patients of the list one, by alias or id: you know that they are one person.

    Their logs stay as they are and are read as one. `reloadpt clinic part` takes them apart again.
    """
    from reloadpt.clinic.exporting import find_patients

    caseload = _caseload()
    [first] = find_patients(caseload.patients(), [patient])
    [second] = find_patients(caseload.patients(), [other])
    if first.id == second.id:
        raise Trouble(f"{clip(patient)} and {clip(other)} are one patient already. Nothing was changed.")
    with caseload.writing() as placing:
        placing.join(first, second)
    names = " and ".join(clip(each.summary.patient) for each in (first, second))
    click.echo(f"{names} are one patient now: {first.id}.", err=True)


@clinic.command()
@click.argument("patient")
@click.argument("logs", nargs=-1)
def part(patient: str, logs: tuple[str, ...]) -> None:
    """Take a patient apart: what was joined last, or the LOGS that are named, become another patient.

    No import puts them together again.
    """
    from reloadpt.clinic.exporting import find_patients

    caseload = _caseload()
    [whole] = find_patients(caseload.patients(), [patient])
    known = [log.log for log in whole.summary.logs]
    chosen = [log for name in logs for log in known if log.startswith(name)]
    if len(chosen) != len(logs):
        raise Trouble(f"The logs of {clip(patient)} are: {', '.join(known)}. Name them by their beginning.")
    with caseload.writing() as placing:
        folder = placing.part(whole, chosen)
    click.echo(f"Taken apart: {whole.id} and {folder.name}.", err=True)


@clinic.command(name="verify")
def verify_logs() -> None:
    """Check every line of every log that is kept; exit 1 where one is not whole.

    It says of each damaged log how much of it can be read. A whole report of the patient heals it.
    """
    from reloadpt.clinic.verifying import verify_caseload

    count = damaged = 0
    for log in verify_caseload(_caseload()):
        count += 1
        if log.wrong:
            damaged += 1
            click.echo(f"{clip(log.patient)}, {log.path}: {log.wrong}")
    click.echo(f"{count} log{'s' * (count != 1)}, {count - damaged} whole.", err=True)
    sys.exit(1 if damaged else 0)


@clinic.command()
def key() -> None:
    """Show the key that reports are sealed to; the first time, make it."""
    from reloadpt.clinic.key import NAME, make_key, secret_key
    from reloadpt.share.seal import public_half

    folder = places().config
    secret = secret_key(folder)
    if secret is None:
        click.echo(
            f"A new key. Its secret half is {folder / NAME}: keep a copy, it cannot be made again.", err=True
        )
        click.echo(make_key(folder))
    else:
        click.echo(public_half(secret))


def _caseload() -> Caseload:
    from reloadpt.clinic.caseload import Caseload

    return Caseload(places().caseload, _thresholds())


def _seen() -> AlertReviews:
    from reloadpt.clinic.reviews import AlertReviews

    seen = AlertReviews(places().caseload, now())
    for said in seen.mended:
        click.echo(said, err=True)
    return seen


def _thresholds() -> Thresholds:
    from reloadpt.clinic.thresholds import thresholds_in

    return thresholds_in(places().config)


def _row_as_text(row: PatientRow) -> list[str]:
    summary = row.patient.summary
    counts = summary.counts
    share = "–" if row.adherence is None else f"{100 * row.adherence:.0f} %"
    pain = "–" if summary.pain is None else str(summary.pain)
    change = f" ({summary.pain_change:+d})" if summary.pain_change else ""
    seen = f"{summary.last_seen:%Y-%m-%d}" if summary.last_seen else "never"
    done = f"{counts.sets_done} of {counts.sets_planned} sets ({share})"
    lines = [f"{_plain(summary.patient)}: {done}, pain {pain}{change}, last seen {seen}"]
    lines.append(f"  {_plain(row.story)}")
    if row.patient.conflicts:
        lines.append(f"  ! {len(row.patient.conflicts)} imported logs contradict the one that is kept")
    lines += [f"  ! {sentence}" for sentence in row.patient.damage]
    lines += [f"  {caveat}" for caveat in summary.caveats]
    for alert in row.alerts:
        look = row.seen.get(alert)
        level = _look_in_words(look) if look else LEVEL_WORDS[alert.level]
        lines.append(f"  {level}: {_plain(alert.text)}")
    return lines


def _look_in_words(look: AlertReview) -> str:
    return (
        f"closed {look.at:%Y-%m-%d}, {look.done} ({_plain(look.by)})"
        if look.done
        else f"seen {look.at:%Y-%m-%d}"
    )


def _plain(text: str) -> str:
    return shorten(text, 400)
