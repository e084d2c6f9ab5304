"""Make a plan page by page: the therapist's guided screen behind ``reloadpt plan new``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from reloadpt.clinic.key import secret_key
from reloadpt.clock import now
from reloadpt.files import Places, Trouble, replace_file
from reloadpt.program.library import Library
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Plan
from reloadpt.program.plan_told import plan_in_words
from reloadpt.program.remembered import recall, remember
from reloadpt.program.screening import ITEMS, wider_items
from reloadpt.share.seal import public_half
from reloadpt.tui.plan_draft import CALL, FRAME, WHO, Draft, begin, free_names, override_fields, plan_of
from reloadpt.tui.screens.plan_doses import DosesPage
from reloadpt.tui.screens.plan_form import FormPage
from reloadpt.tui.screens.plan_last import LastPage
from reloadpt.tui.screens.plan_muscles import MusclesPage
from reloadpt.tui.screens.plan_screening import ScreeningPage, barring, taken_on
from reloadpt.tui.screens.plan_targets import TargetsPage
from reloadpt.tui.settled import SettledApp

PageAsked = Callable[[Draft], Awaitable[Draft | None]]


class PlanApp(SettledApp[tuple[Path, ...]]):
    """Asks page by page and writes the plan into ``folder``; the answer is what was written."""

    TITLE = "reloadpt plan new"
    CSS_PATH = ["app.tcss", "plan.tcss"]  # noqa: RUF012  (Textual declares it)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]  # noqa: RUF012  (Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (22, "-tall")]  # noqa: RUF012  (Textual declares it)

    def __init__(self, places: Places, folder: Path, wall: Callable[[], datetime] = now) -> None:
        super().__init__(places)
        self._folder = folder
        self._at = wall()
        self.library = Library(places.exercises)

    def on_mount(self) -> None:
        """Begin with the first page."""
        super().on_mount()
        self.run_worker(self._pages(), exclusive=True)

    async def _pages(self) -> None:
        pages: tuple[PageAsked, ...] = (
            lambda draft: self.push_screen_wait(FormPage(draft, "A plan for whom?", WHO, self._at)),
            lambda draft: self.push_screen_wait(MusclesPage(draft, self.library, self._at)),
            lambda draft: self.push_screen_wait(TargetsPage(draft, self.library)),
            self._seven,
            self._wider,
            self._taken_on,
            lambda draft: self.push_screen_wait(DosesPage(draft, self.library)),
            lambda draft: self.push_screen_wait(
                FormPage(draft, "Limits, and what is at home", FRAME, self._at, "Nothing here must be filled.")
            ),
            lambda draft: self.push_screen_wait(
                FormPage(draft, "Whom to call, and when to come again", CALL, self._at)
            ),
            self._last,
        )  # fmt: skip
        draft, at, forward = self._begin(), 0, True
        while 0 <= at < len(pages):
            if pages[at] == self._taken_on and not forward:
                at -= 1
                continue
            found = await pages[at](draft)
            forward = found is not None
            draft = found or draft
            at += 1 if forward else -1
        if at < 0:
            self.exit()

    def _begin(self) -> Draft:
        try:
            secret = secret_key(self.places.config)
        except Trouble as trouble:
            self.notify(str(trouble), severity="error", markup=False, timeout=20)
            secret = None
        return begin(recall(self.places.config), public_half(secret) if secret else None)

    async def _seven(self, draft: Draft) -> Draft | None:
        return await self.push_screen_wait(
            ScreeningPage(draft, "Screening: is any of these so?", "Never left out.", ITEMS)
        )

    async def _wider(self, draft: Draft) -> Draft | None:
        says = "The wider list. What is marked is kept with the plan."
        return await self.push_screen_wait(
            ScreeningPage(draft, "Screening: and any of these?", says, wider_items(stim=draft.stim))
        )

    async def _taken_on(self, draft: Draft) -> Draft | None:
        """Where something bars the plan: the reason to make it all the same, and who decides."""
        items = barring(draft)
        if not items:
            return draft
        found = await self.push_screen_wait(
            FormPage(
                draft,
                "This bars the plan. Make it all the same?",
                override_fields(items),
                self._at,
                "Each needs a reason, and all of it a name. Esc goes back to the screening.",
            )
        )
        return taken_on(found) if found else None

    async def _last(self, draft: Draft) -> Draft | None:
        said = ""
        while True:
            try:
                plan = plan_of(draft, self.library, self._at)
                paths = free_names(plan.patient, self._folder)
            except Trouble as trouble:
                self.notify(str(trouble), severity="error", markup=False, timeout=20)
                return None
            words = plan_in_words(plan, self.library)
            found = await self.push_screen_wait(LastPage(draft, words, paths, said))
            if found is None:
                return None
            try:
                self._write(plan, *paths)
            except Trouble as trouble:
                said = str(trouble)
            else:
                self.exit(paths)
                return found

    def _write(self, plan: Plan, path: Path, handout_path: Path) -> None:
        from reloadpt.share.handout import handout, render

        paper = render(handout(plan, self.library), None)
        for each in (path, handout_path):
            if each.exists():
                raise Trouble(f"{each}: there is a file of this name by now. Nothing was written.")
        replace_file(path, plan_file(plan))
        replace_file(handout_path, paper)
        remember(self.places.config, plan.made_by, plan.contact)
