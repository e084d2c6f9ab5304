"""``reloadpt plan``: make a plan, check it, take it into use, show it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, get_args

import click
from click.core import ParameterSource

from reloadpt import wording
from reloadpt.care.emergency_numbers import number_of_zone
from reloadpt.care.limits import check_limit_stated
from reloadpt.care.record import AnotherPatient, Record
from reloadpt.care.safety import CLASSES
from reloadpt.cli.completing import complete_muscles
from reloadpt.cli.times import MOMENT
from reloadpt.clock import now, zone
from reloadpt.dialogue.emergency import NO_NUMBER
from reloadpt.files import Places, Trouble, clean, clip, json_text, places, shorten, write_out
from reloadpt.journal.events import PlanStarted
from reloadpt.journal.journal import Journal
from reloadpt.journal.people import ALONE, is_one_patient, newcomer, people_in, turn_of
from reloadpt.phrases import count_phrase
from reloadpt.program.check import read_form
from reloadpt.program.ending import with_usual_end
from reloadpt.program.library import Library
from reloadpt.program.making import ScreeningAnswers, ScreeningStops, make_plan, parse_targets, plan_file
from reloadpt.program.plan import Contact, Plan
from reloadpt.program.plan_words import contact_in_words, plan_in_words, screening_in_words
from reloadpt.program.programme import Demand
from reloadpt.program.remembered import keep_defaults, recall_defaults
from reloadpt.program.screening import EXERCISE_ITEMS, ITEMS, NEVER_LEFT_OUT, WIDER_ITEMS, wider_items
from reloadpt.program.signing import with_versions
from reloadpt.program.templates import PlanTemplate, find_template, keep_template, template_of, templates_in
from reloadpt.program.typed import (
    DOSE_WORDS,
    check_dates,
    check_named,
    read_baby_due,
    read_doses,
    read_limits,
)

TOLD_AS_THEY_ARE = (
    "no_limit",
    "made_by", "complaint", "start_pain", "known_symptoms", "demanding", "cleared", "cannot", "has", "ends",
    "signs_seen", "activities", "next_visit", "most_exercises", "note",
)  # fmt: skip
"""Arguments of ``plan new`` that are a plan's field as they stand."""


@click.group()
def plan() -> None:
    """Make, check, use and show a plan."""


@plan.command()
@click.option("--patient", help="An alias the clinic chooses, such as A-17; never a name.")
@click.option("--target", "targets", multiple=True, shell_complete=complete_muscles, metavar="MUSCLE[:INTENT][:SIDE][:stim]…",
              help="A needled muscle; calm or wake; left, right or both; stim where e-stim was used; early; "
              "ceiling=PHASE; PHASE=N for its own pain limit.")  # fmt: skip
@click.option("--template", metavar="NAME|FILE",
              help="A plan kept by `plan keep`: muscles, doses and limits come from it.")  # fmt: skip
@click.option("--baby-due", metavar="DAY", help="Of somebody pregnant: the day the child is due.")
@click.option("--needled-at", type=MOMENT, help="When it was needled, with the offset; now if absent.")
@click.option("--made-by", default="the clinic", show_default=True, help="Who prescribes.")
@click.option("--complaint", default="", help="What the patient came for.")
@click.option("--start-pain", type=click.IntRange(0, 10), help="Usual pain at the start, 0-10.")
@click.option("--known-symptom", "known_symptoms", multiple=True,
              help="A symptom told already: it counts as a sign only if it is worse.")  # fmt: skip
@click.option("--screen", "screens", multiple=True, metavar="ITEM=no|yes[:REASON:BY]",
              help=f"A screening answer, or all=no for what is never left out: {', '.join(NEVER_LEFT_OUT)}; "
              f"or wider=no for the wider list: {', '.join(WIDER_ITEMS)}.")  # fmt: skip
@click.option("--dose", "doses", multiple=True, metavar="EXERCISE:sets=2,reps=6…",
              help=f"A changed dose; words: {', '.join(DOSE_WORDS)}; often=3/week.")  # fmt: skip
@click.option("--omit", "omitted", multiple=True, metavar="EXERCISE", help="An exercise to leave out.")
@click.option("--demanding", multiple=True, metavar="EXERCISE", help="A demanding exercise to turn on.")
@click.option("--cleared", multiple=True, metavar="WORD",
              help="therapist or squeeze, or an exercise that asks first: may be dealt.")  # fmt: skip
