"""A page of lines to type on; each is read when one goes on, and what does not hold is said below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from reloadpt.files import Trouble
from reloadpt.tui.kit.actions import bindings
from reloadpt.tui.kit.plan_actions import DOWN, FORM_PAGE, ON_ENTER, PAGE_BACK
from reloadpt.tui.plan.draft import FormField, PlanDraft
from reloadpt.tui.plan.page import PlanPage
from reloadpt.tui.widgets.key_line import KeyLine

LONGEST = 400


class FormLine(Horizontal):
    """A label and the line beside it."""

    def __init__(self, field: FormField, text: str, label_width: int) -> None:
        super().__init__(classes="line")
        self.field = field
        self._text = text
        self._label_width = label_width

    def compose(self) -> ComposeResult:
        """The label, then where to type."""
        label = Static(Content(self.field.label), classes="label")
        label.styles.width = self._label_width
        yield label
        entry = Input(self._text, placeholder=self.field.hint, compact=True, max_length=LONGEST)
        entry.cursor_blink = False
        yield entry


class FormPage(PlanPage):
    """Asks for ``fields``; times without a day are those of the day of ``at``."""

    BINDINGS = bindings(*FORM_PAGE)

    def __init__(
        self, draft: PlanDraft, heading: str, fields: Sequence[FormField], at: datetime, says: str = ""
    ) -> None:
        super().__init__(draft)
        self.HEADING = heading
        self.SAYS = says
        self._fields = tuple(fields)
        self._at = at

    def parts(self) -> Iterator[Widget]:
        """The lines, and a place to say what does not hold."""
        width = max(len(field.label) for field in self._fields) + 2
        lines = (FormLine(field, self.draft.typed.get(field.name, ""), width) for field in self._fields)
        yield VerticalScroll(*lines, Static(id="wrong", classes="warn gap"), classes="form", can_focus=False)

    def on_mount(self) -> None:
        """Ready to type on the first line."""
        self._inputs()[0].focus()
        self.query_one(KeyLine).show(ON_ENTER, (DOWN, "Next line"), PAGE_BACK)

    def _inputs(self) -> list[Input]:
        return list(self.query(Input))

    def move(self, by: int) -> None:
        """Type on the line so many further down."""
        inputs = self._inputs()
        at = next((n for n, entry in enumerate(inputs) if entry.has_focus), 0)
        inputs[(at + by) % len(inputs)].focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on from every line, with what stood in it then: fast typing may be further by now."""
        event.stop()
        self._go_on({event.input: event.value})

    def action_on(self) -> None:
        """Read every line; go on, or say what does not hold and where."""
        self._go_on({})

    def _go_on(self, submitted: Mapping[Input, str]) -> None:
        typed = dict(self.draft.typed)
        for field, entry in zip(self._fields, self._inputs(), strict=True):
            text = submitted.get(entry, entry.value)
            try:
                field.read(text, self._at)
            except Trouble as trouble:
                self.query_one("#wrong", Static).update(Content(f"{field.label}: {trouble}"))
                entry.focus()
                return
            typed[field.name] = text
        self.answer(replace(self.draft, typed=typed))
