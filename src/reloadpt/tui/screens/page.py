"""What every screen of the patient's app has: the app with its record, and one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from reloadpt.tui.keyed import KeyedScreen

if TYPE_CHECKING:
    from reloadpt.tui.record_app import RecordApp

Result = TypeVar("Result")


class PatientPage(KeyedScreen[Result], Generic[Result]):
    """A screen of the patient's app."""

    @property
    def reload(self) -> RecordApp:
        """The app, as what it is."""
        return cast("RecordApp", self.app)

    _answered = False

    def answer(self, result: Result | None) -> None:
        """Leave with ``result``; a second key that comes before the screen is gone changes nothing."""
        if self.is_current and not self._answered:
            self._answered = True
            self.dismiss(result)
