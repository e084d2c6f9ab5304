"""The screening on one page: one key for none of these, or marks; what bars wants a reason and a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual.content import Content
from textual.events import Resize
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from reloadpt import wording
from reloadpt.program.making import Answer
from reloadpt.program.plan import Override
from reloadpt.program.screening import effect_of
from reloadpt.tui.kit.actions import MARK, bindings
from reloadpt.tui.kit.plan_actions import DOWN, NONE_OF_THESE, ON_ENTER, PAGE_BACK, SCREENING_PAGE, UP
from reloadpt.tui.plan.draft import PlanDraft
from reloadpt.tui.plan.page import PlanPage, pointer
from reloadpt.tui.widgets.key_line import KeyLine

WIDEST = 38
"""Signs that a column needs where there is more than one."""
MANY = 10
SIGNS: dict[Answer, str] = {"no": "[ ]", "yes": "[x]", "unanswered": "[?]"}
NEXT_MARK: dict[Answer, Answer] = {"no": "yes", "yes": "unanswered", "unanswered": "no"}


class ScreeningPage(PlanPage):
    """Asks about ``items``; all of them are answered when one goes on."""

    BINDINGS = bindings(*SCREENING_PAGE)

    def __init__(self, draft: PlanDraft, heading: str, says: str, items: Sequence[str]) -> None:
        super().__init__(draft)
        self.HEADING = heading
        self.SAYS = says
        self._items = tuple(items)
        answers = draft.answers.given
        self._marked = {item: answers[item].answer for item in items if item in answers}

    def parts(self) -> Iterator[Widget]:
        """All conditions on one page."""
        yield Static(id="conditions", classes="said gap")
        yield Static(id="follows", classes="warn gap")

    def on_mount(self) -> None:
        """Show the list."""
        self.renew()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002
        """One column or two, by the width there is."""
        self.renew()

    @property
    def _rows(self) -> int:
        """Lines of a column: two columns where the list is long and the terminal wide enough."""
        return -(-len(self._items) // 2) if self._two_columns else len(self._items)

    @property
    def _any_marked(self) -> bool:
        return any(mark != "no" for mark in self._marked.values())

    @property
    def _two_columns(self) -> bool:
        return len(self._items) > MANY and self.size.width >= 2 * WIDEST + 2

    def renew(self) -> None:
        """Show the lines as they are now."""
        lines: list[Content] = []
        for row in range(self._rows):
            cells = [self._cell(number) for number in range(row, len(self._items), self._rows)]
            lines.append(Content("").join(cells))
        self.query_one("#conditions", Static).update(Content("\n").join(lines))
        consequences = (
            wording.SCREENED[effect_of(item, stim=self.draft.stim)](item=wording.condition(item))
            for item in self._items
            if self._marked.get(item) == "yes"
        )
        self.query_one("#follows", Static).update(Content("\n".join(consequences)))
        self.query_one(KeyLine).show(
            *((ON_ENTER, MARK) if self._any_marked else (NONE_OF_THESE, MARK)), (UP, "Up"), (DOWN, "Down"), PAGE_BACK
        )  # fmt: skip

    def _cell(self, number: int) -> Content:
        item = self._items[number]
        marked, current = self._marked.get(item, "no"), number == self.cursor
        text = f"{SIGNS[marked]} {wording.condition(item)}"
        width = WIDEST - 2 if self._two_columns else 0
        cell = Content.assemble(pointer(current=current), f"{text:<{width}}")
        if marked != "no":
            cell = cell.stylize("bold $warning")
        elif current:
            cell = cell.stylize("bold")
        return cell.stylize(Style.from_meta({"@click": f"screen.at({number})"}))

    @property
    def line_count(self) -> int:
        """One for each condition."""
        return len(self._items)

    def action_left(self) -> None:
        """The column to the left."""
        self.move(-self._rows)

    def action_right(self) -> None:
        """The column to the right."""
        self.move(self._rows)

    def action_at(self, number: int) -> None:
        """A condition was clicked."""
        self.cursor = number
        self.action_mark()

    def action_mark(self) -> None:
        """Mark the condition, then as not known, then take the mark away."""
        item = self._items[self.cursor]
        self._marked[item] = NEXT_MARK[self._marked.get(item, "no")]
        self.renew()

    def action_none(self) -> None:
        """None of them: not while one is marked."""
        if self._any_marked:
            self.complain(f"One is marked. Take the mark away, or go on with {self.key(ON_ENTER)}.")
        else:
            self._answer()

    def action_on(self) -> None:
        """Go on with what is marked; none is said with a key of its own."""
        if self._any_marked:
            self._answer()
        else:
            self.complain(
                f"{self.key(NONE_OF_THESE)} if none of these holds; {self.key(MARK)} marks one that does."
            )

    def _answer(self) -> None:
        answers = self.draft.answers
        for item in self._items:
            before = answers.given.get(item)
            marked = self._marked.get(item, "no")
            because = before.override if before and marked == "yes" else None
            answers = answers.with_answer(item, marked, because)
        self.answer(replace(self.draft, answers=answers))


def barring_answers(draft: PlanDraft) -> tuple[str, ...]:
    """What was answered yes and bars the plan until someone takes it on by name."""
    return tuple(
        item
        for item, answer in draft.answers.given.items()
        if answer.answer == "yes" and effect_of(item, stim=draft.stim) != "caution"
    )


def with_override(draft: PlanDraft) -> PlanDraft:
    """The draft with the reasons and the name, as typed, in its answers."""
    answers = draft.answers
    by = draft.typed.get("override-by", "").strip()
    for item in barring_answers(draft):
        reason = draft.typed.get(f"override-{item}", "").strip()
        answers = answers.with_answer(item, "yes", Override(reason=reason, by=by))
    return replace(draft, answers=answers)
