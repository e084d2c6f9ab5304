"""``reloadpt plan``: make a plan from arguments, check it, take it into use, show it."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from reloadpt import wording
from reloadpt.care.record import Record
from reloadpt.cli.times import MOMENT
from reloadpt.clock import now
from reloadpt.files import Trouble, places, replace_file
from reloadpt.program.check import read_form
from reloadpt.program.library import Library
from reloadpt.program.making import Answers, ScreeningStops, make_plan, parse_target
from reloadpt.program.plan import Contact, Plan
from reloadpt.program.screening import ITEMS


@click.group()
def plan() -> None:
    """Make, check, use and show a plan."""


@plan.command()
@click.option("--patient", required=True, help="An alias the clinic chooses, such as A-17; never a name.")
@click.option("--target", "targets", required=True, multiple=True, metavar="MUSCLE[:INTENT][:SIDE][:stim]",
              help="A needled muscle; calm or wake; left, right or both; stim where e-stim was used.")  # fmt: skip
@click.option("--needled-at", type=MOMENT, help="When it was needled, with the offset; now if absent.")
@click.option("--made-by", default="the clinic", show_default=True, help="Who prescribes.")
@click.option("--complaint", default="", help="What the patient came for.")
@click.option("--start-pain", type=click.IntRange(0, 10), help="Usual pain at the start, 0-10.")
@click.option("--screen", "screens", multiple=True, metavar="ITEM=no|yes[:REASON:BY]",
              help=f"A screening answer, or all=no. Items: {', '.join(ITEMS)}.")  # fmt: skip
@click.option("--clinic", help="The clinic's name.")
@click.option("--phone", help="The clinic's number.")
@click.option("--out-of-hours", help="The number when the clinic is closed.")
@click.option("--emergency", default="112", show_default=True, help="The emergency number.")
@click.option("--activity", "activities", multiple=True, help="Something that matters to the patient.")
@click.option("--next-visit", type=MOMENT, help="The next visit.")
@click.option("--most-exercises", type=click.IntRange(1, 12), default=4, show_default=True)
@click.option("--share-key", help="An age key that reports are sealed to.")
@click.option("--note", default="", help="A word to the patient.")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The plan file."
)
def new(
    patient: str,
    targets: tuple[str, ...],
    needled_at: datetime | None,
    made_by: str,
    complaint: str,
    start_pain: int | None,
    screens: tuple[str, ...],
    clinic: str | None,
    phone: str | None,
    out_of_hours: str | None,
    emergency: str,
    activities: tuple[str, ...],
    next_visit: datetime | None,
    most_exercises: int,
    share_key: str | None,
    note: str,
    out: Path,
) -> None:
    """Make a plan file.

    In a terminal the screening conditions that no --screen answers are asked; elsewhere they are kept as
    unanswered, and the plan says so wherever it is shown.
    """
    at = now()
    library = Library(places().exercises)
    parsed = tuple(parse_target(text, needled_at or at, library) for text in targets)
    answers = Answers.parse(screens)
    if sys.stdin.isatty() and sys.stderr.isatty():
        for item in answers.open_items:
            yes = click.confirm(wording.SCREENING[item](), default=None, err=True)
            answers = answers.with_answer(item, "yes" if yes else "no")
    try:
        made = make_plan(
            patient=patient,
            targets=parsed,
            answers=answers,
            at=at,
            made_by=made_by,
            complaint=complaint,
            start_pain=start_pain,
            activities=activities,
            contact=Contact(clinic=clinic, phone=phone, out_of_hours=out_of_hours, emergency=emergency),
            next_visit=next_visit,
            most_exercises=most_exercises,
            share_key=share_key,
            note=note,
        )
    except ScreeningStops as stop:
        raise Trouble(
            f"{stop} To make the plan all the same, give the reason and who decided it: "
            f"--screen {stop.items[0]}=yes:REASON:BY. Nothing was written."
        ) from None
    replace_file(out, json.dumps(made.as_json(), indent=1, ensure_ascii=False).encode() + b"\n")
    click.echo(f"{out}: plan for {made.patient}, {len(made.targets)} muscles.", err=True)
    if made.unanswered:
        click.echo(wording.UNANSWERED(items=", ".join(made.unanswered)), err=True)


@plan.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether a plan file can be used, and what is wrong with it."""
    found = read_plan(file)
    click.echo(f"{file}: a plan for {found.patient}; nothing wrong with it.")
    if found.unanswered:
        click.echo(wording.UNANSWERED(items=", ".join(found.unanswered)), err=True)


@plan.command()
@click.argument("file", type=click.Path(path_type=Path))
def use(file: Path) -> None:
    """Take a plan into use: it is copied into the journal, whole."""
    found = read_plan(file)
    record = Record.open(places().journal, now())
    started = record.start_plan(found, now())
    click.echo(
        f"The plan for {found.patient} is in use."
        if started
        else "This plan was in use already; nothing changed.",
        err=True,
    )
    for said in record.said:
        click.echo(said, err=True)


@plan.command()
@click.option("--json", "as_json", is_flag=True, help="The plan as it stands in the journal.")
def show(as_json: bool) -> None:
    """Show the plan in use."""
    record = Record.open(places().journal, now())
    if record.plan is None:
        raise Trouble("There is no plan in use. `reloadpt plan use FILE` takes one, `reloadpt` asks for one.")
    if as_json:
        click.echo(json.dumps(record.history.plan, ensure_ascii=False))
        return
    library = Library(places().exercises)
    maker = record.plan.made_by or "yourself, without a therapist"
    click.echo(f"Plan for {record.plan.patient}, made by {maker} on {record.plan.made_at:%d %B %Y}")
    for target in record.plan.targets:
        side = "" if target.side == "both" else f", {target.side}"
        stim = ", with e-stim" if target.stim else ""
        name = library.programme(target.muscle).name
        click.echo(
            f"  {name}{side}: {target.intent or 'as usual'}{stim}, needled {target.needled_at:%d %B %H:%M}"
        )
    if record.plan.note:
        click.echo(record.plan.note)
    if record.plan.unanswered:
        click.echo(wording.UNANSWERED(items=", ".join(record.plan.unanswered)))


def read_plan(path: Path) -> Plan:
    """Read a plan file that can be used, or say in plain words why it cannot."""
    found = read_form(path, Plan)
    library = Library(places().exercises)
    for target in found.targets:
        library.programme(target.muscle)
    own = {exercise.id for exercise in found.exercises}
    for change in found.doses:
        if change.exercise not in own:
            library.exercise(change.exercise)
    if found.blocked_by:
        raise Trouble(f"{path}: {wording.SCREENING_STOP(items=', '.join(found.blocked_by))}")
    return found