@click.option("--limit", "limits", multiple=True, metavar="PHASE=N", help="The most pain in a phase, 0-10.")
@click.option(
    "--no-limit", metavar="WHY", help="Why no limit is stated, where pain is 6 or more at the start."
)
@click.option("--cannot", multiple=True, type=click.Choice(get_args(Demand)))
@click.option("--has", multiple=True, metavar="EQUIPMENT", help="What is there at home.")
@click.option("--fixed", is_flag=True, help="Doses stay as they are, however it goes.")
@click.option(
    "--ends",
    type=MOMENT,
    help="The end of the plan; if absent as long as its longest programme: six weeks, pelvic floor 12.",
)
@click.option("--clinic", help="The clinic's name.")
@click.option(
    "--phone", metavar="NUMBER|none", help="The clinic's number. Asked in a terminal, needed elsewhere."
)
@click.option("--out-of-hours", help="The number when the clinic is closed.")
@click.option("--emergency", metavar="NUMBER|none",
              help="The patient's emergency number. Asked in a terminal, needed elsewhere.")  # fmt: skip
@click.option("--sign-seen", "signs_seen", multiple=True, metavar="CODE",
              help="A warning sign that you have seen to: its lock ends with this plan.")  # fmt: skip
@click.option("--activity", "activities", multiple=True, help="Something that matters to the patient.")
@click.option("--next-visit", type=MOMENT, help="The next visit.")
@click.option("--most-exercises", type=click.IntRange(1, 12), default=4, show_default=True)
@click.option("--share-key", help="An age key that reports are sealed to.")
@click.option("--note", default="", help="A word to the patient.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="The plan file.")
@click.pass_context
def new(
    ctx: click.Context,
    /,
    *,
    patient: str | None,
    targets: tuple[str, ...],
    template: str | None,
    needled_at: datetime | None,
    screens: tuple[str, ...],
    baby_due: str | None,
    clinic: str | None,
    phone: str | None,
    out_of_hours: str | None,
    emergency: str | None,
    share_key: str | None,
    out: Path | None,
    **rest: Any,
) -> None:
    """Make a plan file; without any argument, page by page in the terminal.

    In a terminal the screening conditions that no --screen answers are asked; elsewhere they are kept as
    unanswered, and the plan says so wherever it is shown.
    """
    if all(ctx.get_parameter_source(name) is ParameterSource.DEFAULT for name in ctx.params):
        _by_screens()
    for name, given in (("--patient", patient), ("--target", targets or template), ("--out", out)):
        if not given:
            raise click.UsageError(f"Missing option '{name}'.", ctx)
    assert patient and out  # noqa: S101, PT018
    at = now()
    library = Library(places().exercises)
    for code in rest["signs_seen"]:
        if code not in CLASSES:
            raise click.UsageError(
                f"--sign-seen {clean(code)} is no sign; they are {', '.join(CLASSES)}.", ctx
            )
    parsed, also = parse_targets(targets, needled_at or at, library)
    kept = find_template(places().templates, template) if template else None
    parsed = parsed or tuple(target.needled(needled_at or at) for target in (kept.targets if kept else ()))
    check_dates(
        [needled.needled_at for needled in parsed] + [needled.needled_at for needled in also],
        rest["ends"],
        rest["next_visit"],
        at,
    )
    answers = ScreeningAnswers.parse(screens)
    if share_key:
        from reloadpt.share.seal import check_key

        check_key(share_key)
    if sys.stdin.isatty() and sys.stderr.isatty():
        answers = _ask(answers, stim=any(target.stim for target in parsed))
    phone, emergency = _numbers(ctx, phone, emergency)
    contact = Contact(clinic=clinic, phone=phone, out_of_hours=out_of_hours, emergency=emergency)
    try:
        made = make_plan(
            patient=patient,
            targets=parsed,
            also_needled=also,
            answers=answers,
            at=at,
            baby_due=read_baby_due(baby_due, at) if baby_due else None,
            contact=contact,
            share_key=share_key,
            **_terms(ctx, kept),
        )
        check_named(made, library)
        made = with_usual_end(made, library)
        check_limit_stated(made)
    except ScreeningStops as stop:
        raise Trouble(
            f"{stop} To make the plan all the same, give the reason and who decided it: "
            f"--screen {stop.items[0]}=yes:REASON:BY. Nothing was written."
        ) from None
    made = with_versions(made, library, places().config)
    write_out(out, plan_file(made))
    keep_defaults(places().config, made.made_by, contact)
    click.echo(
        f"{out}: plan for {made.patient}, {count_phrase(len(made.targets) + len(made.also_needled), 'muscle')}.",
        err=True,
    )
    for line in (*contact_in_words(made), *screening_in_words(made)):
        click.echo(line, err=True)
    _tell_forecast(made, library)


def _terms(ctx: click.Context, kept: PlanTemplate | None) -> dict[str, Any]:
    """Doses, limits and the rest as the arguments say; where they say nothing, as the template does."""
    told = ctx.params
    terms = {
        "doses": read_doses(told["doses"], told["omitted"]),
        "limits": read_limits(told["limits"]),
        "progression": "fixed" if told["fixed"] else "guided",
        **{name: told[name] for name in TOLD_AS_THEY_ARE},
    }
    said = {name for name in told if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT}
    said |= {"doses"} if "omitted" in said else set()
    said |= {"progression"} if "fixed" in said else set()
    return terms | {name: value for name, value in (kept.terms() if kept else {}).items() if name not in said}


def _numbers(ctx: click.Context, phone: str | None, emergency: str | None) -> tuple[str | None, str | None]:
    """The clinic's number and the emergency number, each given, typed or confirmed; None where there is none."""
    last, suggested = recall_defaults(places().config).contact, number_of_zone(zone())
    offers = {
        "--phone": (phone, "The clinic's number", last.phone, ""),
        "--emergency": (emergency, "The patient's emergency number", last.emergency, ""),
    }
    if suggested and not last.emergency:
        number, country = suggested
        offers["--emergency"] = (emergency, "The patient's emergency number", number, f", as in {country}")
    asks = sys.stdin.isatty() and sys.stderr.isatty()
    told: list[str] = []
    for option, (given, question, offer, why) in offers.items():
        if given is None and not asks:
            known = f" Perhaps {offer}{why}." if offer else ""
            raise click.UsageError(f"Missing option '{option}': a number, or none.{known}", ctx)
        says = f"{question}, or none{f' ({offer}{why}: Enter confirms it)' if offer else ''}"
        told.append(given or click.prompt(says, default=offer, show_default=False, err=True))
    clinics, emergencies = (None if text.strip().casefold() == NO_NUMBER else text for text in told)
    return clinics, emergencies


def _by_screens() -> NoReturn:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "Page by page a plan is made in a terminal. Without one give at least "
            "--patient ALIAS --target MUSCLE[:calm|wake][:SIDE][:stim] -o FILE; --help shows the rest."
        )
    from reloadpt.tui.plan.app import PlanApp

    app = PlanApp(places(), Path.cwd())
    written = app.run()
    for path in written or ():
        click.echo(str(path))
    if not written and not app.return_code:
        click.echo("No plan was written.", err=True)
    sys.exit(app.return_code or (0 if written else 1))


