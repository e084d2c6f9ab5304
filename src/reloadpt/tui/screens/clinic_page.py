"""What every screen of the therapist's app has: the app, as what it is, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from reloadpt.tui.clinic_app import ClinicApp

Result = TypeVar("Result")


class ClinicPage(Screen[Result], Generic[Result]):
    """A screen of the therapist's app."""

    @property
    def clinic(self) -> ClinicApp:
        """The app, as what it is."""
        return cast("ClinicApp", self.app)

    def complain(self, text: str) -> None:
        """Say why something cannot be done."""
        self.notify(text, severity="error", markup=False, timeout=20)

    def action_help(self) -> None:
        """Show what the keys of this screen do."""
        from reloadpt.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))
