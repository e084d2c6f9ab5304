"""The warning signs on one screen, with one key for none of them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.style import Style
from textual.widgets import Static

from reloadpt import wording
from reloadpt.tui.kit.actions import BACK_TO_TODAY, NONE_OF_THESE, SIGN_LIST, SURE, bindings
from reloadpt.tui.kit.keyed_screen import KeyedScreen
from reloadpt.tui.widgets.key_line import KeyLine

LETTERS = "abcdefghijk"
"""No digits: one that was meant for the question before must not mark a sign."""


class SignsScreen(KeyedScreen["tuple[str, ...] | None"]):
    """Asks about the signs ``codes``. The answer is those marked, () for none, None where the person leaves.

    Space does nothing here: none of these is said with a key of its own.
    """

    CSS_PATH = "signs.tcss"
    BINDINGS = bindings(*SIGN_LIST)

    def __init__(self, codes: Sequence[str], known_symptoms: Sequence[str] = ()) -> None:
        super().__init__()
        self._known = tuple(known_symptoms)
        self._codes = tuple(codes)
        self._marked: set[str] = set()

    def compose(self) -> ComposeResult:
        """The question, a line for each sign, and what to press."""
        with VerticalScroll(classes="page"):
            yield Static(wording.SIGNS_QUESTION(), classes="title")
            yield Static(
                f"Press its letter to mark it. {self.key(NONE_OF_THESE)} if it is none of these.",
                classes="quiet",
            )
            for symptom in self._known:
                yield Static(Content(wording.KNOWN_SYMPTOM(symptom=symptom)), classes="quiet")
            for code in self._codes:
                with Horizontal(classes="sign gap"):
                    yield Static(id=f"mark-{code}", classes="mark")
                    yield Static(id=f"sign-{code}", classes="words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the list."""
        self._renew()

    def _renew(self) -> None:
        for letter, code in zip(LETTERS, self._codes, strict=False):
            mark = "[x]" if code in self._marked else "[ ]"
            click = Style.from_meta({"@click": f"screen.mark('{letter}')"})
            for place, line in (
                ("mark", Content.assemble((f"{letter.upper()} ", "$key-sign"), mark)),
                ("sign", Content(wording.SIGNS[code]())),
            ):
                styled = line.stylize("bold $error") if code in self._marked else line
                self.query_one(f"#{place}-{code}", Static).update(styled.stylize(click))
        self.query_one(KeyLine).show(
            *((SURE, BACK_TO_TODAY) if self._marked else (NONE_OF_THESE, BACK_TO_TODAY))
        )

    def on_key(self, event: Key) -> None:
        """A letter marks a sign, or takes the mark away."""
        if event.character and event.character.lower() in LETTERS[: len(self._codes)]:
            event.stop()
            self.action_mark(event.character.lower())

    def action_mark(self, letter: str) -> None:
        """Mark the sign with this letter, or take its mark away."""
        self._marked ^= {self._codes[LETTERS.index(letter)]}
        self._renew()

    def action_none_of_these(self) -> None:
        """None of them: not while one is marked."""
        if self._marked:
            self.notify(
                f"One is marked. {self.key(SURE)} if it is so; its letter again if it is not.",
                markup=False,
                timeout=6,
            )
        else:
            self.answer(())

    def action_sure(self) -> None:
        """What is marked is so."""
        if self._marked:
            self.answer(tuple(code for code in self._codes if code in self._marked))
