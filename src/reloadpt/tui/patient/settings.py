"""Settings: every setting on a line, changed with one key, kept in the file with its comments."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reloadpt.settings import SAYS, allowed_values, setting_choices, value_problem
from reloadpt.tui.asks.words import WordsScreen
from reloadpt.tui.kit.actions import BACK_TO_TODAY, HELP, SETTINGS, TURN, bindings
from reloadpt.tui.kit.hanging import hanging, lay_out
from reloadpt.tui.patient.page import PatientPage
from reloadpt.tui.widgets.key_line import KeyLine

NAMES = tuple(SAYS)
LABEL_WIDE = 26
VALUE_WIDE = 8


class SettingsScreen(PatientPage[None]):
    """A line for each setting; what the marked one does stands below."""

    BINDINGS = bindings(*SETTINGS)
    _wide = 76

    def compose(self) -> ComposeResult:
        """The lines, what the marked one does, and where the file is."""
        with Vertical(classes="page"):
            yield Static("Settings", classes="title")
            yield OptionList(*(Option(self._line(name)) for name in NAMES), id="settings")
            yield Static(id="says", classes="said gap")
            yield Static(id="file", classes="quiet")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin on the first line."""
        self.query_one("#file", Static).update(Content(f"Kept in {self.record_app.places.settings}"))
        self.query_one(KeyLine).show(TURN, HELP, BACK_TO_TODAY)
        self.query_one(OptionList).focus()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        option_list = self.query_one(OptionList)
        self._wide = option_list.scrollable_content_region.width
        lay_out(option_list, map(self._line, NAMES))

    def _line(self, name: str) -> Content:
        label = f" {name.replace('_', ' ').capitalize()}"
        value = Content.styled(setting_in_words(getattr(self.record_app.settings, name)), "bold")
        if self._wide >= LABEL_WIDE + VALUE_WIDE:
            lines = hanging(Content(label), value, self._wide, indent=LABEL_WIDE + 1)
        else:
            lines = hanging(Content(""), Content.assemble(f"{label[1:]}: ", value), self._wide - 1, indent=1)
        return Content("\n").join(lines)

    @property
    def _setting(self) -> str:
        return NAMES[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        name = NAMES[event.option_index]
        self.query_one("#says", Static).update(
            Content(
                SAYS[name] if setting_choices(name) else f"{SAYS[name]}\nIt may be {allowed_values(name)}."
            )
        )

    @on(OptionList.OptionSelected)
    def _picked(self) -> None:
        self.action_turn()

    def action_turn(self) -> None:
        """Turn the marked setting to its next value, or ask for it."""
        self._turn(1)

    def action_turn_back(self) -> None:
        """Turn the marked setting to the value before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        name = self._setting
        allowed = setting_choices(name)
        if allowed:
            at = allowed.index(getattr(self.record_app.settings, name))
            self._set(name, allowed[(at + by) % len(allowed)])
        elif name == "keys":
            self.notify("Keys are changed in the file; Help on each screen shows them.", timeout=6)
        else:
            self.run_worker(self._ask(name), exclusive=True, group="asking")

    async def _ask(self, name: str) -> None:
        question = f"{name.replace('_', ' ').capitalize()}: when?"
        typed = await self.app.push_screen_wait(WordsScreen(question, "Times of day, as in: 09:00 18:30"))
        if typed is None:
            return
        value = tuple(typed.replace(",", " ").split())
        wrong = value_problem(name, value)
        if wrong:
            self.notify(wrong, markup=False, timeout=8, severity="warning")
        else:
            self._set(name, value)

    def _set(self, name: str, value: object) -> None:
        self.record_app.change(name, value)
        self.query_one(OptionList).replace_option_prompt_at_index(NAMES.index(name), self._line(name))


def setting_in_words(value: object) -> str:
    """A value in words."""
    match value:
        case bool():
            return "on" if value else "off"
        case tuple():
            return "  ".join(map(str, value)) or "none"
        case dict():
            return f"{len(value)} changed" if value else "as they are"
        case _:
            return str(value)
