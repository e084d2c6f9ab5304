"""The commands. Each family is a module of its own, imported only when one of its commands is called."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from reloadpt import __version__
from reloadpt.cli.terminal import clean_streams

FAMILIES = {
    "today": ("reloadpt.cli.patient:today", "What is due now, and why."),
    "plan": ("reloadpt.cli.plan:plan", "Make, check, use and show a plan."),
    "checkin": ("reloadpt.cli.telling:checkin", "Write down pain and soreness."),
    "needled": ("reloadpt.cli.telling:needled", "Write down that a muscle was needled again."),
    "pause": ("reloadpt.cli.telling:pause", "Say which days will be without exercise."),
    "log": ("reloadpt.cli.log:log", "Look at the journal and check it."),
    "share": ("reloadpt.cli.share:share", "Make the one file for your therapist."),
    "export": ("reloadpt.cli.export:export", "Write the record as CSV, FHIR, JSON Lines or Parquet."),
    "remind": ("reloadpt.cli.remind:remind", "Write reminders for any calendar."),
    "clinic": ("reloadpt.cli.clinic:clinic", "The therapist's side: import and overview."),
    "demo": ("reloadpt.cli.demo:demo", "Try the app on invented data; nothing of yours is touched."),
    "handout": ("reloadpt.cli.handout:handout", "Put the plan on paper, with pictures and boxes to tick."),
    "exercises": ("reloadpt.cli.exercises:exercises", "The programmes: list, show, check, begin one."),
    "forget": ("reloadpt.cli.forget:forget_command", "Remove what is kept on this machine."),
    "serve": ("reloadpt.cli.serve:serve", "The app in a browser, on this machine only."),
    "learn": ("reloadpt.cli.learn:learn", "Read about needling and the days after."),
}
"""Where each command lives, and the line that help shows for it."""


OF_ONE_PERSON = ("today", "checkin", "needled", "pause", "log", "share", "export", "remind", "handout")
"""The commands about the journal of one person, who is named where several have one here."""


class Families(click.Group):
    """A group whose commands are imported when they are called, so that help and version start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order that help shows them."""
        return [*FAMILIES, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name."""
        if cmd_name not in FAMILIES:
            return super().get_command(ctx, cmd_name)
        module, _, name = FAMILIES[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in FAMILIES.items()])


@click.group(
    cls=Families, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--plain", is_flag=True, help="Line by line: for screen readers, pipes and dumb terminals.")
@click.option("--self-paced", is_flag=True, help="With --plain: nothing is timed, each set waits for Enter.")
@click.option("--aloud", is_flag=True, help="With --plain: the cues are spoken too, and tones sound.")
@click.option("--for", "alias", metavar="ALIAS", help="Whose turn it is, where several have a journal here.")
@click.option("--plan", "given", metavar="FILE", type=click.Path(path_type=Path),
              help="Ask first whether this plan is to be used.")  # fmt: skip
@click.version_option(__version__, prog_name="reloadpt")
@click.pass_context
def cli(
    ctx: click.Context, plain: bool, self_paced: bool, aloud: bool, alias: str | None, given: Path | None
) -> None:
    """Guide the days after dry needling: what is due, how it is done, how it felt.

    Without a command the app opens on Today.
    """
    if alias is not None or ctx.invoked_subcommand in OF_ONE_PERSON:
        _say_whose(alias)
    if self_paced and not plain:
        raise click.UsageError("--self-paced goes with --plain: reloadpt --plain --self-paced")
    if aloud and not plain:
        raise click.UsageError("--aloud goes with --plain: reloadpt --plain --aloud")
    if plain and ctx.invoked_subcommand:
        raise click.UsageError("--plain goes without a command: reloadpt --plain")
    if given and ctx.invoked_subcommand:
        raise click.UsageError("--plan goes without a command: reloadpt --plan FILE")
    if plain:
        from reloadpt.opening import open_plain

        open_plain(self_paced=self_paced, aloud=aloud, given=given)
    elif ctx.invoked_subcommand is None:
        from reloadpt.opening import open_app

        open_app(given)


def _say_whose(alias: str | None) -> None:
    """Give the turn to the person of this alias; say whose it is where several have a journal here."""
    from reloadpt.files import places

    home = places()
    if alias is None and not home.people.is_dir():
        return
    from reloadpt import wording
    from reloadpt.files import Trouble, clip, shorten
    from reloadpt.journal.people import people_in, turn_of

    people = people_in(home)
    chosen = [person for person in people if alias is None or person.alias == alias]
    if not chosen:
        known = ", ".join(clip(person.alias) for person in people) or "nobody"
        raise Trouble(f"{clip(alias)} has no journal here. Whoever has one: {known}.")
    turn_of(home, chosen[0].name)
    if len(people) > 1:
        click.echo(wording.TURN_NOW(alias=shorten(chosen[0].alias)), err=True)


def run() -> None:
    """Run the command that the arguments name. Trouble is for the caller to tell."""
    clean_streams()
    try:
        try:
            code = cli.main(prog_name="reloadpt", standalone_mode=False) or 0
        except SystemExit as ended:
            code = ended.code
        # a disk that is full shows here, and not only at the end of the program
        sys.stdout.flush()
        sys.exit(code)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
