"""What every screen of the patient's app has: the app with its record, and flows of questions that go over it."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Generic, TypeVar, cast

from textual.worker import WorkerCancelled

from reloadpt.files import Trouble
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.patient.record_app import RecordApp

Result = TypeVar("Result")


class PatientPage(KeyedScreen[Result], Generic[Result]):
    """A screen of the patient's app."""

    COMPLAINT_S = 30

    @property
    def record_app(self) -> RecordApp:
        """The app, as what it is."""
        return cast("RecordApp", self.app)

    async def follow(self, flow: Coroutine[Any, Any, None]) -> bool:
        """Go through ``flow``, and say what went wrong; False where another took its place."""
        try:
            await flow
        except Trouble as trouble:
            self.complain(str(trouble))
        except WorkerCancelled:
            return False
        return True
