"""The needled muscles: a list by region; typing finds one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

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
from reloadpt.tui.plan.page import PlanPage
from reloadpt.tui.widgets.key_line import KeyLine
from reloadpt.tui.widgets.rows import Rows

LONGEST_SEARCH = 30
NAME_WIDE = 49


class MusclesPage(PlanPage):
    """Asks which muscles were needled."""

    BINDINGS = bindings(*MUSCLES_PAGE)
    HEADING = wording.ASK_MUSCLES()

    def __init__(self, draft: PlanDraft, library: Library, at: datetime) -> None:
        super().__init__(draft)
        self._library = library
        self._at = at
        programmes = (library.programme(muscle) for muscle in library.muscles)
        self._all = sorted(programmes, key=lambda each: (each.region, each.name))
        self._search = ""
        self._cursor = 0

    def parts(self) -> Iterator[Widget]:
        """What is typed, what is picked, and the list."""
        yield Static(id="search", classes="said gap")
        yield Static(id="picked", classes="quiet")
        yield Rows()

    def on_mount(self) -> None:
        """Show the list."""
        self.query_one(KeyLine).show(PICK_OR_ON, MARK, (UP, "Up"), (DOWN, "Down"), PAGE_BACK)
        self._renew()

    @property
    def _picked(self) -> list[str]:
        return list(dict.fromkeys(target.muscle for target in self.draft.targets))

    @property
    def _found(self) -> list[Programme]:
        """Those that fit what is typed, names that begin with it first."""
        sought = self._search.casefold()
        found = [each for each in self._all if sought in f"{each.name} {each.region}".casefold()]
        return sorted(found, key=lambda each: sought != "" and not each.name.casefold().startswith(sought))

    def _renew(self) -> None:
        found = self._found
        self._cursor = max(0, min(self._cursor, len(found) - 1))
        typed = Content.assemble(("Find: ", "$key-sign"), self._search, ("▏", "$key-sign"))
        self.query_one("#search", Static).update(
            typed if self._search else Content.assemble(typed, ("  type a few letters", "$quiet"))
        )
        names = [self._library.programme(muscle).short_name for muscle in self._picked]
        self.query_one("#picked", Static).update(Content(f"Picked: {', '.join(names) or 'none yet'}"))
        lines, region, at = [], None, 0
        for number, each in enumerate(found):
            if each.region != region and not self._search:
                region = each.region
                lines.append(Content.styled(region.capitalize(), "$quiet"))
            if number == self._cursor:
                at = len(lines)
            lines.append(self._line(each, number == self._cursor))
        self.query_one(Rows).show(lines or [Content("None has this in its name.")], at)

    def _line(self, each: Programme, here: bool) -> Content:  # noqa: FBT001
        mark = "[x]" if each.muscle in self._picked else "[ ]"
        default = "calm or wake" if each.default_intent == "both" else each.default_intent
        line = Content.assemble(
            ("> " if here else "  ", "$key-sign"),
            f"{mark} {each.name:<{NAME_WIDE}}",
            (f"  {default}", "$quiet"),
        )
        return line.stylize("bold") if here else line

    def action_up(self) -> None:
        """The line above."""
        self._cursor -= 1
        self._renew()

    def action_down(self) -> None:
        """The line below."""
        self._cursor += 1
        self._renew()

    def action_at(self, row: int) -> None:
        """A line was clicked: mark it; a region is no line."""
        shown: list[Programme | None] = []
        region = None
        for each in self._found:
            if each.region != region and not self._search:
                region = each.region
                shown.append(None)
            shown.append(each)
        chosen = shown[row] if row < len(shown) else None
        if chosen:
            self._cursor = self._found.index(chosen)
            self._toggle(chosen.muscle)

    def action_mark(self) -> None:
        """Mark the line, or take the mark away."""
        found = self._found
        if found:
            self._toggle(found[self._cursor].muscle)

    def _toggle(self, muscle: str) -> None:
        targets = tuple(target for target in self.draft.targets if target.muscle != muscle)
        if len(targets) == len(self.draft.targets):
            targets = (*targets, target_of(muscle, self._library, self._at))
        self.draft = replace(self.draft, targets=targets)
        self._search = ""
        names = [each.muscle for each in self._found]
        self._cursor = names.index(muscle) if muscle in names else 0
        self._renew()

    def action_on(self) -> None:
        """Pick what was found; with nothing typed and one picked, go on."""
        if self._search:
            found = self._found
            if found and found[self._cursor].muscle not in self._picked:
                self._toggle(found[self._cursor].muscle)
            elif found:
                self._search = ""
                self._renew()
        elif self.draft.targets:
            self.answer(self.draft)
        else:
            self.complain(f"Type a few letters of a muscle, or mark one with {self.key(MARK)}.")

    def on_key(self, event: Key) -> None:
        """Letters find a muscle; every key is taken here, so that fast typing keeps its order."""
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

    def _unseek(self) -> None:
        self._seek(self._search[:-1])

    def _seek(self, text: str) -> None:
        self._search = text
        self._cursor = 0
        self._renew()
