"""What every screen of the therapist's app has: the app, as what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from reloadpt.tui.kit.keyed_screen import KeyedScreen

if TYPE_CHECKING:
    from reloadpt.tui.clinic.caseload_app import CaseloadApp

Result = TypeVar("Result")


class ClinicPage(KeyedScreen[Result], Generic[Result]):
    """A screen of the therapist's app."""

    @property
    def clinic(self) -> CaseloadApp:
        """The app, as what it is."""
        return cast("CaseloadApp", self.app)

    def complain(self, text: str) -> None:
        """Say why something cannot be done."""
        self.notify(text, severity="error", markup=False, timeout=20)
