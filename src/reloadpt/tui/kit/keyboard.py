"""Every screen, in one table: where it is, and what its keys do; help, docs, tests and changed keys go by it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.screen import Screen

from reloadpt.tui.kit import actions as a
from reloadpt.tui.kit import clinic_actions as c
from reloadpt.tui.kit import plan_actions as p
from reloadpt.tui.kit.actions import Action, keys_of, printed

DIGITS = "0123456789"
TYPED = "".join(map(chr, range(33, 127)))
"""Where words are typed, every sign that can be printed is taken."""


@dataclass(frozen=True)
class KeyScope:
    """One screen: its module below ``reloadpt.tui``, its class, what a person calls it, and its actions.

    ``own_signs`` are signs that the screen answers to by itself, such as the digits of a scale.
    """

    module: str
    screen: str
    name: str
    actions: tuple[Action, ...]
    own_signs: str = ""


KEYBOARD = (
    KeyScope("patient.today", "TodayScreen", "Today", a.TODAY),
    KeyScope("patient.cards", "CardsScreen", "The card of an exercise", a.CARDS),
    KeyScope("patient.whole_day", "WholeDayScreen", "All of today", a.WHOLE_DAY),
    KeyScope("patient.session", "SessionScreen", "In a session", a.SESSION),
    KeyScope("asks.sheet", "SheetScreen", "A sheet of numbers", a.SHEET, DIGITS),
    KeyScope("asks.tally", "TallyScreen", "What was done, to confirm", a.TALLY),
    KeyScope("asks.signs", "SignsScreen", "Warning signs", a.SIGN_LIST, "acefgjklopqrstuvxyz"),
    KeyScope("patient.locked", "LockedScreen", "Whom to call", a.LOCKED),
    KeyScope("patient.summary", "SummaryScreen", "After a session", a.SUMMARY),
    KeyScope("asks.choice", "ChoiceScreen", "A list to choose from", a.CHOICE, DIGITS),
    KeyScope("asks.choice", "SeveralScreen", "A list to mark", a.SEVERAL),
    KeyScope("asks.words", "WordsScreen", "A line to type", a.WORDS, TYPED),
    KeyScope("patient.progress", "ProgressScreen", "Progress", a.PROGRESS),
    KeyScope("patient.library", "LibraryScreen", "Exercises", a.LIBRARY),
    KeyScope("patient.library", "WatchScreen", "One exercise", a.WATCHING),
    KeyScope("patient.learn", "LearnScreen", "Learn", a.READING),
    KeyScope("patient.settings", "SettingsScreen", "Settings", a.SETTINGS),
    KeyScope("asks.help", "HelpScreen", "Help", a.HELPING),
    KeyScope("plan.form", "FormPage", "A plan: lines to fill", p.FORM_PAGE, TYPED),
    KeyScope("plan.muscles", "MusclesPage", "A plan: the muscles", p.MUSCLES_PAGE, TYPED),
    KeyScope("plan.targets", "TargetsPage", "A plan: what is wanted", p.TARGETS_PAGE),
    KeyScope("plan.screening", "ScreeningPage", "A plan: screening", p.SCREENING_PAGE),
    KeyScope("plan.doses", "DosesPage", "A plan: the doses", p.DOSES_PAGE),
    KeyScope("plan.last", "LastPage", "A plan: the last page", p.LAST_PAGE),
    KeyScope("plan.needled", "NeedledPage", "A next plan: what was needled", p.NEEDLED_PAGE),
    KeyScope("clinic.overview", "OverviewScreen", "The clinic: everybody", c.OVERVIEW),
    KeyScope("clinic.patient", "PatientScreen", "The clinic: one patient", c.PATIENT, DIGITS),
    KeyScope("clinic.importing", "ImportScreen", "The clinic: taking reports in", c.IMPORTING),
)


def screen_class(name: str) -> type[Screen[Any]]:
    """The class of the screen ``name``; its module is imported now, where none did so before."""
    module = next(scope.module for scope in KEYBOARD if scope.screen == name)
    screen: type[Screen[Any]] = getattr(import_module(f"reloadpt.tui.{module}"), name)
    return screen


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
