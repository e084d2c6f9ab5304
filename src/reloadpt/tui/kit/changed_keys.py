"""Keys that were set in the settings: which of them hold, and a sentence for each that does not."""

from __future__ import annotations

import string
from collections.abc import Mapping
from difflib import get_close_matches

from textual.keys import _character_to_key

from reloadpt.files import clip
from reloadpt.tui.kit.actions import keys_of, printed
from reloadpt.tui.kit.keyboard import KEYBOARD, KeyScope

NAMED = frozenset(
    {"space", "enter", "escape", "backspace", "delete", "insert", *(f"f{n}" for n in range(1, 13))}
)
MOVING = frozenset({"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab"})
"""They move in every list; an action that has one from the start may keep it."""
KEPT = frozenset({"ctrl+c", "ctrl+p", "ctrl+q", "ctrl+z", "ctrl+m", "ctrl+i", "ctrl+h", "ctrl+j", "ctrl+s"})
"""Keys of the terminal, or of every screen."""
SIGNS = frozenset(string.printable) - frozenset(string.whitespace)


def changed_keys(settings: Mapping[str, str], file: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Decide which keys of ``settings`` (id to keys) hold; return them as a keymap, and what is wrong with the rest.

    Several keys are parted by spaces or commas. Where two actions of one screen would have the same key, those
    that were set go back to the keys they had.
    """
    wrong: list[str] = []
    keymap: dict[str, str] = {}
    own = {action.id: set(keys_of(action)) for where in KEYBOARD for action in where.actions}
    for name, text in settings.items():
        keys = _keys(text)
        if name not in own:
            near = get_close_matches(name, own, n=1)
            wrong.append(
                f"{file}, [keys]: there is no action {clip(name)}{f'; {near[0]} is one' if near else ''}."
            )
            continue
        illegal = [key for key in keys if not _legal(key) and key not in own[name]]
        if illegal or not keys:
            named = clip(illegal[0]) if illegal else "nothing"
            wrong.append(f"{file}, [keys]: {name} is {named}, and that is no key that can be set.")
            continue
        keymap[name] = ",".join(keys)
    while (clash := _clash(keymap)) is not None:
        names, sentence = clash
        wrong.append(f"{file}, [keys]: {sentence}")
        for name in names:
            del keymap[name]
    return keymap, tuple(wrong)


def _keys(text: str) -> list[str]:
    """The keys in ``text`` by their long names; a comma alone is the comma key."""
    parts = [text.strip()] if text.strip() == "," else text.replace(",", " ").split()
    keys = []
    for part in parts:
        *held, last = part.split("+") if part != "+" else [part]
        last = _character_to_key(last) if len(last) == 1 else last.lower()
        keys.append("+".join([*(modifier.lower() for modifier in held), last]))
    return keys


def _legal(key: str) -> bool:
    """Whether a key may be set for an action that did not have it."""
    *held, last = key.split("+")
    if key in KEPT or last in MOVING:
        return False
    if held:
        return held in (["ctrl"], ["alt"]) and last in string.ascii_lowercase and len(last) == 1
    return last in NAMED or any(last == _character_to_key(sign) for sign in SIGNS)


def _clash(keymap: Mapping[str, str]) -> tuple[list[str], str] | None:
    """The first two actions of one screen with the same key: which of them were set, and a sentence."""
    for where in KEYBOARD:
        has: dict[str, str] = {_character_to_key(sign): "" for sign in where.own_signs}
        for action in where.actions:
            for key in keys_of(action, keymap):
                other = has.setdefault(key, action.id)
                if other == action.id or not {other, action.id} & keymap.keys():
                    continue
                return _clash_sentence(where, key, action.id, other, keymap)
    return None


def _clash_sentence(
    where: KeyScope, key: str, name: str, other: str, keymap: Mapping[str, str]
) -> tuple[list[str], str]:
    reset = [action for action in (name, other) if action in keymap]
    if not other:
        return (
            reset,
            f"{printed(key)} for {name} is an answer in “{where.name}”. {name} keeps the key it had.",
        )
    keep = f"{reset[0]} keeps the key it had" if len(reset) == 1 else "both keep the keys they had"
    return reset, f"{printed(key)} would be both {other} and {name} in “{where.name}”. So {keep}."
