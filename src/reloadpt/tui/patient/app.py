"""The patient's full-screen app: it opens on Today."""

from __future__ import annotations

from textual.screen import Screen

from reloadpt.tui.kit.settings_app import PAGE_CSS
from reloadpt.tui.patient.record_app import RecordApp
from reloadpt.tui.patient.today import TodayScreen


class ReloadApp(RecordApp):
    """Opens on Today; without a plan the first questions come before it."""

    CSS_PATH = [PAGE_CSS, "today.tcss"]  # noqa: RUF012  (Textual declares it)

    def get_default_screen(self) -> Screen[None]:
        """Open on Today."""
        return TodayScreen()
