"""What every screen of the patient's app has: the app with its record, and one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from reloadpt.tui.kit.keyed_screen import KeyedScreen

if TYPE_CHECKING:
    from reloadpt.tui.patient.record_app import RecordApp

Result = TypeVar("Result")


class PatientPage(KeyedScreen[Result], Generic[Result]):
    """A screen of the patient's app."""

    @property
    def record_app(self) -> RecordApp:
        """The app, as what it is."""
        return cast("RecordApp", self.app)
