"""Make a plan page by page: the therapist's guided screen behind ``reloadpt plan new``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from reloadpt.clock import now
from reloadpt.files import Places
from reloadpt.program.library import Library
from reloadpt.tui.kit.settings_app import PAGE_CSS, SettingsApp
from reloadpt.tui.plan.flow import PlanFlow


class PlanApp(SettingsApp[tuple[Path, ...]]):
    """Asks page by page and writes the plan into ``folder``; the answer is what was written."""

    TITLE = "reloadpt plan new"
    CSS_PATH = [PAGE_CSS, "page.tcss"]  # noqa: RUF012  (Textual declares it)

    def __init__(self, places: Places, folder: Path, wall: Callable[[], datetime] = now) -> None:
        super().__init__(places)
        self.library = Library(places.exercises)
        self._flow = PlanFlow(self, places, self.library, folder, wall())

    def on_mount(self) -> None:
        """Begin with the first page."""
        super().on_mount()
        self.run_worker(self._pages(), exclusive=True)

    async def _pages(self) -> None:
        self.exit(await self._flow.all_pages() or None)
