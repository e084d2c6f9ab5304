"""The therapist's app: everybody at a glance, one patient in full, reports taken in, the next plan made."""

from __future__ import annotations

from textual.screen import Screen

from reloadpt.tui.caseload_app import CaseloadApp
from reloadpt.tui.screens.clinic_overview import OverviewScreen


class ClinicApp(CaseloadApp):
    """Opens on everybody."""

    def get_default_screen(self) -> Screen[None]:
        """Open on everybody."""
        return OverviewScreen()
