"""Every screen where keys do something, with its actions: what the docs, the tests and changed keys go by."""

from __future__ import annotations

from dataclasses import dataclass

from reloadpt.tui import actions as a
from reloadpt.tui import clinic_actions as c
from reloadpt.tui import plan_actions as p
from reloadpt.tui.actions import Action, keys_of, printed

DIGITS = "0123456789"
TYPED = "".join(map(chr, range(33, 127)))
"""Where words are typed, every sign that can be printed is taken."""


@dataclass(frozen=True)
class KeyScope:
    """One screen by the name of its class, what a person calls it, and its actions.

    ``taken`` are signs that the screen answers to by itself, such as the digits of a scale.
    """

    screen: str
    name: str
    actions: tuple[Action, ...]
    taken: str = ""


KEYBOARD = (
    KeyScope("TodayScreen", "Today", a.TODAY),
    KeyScope("SessionScreen", "In a session", a.SESSION),
    KeyScope("SheetScreen", "A sheet of numbers", a.SHEET, DIGITS),
    KeyScope("SignsScreen", "Warning signs", a.SIGN_LIST, "abcdefghijklm"),
    KeyScope("LockedScreen", "Whom to call", a.LOCKED),
    KeyScope("SummaryScreen", "After a session", a.SUMMARY),
    KeyScope("ChoiceScreen", "A list to choose from", a.CHOICE, DIGITS),
    KeyScope("SeveralScreen", "A list to mark", a.SEVERAL),
    KeyScope("WordsScreen", "A line to type", a.WORDS, TYPED),
    KeyScope("ProgressScreen", "Progress", a.PROGRESS),
    KeyScope("LibraryScreen", "Exercises", a.LIBRARY),
    KeyScope("WatchScreen", "One exercise", a.WATCHING),
    KeyScope("LearnScreen", "Learn", a.READING),
    KeyScope("SettingsScreen", "Settings", a.SETTINGS),
    KeyScope("HelpScreen", "Help", a.HELPING),
    KeyScope("FormPage", "A plan: lines to fill", p.FORM_PAGE, TYPED),
    KeyScope("MusclesPage", "A plan: the muscles", p.MUSCLES_PAGE, TYPED),
    KeyScope("TargetsPage", "A plan: what is wanted", p.TARGETS_PAGE),
    KeyScope("ScreeningPage", "A plan: screening", p.SCREENING_PAGE),
    KeyScope("DosesPage", "A plan: the doses", p.DOSES_PAGE),
    KeyScope("LastPage", "A plan: the last page", p.LAST_PAGE),
    KeyScope("NeedledPage", "A next plan: what was needled", p.NEEDLED_PAGE),
    KeyScope("OverviewScreen", "The clinic: everybody", c.OVERVIEW),
    KeyScope("PatientScreen", "The clinic: one patient", c.PATIENT, DIGITS),
    KeyScope("ImportScreen", "The clinic: taking reports in", c.IMPORTING),
)


def keys_in_words() -> str:
    """Every key there is, as the tables of docs/keys.md."""
    parts = []
    for where in KEYBOARD:
        parts += [f"### {where.name}", "", "| key | id | what it does |", "| --- | --- | --- |"]
        for action in where.actions:
            keys = " or ".join(f"`{printed(key)}`" for key in keys_of(action))
            parts.append(f"| {keys} | `{action.id}` | {action.says} |")
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    print(keys_in_words(), end="")  # noqa: T201