def _ask(answers: ScreeningAnswers, *, stim: bool) -> ScreeningAnswers:
    """Ask the seven one by one, then what is asked for the exercises' sake and the wider list, each at once."""
    for item in answers.open_items:
        if item in ITEMS:
            yes = click.confirm(f"{wording.condition(item)}?", default=None, err=True)
            answers = answers.with_answer(item, "yes" if yes else "no")
    for items in (EXERCISE_ITEMS, wider_items(stim=stim)):
        if open_items := [item for item in items if item not in answers.given]:
            answers = _ask_at_once(answers, open_items)
    return answers


def _ask_at_once(answers: ScreeningAnswers, open_items: Sequence[str]) -> ScreeningAnswers:
    """Ask which of several conditions hold, by their numbers; a number with a question mark is not known."""
    for number, item in enumerate(open_items, start=1):
        click.echo(f"{number:>3}  {wording.condition(item)}", err=True)
    question = "Which of these hold? Numbers, 3? where you do not know, or Enter for none"
    told = click.prompt(question, default="", err=True, show_default=False)
    words = told.replace(",", " ").split()
    numbers = [word.removesuffix("?") for word in words]
    fits = (
        number.isascii() and number.isdecimal() and 0 < int(number[:4]) <= len(open_items)
        for number in numbers
    )
    if not all(fits):
        raise Trouble(f"{clip(told)} is not a choice of the numbers above. Nothing was written.")
    held = {open_items[int(word) - 1] for word in words if not word.endswith("?")}
    unknown = {open_items[int(word[:-1]) - 1] for word in words if word.endswith("?")}
    for item in open_items:
        answers = answers.with_answer(
            item, "yes" if item in held else "unanswered" if item in unknown else "no"
        )
    return answers


