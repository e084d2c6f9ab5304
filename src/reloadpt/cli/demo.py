"""``reloadpt demo``: the app on invented data, touching none of yours."""

from __future__ import annotations

import signal
import sys

import click

MARK = "invented data"
INVENTING = "Inventing a few weeks of forty patients"
ENDING = ("SIGHUP", "SIGTERM")


@click.command()
@click.option("--clinic", "for_clinic", is_flag=True, help="The therapist's app on invented patients.")
def demo(for_clinic: bool) -> None:
    """Try the app on invented data, in a folder of its own that is removed at the end.

    Nothing of yours is read or written. What you do in the demo is gone when you leave.
    """
    from reloadpt.opening import has_terminal

    if not has_terminal():
        raise click.UsageError("The demo opens the app, and the app needs a terminal.")
    from reloadpt.clock import now
    from reloadpt.demo import homes
    from reloadpt.tui.kit.settings_app import SettingsApp

    app: SettingsApp[None]
    _end_in_order()
    with homes.invented_home() as places:
        if for_clinic:
            from reloadpt.tui.clinic.app import ClinicApp

            with click.progressbar(
                length=homes.CLINIC_STEPS, label=INVENTING, file=sys.stderr, show_eta=False
            ) as bar:
                for steps in homes.fill_for_clinic(places, now()):
                    bar.update(steps)
            app = ClinicApp(places, places.data)
            app.mark = f"{MARK} · more reports to import: {homes.inbox_of(places).name}"
        else:
            from reloadpt.tui.patient.app import ReloadApp

            click.echo("Inventing a few weeks …", err=True)
            homes.fill_for_patient(places, now())
            app = ReloadApp(places, out_folder=places.data)
            app.mark = MARK
        app.run()
    click.echo("The invented data is removed.", err=True)
    sys.exit(app.return_code or 0)


def _end_in_order() -> None:
    """A window that is closed, or a process that is asked to end, leaves nothing behind either."""
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    """End, once: what comes while the data is removed must not cut that short."""
    for name in ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    sys.exit(128 + number)
