"""What every screen of the therapist's app has: the app, as what it is."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from reloadpt.tui.clinic.caseload_app import CaseloadApp
from reloadpt.tui.kit.keyed_screen import KeyedScreen

Result = TypeVar("Result")


class ClinicPage(KeyedScreen[Result], Generic[Result]):
    """A screen of the therapist's app."""

    @property
    def clinic(self) -> CaseloadApp:
        """The app, as what it is."""
        return cast("CaseloadApp", self.app)
