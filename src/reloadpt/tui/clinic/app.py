"""The therapist's app: everybody at a glance, one patient in full, reports taken in, the next plan made."""

from __future__ import annotations

from textual.screen import Screen

from reloadpt.tui.clinic.caseload_app import CaseloadApp
from reloadpt.tui.clinic.overview import OverviewScreen
from reloadpt.tui.kit.settings_app import PAGE_CSS


class ClinicApp(CaseloadApp):
    """Opens on everybody."""

    CSS_PATH = [PAGE_CSS, "overview.tcss"]  # noqa: RUF012  (Textual declares it)

    def get_default_screen(self) -> Screen[None]:
        """Open on everybody."""
        return OverviewScreen()
