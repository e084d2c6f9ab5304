"""What every key of a screen does, made from its bindings, which are made from the registry of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reloadpt.tui.kit.actions import BACK_TO_TODAY, HELPING, NEXT, Action, bindings, keys_of, printed
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine

THIN = 32


class HelpScreen(KeyedScreen[None]):
    """The keys of the screen whose ``actions`` these are; ``keymap`` has those that were set.

    ``call_line`` is whom to call, where somebody is known.
    """

    CSS_PATH = "help.tcss"
    BINDINGS = bindings(*HELPING)

    def __init__(self, actions: Sequence[Action], keymap: Mapping[str, str], call_line: str = "") -> None:
        super().__init__()
        self._actions = tuple(actions)
        self._keymap = keymap
        self._call_line = call_line

    def compose(self) -> ComposeResult:
        """A line for each action."""
        with VerticalScroll(classes="page"):
            yield Static("What the keys do here", classes="title")
            if self._call_line:
                yield Static(Content(self._call_line), classes="said gap")
            for action in self._actions:
                keys = " ".join(printed(key) for key in keys_of(action, self._keymap))
                with Horizontal(classes="gap", id=f"help-{action.id}"):
                    yield Static(Content.styled(keys, "$key-sign"), classes="keys")
                    yield Static(Content.assemble((f"{action.label}\n", "bold"), action.says), classes="does")
            yield Static(
                "Ctrl+P lists all of this and does what you choose. Ctrl+Q leaves. "
                "Other keys can be set in the settings file.",
                classes="quiet gap",
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Say how to read on and how to get back."""
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        """Another size, another end of the page; where it is thin the keys stand above what they do."""
        self.set_class(self.size.width < THIN, "-thin")
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        more = (text := self.query_one(VerticalScroll)).scroll_offset.y < text.max_scroll_y
        self.query_one(KeyLine).show((NEXT, "Read on" if more else "Back"), BACK_TO_TODAY)

    def action_next(self) -> None:
        """Read on; at the end, back."""
        text = self.query_one(VerticalScroll)
        if text.scroll_offset.y < text.max_scroll_y:
            text.scroll_relative(y=max(text.size.height - 2, 1), animate=False)
            self.call_after_refresh(self._show_keys)
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """The same key again: back."""
        self.dismiss(None)

    async def action_dismiss(self, result: None = None) -> None:
        """Back to the screen it was called from."""
        self.dismiss(result)
