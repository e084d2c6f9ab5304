"""The patient's full-screen app: it opens on Today."""

from __future__ import annotations

from textual.screen import Screen

from reloadpt.tui.record_app import RecordApp
from reloadpt.tui.screens.today import TodayScreen


class ReloadApp(RecordApp):
    """Opens on Today; without a plan the first questions come before it."""

    def get_default_screen(self) -> Screen[None]:
        """Open on Today."""
        return TodayScreen()
