"""What is wanted of each needled muscle: calm or wake, which side, with e-stim or not, how far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from textual.content import Content
from textual.widget import Widget

from reloadpt.program.library import Library
from reloadpt.program.plan import Target
from reloadpt.program.programme import PHASES, Intent, Phase, Side
from reloadpt.tui.kit import plan_actions as p
from reloadpt.tui.kit.actions import bindings
from reloadpt.tui.plan.draft import PlanDraft
from reloadpt.tui.plan.page import PlanPage, pointer
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.rows import Rows

SIDES: tuple[Side, ...] = ("both", "left", "right")
CEILINGS: tuple[Phase | None, ...] = (None, *PHASES[:-1])
NEXT_INTENT: dict[Intent | None, Intent] = {None: "calm", "calm": "wake", "wake": "calm"}


class TargetsPage(PlanPage):
    """Asks for intent, side and e-stim of each target; the programme's own intent stands already."""

    BINDINGS = bindings(*p.TARGETS_PAGE)
    HEADING = "What is wanted of each?"
    SAYS = "The programme's own intent stands; change what differs."

    def __init__(self, draft: PlanDraft, library: Library) -> None:
        super().__init__(draft)
        self._library = library

    def parts(self) -> Iterator[Widget]:
        """A line for each target."""
        yield Rows()

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(KeyLine).show(
            p.ON, p.CALM_OR_WAKE, p.SIDE, p.STIM, p.CEILING, p.EARLY, p.SPLIT, (p.DOWN, "Down"), p.PAGE_BACK
        )
        self.renew()

    @property
    def line_count(self) -> int:
        """One for each target."""
        return len(self.draft.targets)

    def renew(self) -> None:
        """Show the lines as they are now."""
        lines = [
            self._line(target, number == self.cursor) for number, target in enumerate(self.draft.targets)
        ]
        self.query_one(Rows).show(lines, self.cursor)

    def _line(self, target: Target, current: bool) -> Content:  # noqa: FBT001
        name = self._library.programme(target.muscle).short_name
        intent = target.intent or "calm or wake?"
        parts: list[str | tuple[str, str]] = [
            pointer(current=current),
            f"{name:<30.30}",
            (f"{intent:<14}", "" if target.intent else "bold $warning"),
            f"{target.side:<7}",
            (f"{'e-stim' if target.stim else 'no e-stim':<11}", "" if target.stim else "$quiet"),
        ]
        if target.ceiling:
            parts.append(f"up to {target.ceiling}  ")
        if target.early:
            parts.append("early")
        line = Content.assemble(*parts)
        return line.stylize("bold") if current else line

    def _change(self, **values: Any) -> None:
        targets = list(self.draft.targets)
        targets[self.cursor] = replace(targets[self.cursor], **values)
        self.draft = replace(self.draft, targets=tuple(targets))
        self.renew()

    @property
    def _target(self) -> Target:
        return self.draft.targets[self.cursor]

    def action_intent(self) -> None:
        """Calm it, or wake it."""
        self._change(intent=NEXT_INTENT[self._target.intent])

    def action_side(self) -> None:
        """The next side; of a muscle on two lines each keeps its own."""
        if sum(target.muscle == self._target.muscle for target in self.draft.targets) > 1:
            self.complain(
                f"Left and right stand on two lines already. {self.key(p.SPLIT)} makes them one again."
            )
            return
        self._change(side=SIDES[(SIDES.index(self._target.side) + 1) % len(SIDES)])

    def action_stim(self) -> None:
        """With e-stim, or without."""
        self._change(stim=not self._target.stim)

    def action_ceiling(self) -> None:
        """The next last phase."""
        self._change(ceiling=CEILINGS[(CEILINGS.index(self._target.ceiling) + 1) % len(CEILINGS)])

    def action_early(self) -> None:
        """Activate from 12 hours, or from 24."""
        self._change(early=not self._target.early)

    def action_split(self) -> None:
        """Left and right on two lines, or as one again."""
        target_here = self._target
        others = [target for target in self.draft.targets if target.muscle != target_here.muscle]
        at = next(n for n, target in enumerate(self.draft.targets) if target.muscle == target_here.muscle)
        split = len(self.draft.targets) - len(others) == 1
        sides: tuple[Side, ...] = ("left", "right") if split else ("both",)
        self.draft = replace(
            self.draft,
            targets=(*others[:at], *(replace(target_here, side=side) for side in sides), *others[at:]),
        )
        self.cursor = at
        self.renew()

    def action_on(self) -> None:
        """Go on when each is to be calmed or woken."""
        open_at = next((n for n, target in enumerate(self.draft.targets) if target.intent is None), None)
        if open_at is None:
            self.answer(self.draft)
            return
        self.cursor = open_at
        self.renew()
        self.complain(f"Say calm or wake first: {self.key(p.CALM_OR_WAKE)}.")
