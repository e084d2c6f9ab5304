"""The needled muscles: a list by region; typing finds one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Static

from reloadpt import wording
from reloadpt.program.library import Library
from reloadpt.program.programme import Programme
from reloadpt.tui.kit.actions import MARK, bindings, keys_of
from reloadpt.tui.kit.plan_actions import DOWN, MUSCLES_PAGE, PAGE_BACK, PICK_OR_ON, UP
from reloadpt.tui.plan.draft import PlanDraft, target_of
from reloadpt.tui.plan.page import PlanPage, pointer
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.rows import Rows

LONGEST_SEARCH = 30
NAME_WIDE = 49


class MusclesPage(PlanPage):
    """Asks which muscles were needled."""

    BINDINGS = bindings(*MUSCLES_PAGE)
    GOES_ROUND = False
    HEADING = wording.ASK_MUSCLES()

    def __init__(self, draft: PlanDraft, library: Library, at: datetime) -> None:
        super().__init__(draft)
        self._library = library
        self._at = at
        programmes = (library.programme(muscle) for muscle in library.muscles)
        self._all = sorted(programmes, key=lambda programme: (programme.region, programme.name))
        self._search = ""

    def parts(self) -> Iterator[Widget]:
        """What is typed, what is picked, and the list."""
        yield Static(id="search", classes="said gap")
        yield Static(id="picked", classes="quiet")
        yield Rows()

    def on_mount(self) -> None:
        """Show the list."""
        self.query_one(KeyLine).show(PICK_OR_ON, MARK, (UP, "Up"), (DOWN, "Down"), PAGE_BACK)
        self.renew()

    @property
    def _picked(self) -> list[str]:
        return list(dict.fromkeys(target.muscle for target in self.draft.targets))

    @property
    def _fitting(self) -> list[Programme]:
        """Those that fit what is typed: first where the name shown begins with it, then where another does."""
        sought = self._search.casefold()
        names = {
            programme.muscle: [
                name.casefold() for name in (programme.name, programme.muscle, *programme.also)
            ]
            for programme in self._all
        }
        fitting = [
            programme
            for programme in self._all
            if any(sought in name for name in (*names[programme.muscle], programme.region))
        ]

        def begun(programme: Programme) -> int:
            """How far down the list: by the name shown, by another name, or by neither."""
            begins = [name.startswith(sought) for name in names[programme.muscle]]
            return 0 if begins[0] else 1 if any(begins) else 2

        return sorted(fitting, key=begun)

    @property
    def line_count(self) -> int:
        """One for each that fits."""
        return len(self._fitting)

    @property
    def _lines(self) -> list[Programme | str]:
        """Those that fit under their regions; under none where something is typed."""
        lines: list[Programme | str] = []
        for region, programmes in groupby(self._fitting, lambda programme: programme.region):
            lines += [*([] if self._search else [region]), *programmes]
        return lines

    def renew(self) -> None:
        """Show the lines as they are now."""
        fitting = self._fitting
        typed = Content.assemble(("Find: ", "$key-sign"), self._search, ("▏", "$key-sign"))
        self.query_one("#search", Static).update(
            typed if self._search else Content.assemble(typed, ("  type a few letters", "$quiet"))
        )
        names = [self._library.programme(muscle).short_name for muscle in self._picked]
        self.query_one("#picked", Static).update(Content(f"Picked: {'; '.join(names) or 'none yet'}"))
        current = fitting[self.cursor] if fitting else None
        lines = [self._line(line, line is current) for line in self._lines]
        at = self._lines.index(current) if current else 0
        self.query_one(Rows).show(lines or [Content("None has this in its name.")], at)

    def _line(self, programme: Programme | str, current: bool) -> Content:  # noqa: FBT001
        if isinstance(programme, str):
            return Content.styled(programme.capitalize(), "$quiet")
        mark = "[x]" if programme.muscle in self._picked else "[ ]"
        default = "calm or wake" if programme.default_intent == "both" else programme.default_intent
        line = Content.assemble(
            pointer(current=current), f"{mark} {programme.name:<{NAME_WIDE}}", (f"  {default}", "$quiet")
        )
        return line.stylize("bold") if current else line

    def action_at(self, row: int) -> None:
        """A line was clicked: mark it; a region is no line."""
        chosen = next(iter(self._lines[row:]), "")
        if not isinstance(chosen, str):
            self.cursor = self._fitting.index(chosen)
            self._toggle(chosen.muscle)

    def action_mark(self) -> None:
        """Mark the line, or take the mark away."""
        fitting = self._fitting
        if fitting:
            self._toggle(fitting[self.cursor].muscle)

    def _toggle(self, muscle: str) -> None:
        targets = tuple(target for target in self.draft.targets if target.muscle != muscle)
        if len(targets) == len(self.draft.targets):
            targets = (*targets, target_of(muscle, self._library, self._at))
        self.draft = replace(self.draft, targets=targets)
        self._search = ""
        names = [programme.muscle for programme in self._fitting]
        self.cursor = names.index(muscle) if muscle in names else 0
        self.renew()

    def action_on(self) -> None:
        """Pick what was found; with nothing typed and one picked, go on."""
        if self._search:
            fitting = self._fitting
            if fitting and fitting[self.cursor].muscle not in self._picked:
                self._toggle(fitting[self.cursor].muscle)
            elif fitting:
                self._search = ""
                self.renew()
        elif self.draft.targets:
            self.answer(self.draft)
        else:
            self.complain(f"Type a few letters of a muscle, or mark one with {self.key(MARK)}.")

    def on_key(self, event: Key) -> None:
        """Letters find a muscle; every key is taken here, so that fast typing keeps its order."""
        if event.key == "space" and self._goes_on_with(f"{self._search} "):
            event.stop()
            event.prevent_default()
            self._seek(f"{self._search} ")
            return
        does = {"backspace": self._unseek}
        for action in (PICK_OR_ON, MARK, UP, DOWN):
            does |= dict.fromkeys(
                keys_of(action, self.settings_app.keymap), getattr(self, f"action_{action.id}")
            )
        if event.key in does:
            does[event.key]()
        elif event.is_printable and event.character:
            self._seek((self._search + event.character)[:LONGEST_SEARCH])
        else:
            return
        event.stop()
        event.prevent_default()

    def _goes_on_with(self, text: str) -> bool:
        """Whether a name goes on so, as with ``low back``: the space is typed there, and marks no line."""
        return (
            bool(self._search)
            and self.cursor == 0
            and any(text.casefold() in programme.name.casefold() for programme in self._fitting)
        )

    def _unseek(self) -> None:
        self._seek(self._search[:-1])

    def _seek(self, text: str) -> None:
        self._search = text
        self.cursor = 0
        self.renew()