@plan.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("name")
def keep(file: Path, name: str) -> None:
    """Keep a plan as a template NAME, without anything of the patient.

    `plan new --template NAME` prescribes it again. The file that is written can be given to a colleague.
    """
    path = keep_template(places().templates, template_of(read_form(file, Plan), name))
    click.echo(f"{path}: kept. `reloadpt plan new --template {shorten(name)!r} …` prescribes it.", err=True)


@plan.command()
def templates() -> None:
    """List the plans that are kept as templates."""
    for template in templates_in(places().templates):
        muscles = ", ".join(target.muscle for target in template.targets)
        click.echo(f"{shorten(template.name)}: {muscles}")


@plan.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="What would be dealt, for programs.")
def check(file: Path, *, as_json: bool) -> None:
    """Say whether a plan file can be used, and what is wrong with it.

    It is run forward for a good, a middling and a poor course: what would be dealt, week by week, where nothing would
    be, and what does not fit into the sessions.
    """
    found = read_plan(file)
    library = Library(places().exercises)
    if as_json:
        from reloadpt.care.forecast import forecast, forecast_as_json

        click.echo(json_text(forecast_as_json(forecast(found, library))))
        return
    click.echo(f"{file}: a plan for {found.patient}; nothing wrong with it.")
    for line in screening_in_words(found):
        click.echo(line, err=True)
    _tell_forecast(found, library)


def _tell_forecast(plan: Plan, library: Library) -> None:
    """Say what the plan would deal; nothing where the screening bars all of it."""
    if plan.blocked_by:
        return
    from reloadpt.care.forecast import forecast, forecast_in_words

    for line in forecast_in_words(plan, library, forecast(plan, library)):
        click.echo(line, err=True)


@plan.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--another", is_flag=True, help="It is for another person than the journal here: begin theirs.")
def use(file: Path, another: bool) -> None:
    """Take a plan into use: it is copied into the journal, whole.

    One journal is one patient's. A plan for another alias begins another journal, in a folder of its own.
    """
    found = read_plan(file)
    home = _home_of(found, another=another)
    record = Record.open(home.journal, now(), Library(home.exercises))
    started = record.start_plan(found, now())
    unchanged = "This plan was in use already; nothing changed."
    click.echo(f"The plan for {shorten(found.patient)} is in use." if started else unchanged, err=True)
    for notice in record.notices:
        click.echo(notice, err=True)


def _home_of(plan: Plan, *, another: bool) -> Places:
    """The home with the turn given to whom a plan is for; somebody new only where that is said."""
    home = places()
    people = people_in(home)
    theirs = next((person for person in people if person.alias == plan.patient), None)
    if theirs:
        if theirs.name != home.person:
            click.echo(wording.TURN_NOW(alias=shorten(plan.patient)), err=True)
        return turn_of(home, theirs.name)
    here = next((person.alias for person in people if person.name == home.person), "")
    is_same = is_one_patient(here, plan.patient)
    in_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    if here and not another and in_terminal and (not is_same or here == ALONE):
        question = wording.IS_ANOTHER(alias=shorten(plan.patient), here=shorten(here))
        another = click.confirm(question, default=None, err=True)
    if not another and not is_same:
        raise AnotherPatient(here, plan.patient)
    return newcomer(home) if another and here else home


@plan.command()
@click.option("--json", "as_json", is_flag=True, help="The plan as it stands in the journal.")
def show(as_json: bool) -> None:
    """Show the plan in use."""
    record = Record.open(places().journal, now())
    period = record.history.period
    if record.plan is None or period is None:
        raise Trouble("There is no plan in use. `reloadpt plan use FILE` takes one, `reloadpt` asks for one.")
    if as_json:
        for entry in Journal(places().journal).entries():
            if entry.n == period.n and isinstance(entry.event, PlanStarted):
                click.echo(json_text(entry.event.plan))
        return
    library = Library(places().exercises)
    for muscle in dict.fromkeys(target.muscle for target in record.plan.targets):
        try:
            library.programme(muscle)
        except Trouble as trouble:
            # its names are then not those of the programme
            click.echo(str(trouble), err=True)
    click.echo("\n".join(plan_in_words(record.plan, library)))


@plan.command()
def schema() -> None:
    """Print the JSON Schema of a plan file."""
    from reloadpt.program.check import schema_of

    click.echo(json_text(schema_of(Plan), indent=2))


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
        raise Trouble(f"{path}: {wording.screening_stop(found.blocked_by)}")
    return found
