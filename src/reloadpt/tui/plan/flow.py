"""The pages that make a plan, one after the other and back again, in whichever app asks for one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from reloadpt.clinic.key import secret_key
from reloadpt.clock import zone
from reloadpt.files import Places, Trouble, replace_file
from reloadpt.program.library import Library
from reloadpt.program.making import plan_file
from reloadpt.program.plan import Plan
from reloadpt.program.plan_words import plan_in_words
from reloadpt.program.remembered import keep_defaults, recall_defaults
from reloadpt.program.screening import EXERCISE_ITEMS, ITEMS, wider_items
from reloadpt.program.signing import with_versions
from reloadpt.program.templates import templates_in
from reloadpt.share.seal import public_half
from reloadpt.tui.asks.choice import ChoiceScreen
from reloadpt.tui.kit.actions import key_name
from reloadpt.tui.kit.plan_actions import PAGE_BACK
from reloadpt.tui.kit.settings_app import SettingsApp
from reloadpt.tui.plan.doses import DosesPage
from reloadpt.tui.plan.draft import (
    FRAME,
    WHO,
    FormField,
    PlanDraft,
    call_fields,
    empty_draft,
    free_names,
    is_readable,
    override_fields,
    plan_of,
    wants_limit,
    with_template,
)
from reloadpt.tui.plan.form import FormPage
from reloadpt.tui.plan.last import LastPage
from reloadpt.tui.plan.muscles import MusclesPage
from reloadpt.tui.plan.page import PlanPage
from reloadpt.tui.plan.screening import ScreeningPage, barring_answers, with_override
from reloadpt.tui.plan.targets import TargetsPage

OF_EXERCISES = "Never left out. Mark twice what is not known."
WIDER = "The wider list. What is marked is kept with the plan."
FOR_WHOM, LIMITS = "A plan for whom?", "Limits, and what is at home"
PageAsked = Callable[[PlanDraft], Awaitable[PlanDraft | None]]


class PlanFlow:
    """Asks page by page in ``app`` and writes the plan into ``folder``."""

    def __init__(
        self, app: SettingsApp[Any], places: Places, library: Library, folder: Path, at: datetime
    ) -> None:
        self._app = app
        self._places = places
        self._library = library
        self._folder = folder
        self._at = at
        self._written: tuple[Path, ...] = ()

    def empty(self) -> PlanDraft:
        """A draft with whom to call from the last plan, and the clinic's own key where it has one."""
        try:
            secret = secret_key(self._places.config)
        except Trouble as trouble:
            self._complain(trouble)
            secret = None
        return empty_draft(recall_defaults(self._places.config), public_half(secret) if secret else None)

    async def all_pages(self) -> tuple[Path, ...]:
        """Make a plan from nothing or from a template; what was written, empty where the therapist left."""
        templates = {template.name: template for template in templates_in(self._places.templates)}
        if templates:
            options = [("", "Nothing: page by page"), *((name, name) for name in templates)]
            chosen = await self._app.push_screen_wait(ChoiceScreen("Begin from which plan?", options))
            if chosen is None:
                return ()
            if chosen:
                draft = with_template(self.empty(), templates[chosen], self._at)
                screening = self.of_the_needles[2:6]
                return await self.ask(draft, self._form(FOR_WHOM, WHO), *screening, self.call)
        return await self.ask(
            self.empty(),
            self._form(FOR_WHOM, WHO),
            *self.of_the_needles,
            self._form(LIMITS, FRAME, "Nothing here must be filled."),
            self.call,
        )

    @property
    def of_the_needles(self) -> Sequence[PageAsked]:
        """The pages about muscles, screening and doses."""
        return (
            lambda draft: self.push(MusclesPage(draft, self._library, self._at)),
            lambda draft: self.push(TargetsPage(draft, self._library)),
            lambda draft: self.push(
                ScreeningPage(draft, "Screening: is any of these so?", "Never left out.", ITEMS)
            ),
            lambda draft: self.push(
                ScreeningPage(
                    draft, "Screening for the exercises: is any of these so?", OF_EXERCISES, EXERCISE_ITEMS
                )
            ),
            lambda draft: self.push(
                ScreeningPage(draft, "Screening: and any of these?", WIDER, wider_items(stim=draft.stim))
            ),
            self._overrides,
            lambda draft: self.push(DosesPage(draft, self._library)),
        )

    def of_what_does_not_hold(self, draft: PlanDraft) -> Sequence[PageAsked]:
        """The pages that need not be asked where all that stands on them can stay as it is."""
        says = "Something in the last plan cannot stand here as it is."
        pages = ((FOR_WHOM, WHO), (LIMITS, FRAME))
        return [
            self._form(heading, fields, says)
            for heading, fields in pages
            if not is_readable(draft, fields, self._at) or (fields is FRAME and wants_limit(draft, self._at))
        ]

    def _form(self, heading: str, fields: Sequence[FormField], says: str = "") -> PageAsked:
        return lambda draft: self.push(FormPage(draft, heading, fields, self._at, says))

    async def call(self, draft: PlanDraft) -> PlanDraft | None:
        """The page of whom to call and the next visit."""
        return await self.push(
            FormPage(draft, "Whom to call, and when to come again", call_fields(zone()), self._at)
        )

    async def ask(self, draft: PlanDraft, *pages: PageAsked) -> tuple[Path, ...]:
        """Go through ``pages`` and the last one, back and forth; what was written, empty where one left."""
        pages = (*pages, self._last)
        at, forward = 0, True
        while 0 <= at < len(pages):
            if pages[at] == self._overrides and not forward:
                at -= 1
                continue
            answer = await pages[at](draft)
            forward = answer is not None
            draft = answer or draft
            at += 1 if forward else -1
        return self._written if at > 0 else ()

    async def push(self, page: PlanPage) -> PlanDraft | None:
        """Show ``page``; the draft as it then is, None where the therapist goes back."""
        answer: PlanDraft | None = await self._app.push_screen_wait(page)
        return answer

    def _complain(self, trouble: Trouble) -> None:
        self._app.notify(str(trouble), severity="error", markup=False, timeout=20)

    async def _overrides(self, draft: PlanDraft) -> PlanDraft | None:
        """Where something bars the plan: the reason to make it all the same, and who decides."""
        items = barring_answers(draft)
        if not items:
            return draft
        back = key_name(PAGE_BACK, self._app.keymap)
        answer = await self.push(
            FormPage(
                draft,
                "This bars the plan. Make it all the same?",
                override_fields(items),
                self._at,
                f"Each needs a reason, and all of it a name. {back} goes back to the screening.",
            )
        )
        return with_override(answer) if answer else None

    async def _last(self, draft: PlanDraft) -> PlanDraft | None:
        problem = ""
        while True:
            try:
                made = plan_of(draft, self._library, self._at)
                plan = with_versions(made, self._library, self._places.config)
                paths = free_names(plan.patient, self._folder)
            except Trouble as trouble:
                self._complain(trouble)
                return None
            words = plan_in_words(plan, self._library)
            answer = await self.push(LastPage(draft, words, paths, problem))
            if answer is None:
                return None
            try:
                self._write(plan, *paths)
            except Trouble as trouble:
                problem = str(trouble)
            else:
                self._written = paths
                return answer

    def _write(self, plan: Plan, path: Path, handout_path: Path) -> None:
        from reloadpt.share.handout import gather_handout, render_handout

        paper = render_handout(gather_handout(plan, self._library), None)
        for target in (path, handout_path):
            if target.exists():
                raise Trouble(f"{target}: there is a file of this name by now. Nothing was written.")
        replace_file(path, plan_file(plan))
        replace_file(handout_path, paper)
        keep_defaults(self._places.config, plan.made_by, plan.contact)
