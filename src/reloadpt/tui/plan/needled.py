"""The first page of a next plan: what of the last one was needled again today, and how the doses begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reloadpt import wording
from reloadpt.clinic.next_plan import DoseProposal
from reloadpt.files import clean
from reloadpt.program.library import Library
from reloadpt.tui.kit.actions import MARK, bindings
from reloadpt.tui.kit.plan_actions import DOWN, NEEDLED_PAGE, ON_ENTER, PAGE_BACK
from reloadpt.tui.plan.draft import PlanDraft
from reloadpt.tui.plan.page import PlanPage, pointer
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.rows import Rows


class NeedledPage(PlanPage):
    """Asks which muscles were needled now; ``last`` is when each was needled last, ``moves`` the doses proposed, ``signs`` not cleared."""

    BINDINGS = bindings(*NEEDLED_PAGE)
    HEADING = "The next plan: what was needled again today?"
    SAYS = "A muscle without a mark keeps its needling. A new muscle comes on the next page."

    def __init__(
        self,
        draft: PlanDraft,
        last: Mapping[str, datetime],
        moves: Sequence[DoseProposal],
        library: Library,
        signs: Sequence[str] = (),
    ) -> None:
        super().__init__(draft)
        self._last = last
        self._moves = tuple(sorted(moves, key=lambda move: move.before == move.after))
        self._library = library
        self._signs = tuple(signs)

    def parts(self) -> Iterator[Widget]:
        """A line for each muscle, then the doses."""
        for sign in self._signs:
            yield Static(Content(wording.SIGN_NOT_CLEARED(sign=clean(sign))), classes="grave")
        yield Rows()
        yield Static("The doses, as the log shows them", classes="title gap")
        yield Static("A proposal; each can be changed on the page of doses.", classes="quiet")
        with VerticalScroll(id="moves", can_focus=False):
            yield Static(Content("\n").join(_move(move) for move in self._moves), classes="said")

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(KeyLine).show(MARK, (ON_ENTER, "Go on"), (DOWN, "Down"), PAGE_BACK)
        self.renew()

    @property
    def _muscles(self) -> list[str]:
        return list(dict.fromkeys(target.muscle for target in self.draft.targets))

    @property
    def line_count(self) -> int:
        """One for each muscle."""
        return len(self._muscles)

    def renew(self) -> None:
        """Show the lines as they are now."""
        muscles = self._muscles
        rows = self.query_one(Rows)
        rows.styles.height = min(len(muscles), 6)
        rows.show(
            [self._line(muscle, number == self.cursor) for number, muscle in enumerate(muscles)], self.cursor
        )

    def _line(self, muscle: str, current: bool) -> Content:  # noqa: FBT001
        needled_now = muscle not in self.draft.since
        before = self._last.get(muscle)
        line = Content.assemble(
            pointer(current=current),
            ("[x] " if needled_now else "[ ] ", "$key-sign" if needled_now else "$quiet"),
            f"{self._library.programme(muscle).short_name:<30.30}",
            (
                "needled today" if needled_now else f"last {before.day} {before:%B}" if before else "",
                "" if needled_now else "$quiet",
            ),
        )
        return line.stylize("bold") if current else line

    def action_mark(self) -> None:
        """Needled today, or not."""
        muscle = self._muscles[self.cursor]
        since = dict(self.draft.since)
        if muscle in since:
            del since[muscle]
        elif muscle in self._last:
            since[muscle] = self._last[muscle]
        self.draft = replace(self.draft, since=since)
        self.renew()

    def action_at(self, row: int) -> None:
        """A line was clicked."""
        self.cursor = row
        self.action_mark()


def _move(move: DoseProposal) -> Content:
    moved = move.before != move.after
    dose = f"{move.before} → {move.after}" if moved else move.after
    return Content.assemble(
        (f"{clean(move.name)}: ", "bold" if moved else ""),
        (clean(dose), "$warning" if moved else ""),
        (f"  {clean(move.why)}", "$quiet"),
    )
