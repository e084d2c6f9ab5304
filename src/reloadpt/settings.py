"""What a person can set: one model, read from a commented TOML file and changed there without losing a comment.

A new setting is a field of ``Settings`` and a sentence in ``SAYS``; the file, the settings screen and the page
about them are made from these two.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

import msgspec

from reloadpt.files import MEBIBYTE, Trouble, clip, one_of, read_bytes, replace_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

WeightUnit = Literal["kg", "lb"]
ThemeName = Literal["dark", "light", "high-contrast", "colour-blind", "terminal"]
TimeOfDay = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that can be set, each with what it is where nothing was set."""

    theme: ThemeName = "dark"
    motion: bool = True
    big_digits: bool = False
    sound: bool = True
    speech: bool = False
    count_aloud: bool = False
    flash: bool = True
    mouse: bool = True
    weights: WeightUnit = "kg"
    ask_after_each_exercise: bool = False
    wait_before_each_exercise: bool = False
    clicker: bool = False
    reminders: Annotated[tuple[TimeOfDay, ...], msgspec.Meta(max_length=12)] = ("09:00", "13:00", "18:00")
    getting_ready: dict[str, Annotated[int, msgspec.Meta(ge=0, le=300)]] = msgspec.field(default_factory=dict)
    keys: dict[str, str] = msgspec.field(default_factory=dict)


SAYS: dict[str, str] = {
    "theme": "The colours. terminal takes the terminal's own.",
    "motion": "The figure and the bars move; without it they change once a step.",
    "big_digits": "In a session the time or the count takes all the room, and the figure gives way.",
    "sound": "Tones for get ready, go, the last seconds, rest and done.",
    "speech": "Cues are spoken, where this machine has a voice.",
    "count_aloud": "Every repetition is counted aloud, where this machine has a voice.",
    "flash": "The screen shows by a flash when a set begins or ends.",
    "weights": "Weights are shown and asked in kilograms or in pounds; the record holds kilograms.",
    "mouse": "Mouse and touch work. Without it the terminal keeps them, for selecting text; from the next start.",
    "ask_after_each_exercise": "How it felt is asked after each exercise, not once at the end.",
    "wait_before_each_exercise": "Every exercise waits until you are ready, not only those that are new.",
    "clicker": "A clicker or a foot pedal works: Page Down or Right is the next thing, Page Up or Left goes back, . holds.",
    "reminders": "The times of day that reloadpt remind writes into a calendar.",
    "getting_ready": "More seconds to get ready, by the id of the exercise; + in a session adds them here.",
    "keys": 'Other keys, by the id of the action, as in: done = "f". docs/keys.md lists ids and keys.',
}
"""What each setting does, in one sentence: the comment in the file, and the words on the screen."""

_TYPES: dict[str, Any] = get_type_hints(Settings, include_extras=True)
_MAY_BE = {
    "reminders": 'a list of at most 12 times, as in ["09:00", "18:00"]',
    "getting_ready": "a table of exercises and seconds up to 300",
    "keys": 'a table of ids and keys, as in done = "f"',
}


def setting_choices(name: str) -> tuple[object, ...]:
    """The values that a setting can be turned to, in order; none where there are too many to list."""
    kind = _TYPES[name]
    return (True, False) if kind is bool else get_args(kind) if kind in (ThemeName, WeightUnit) else ()


def allowed_values(name: str) -> str:
    """What a setting may be, in words."""
    if name in _MAY_BE:
        return _MAY_BE[name]
    return one_of(_toml(choice) for choice in setting_choices(name))


def value_problem(name: str, value: object) -> str:
    """Why ``value`` cannot be that of the setting ``name``, in a sentence; empty where it can."""
    try:
        msgspec.convert(value, _TYPES[name])
    except msgspec.ValidationError:
        return f"{name} is {clip(value)}, and may be {allowed_values(name)}."
    return ""


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read the file at ``path``; return the settings and a sentence for each thing in it that does not hold.

    Nothing in it keeps anyone from their exercises: what does not hold is as if it were not there.
    """
    try:
        text = _text(path)
    except Trouble as trouble:
        return Settings(), (f"{trouble} None of its settings are used.",)
    if text is None:
        return Settings(), ()
    import tomllib

    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Settings(), (f"{path}: not TOML ({clip(str(error), 120)}). None of its settings are used.",)
    values: dict[str, Any] = {}
    problems = []
    for name, value in document.items():
        place = f"{path}{_line(text, name)}"
        if name not in _TYPES:
            problems.append(f"{place}: there is no setting {clip(name)}{_nearest(name)}. It is passed over.")
            continue
        sentence = value_problem(name, value)
        if sentence:
            problems.append(f"{place}: {sentence} It is passed over.")
        else:
            values[name] = msgspec.convert(value, _TYPES[name])
    return Settings(**values), tuple(problems)


def change_setting(path: Path, name: str, value: object) -> None:
    """Write one setting into the file at ``path``, leaving every other line and comment as it is.

    A file that is not there is begun with every setting and its comment. Raises ``Trouble`` where the file
    cannot be read or written; it is then unchanged.
    """
    import tomlkit
    import tomlkit.exceptions

    msgspec.convert(value, _TYPES[name])
    text = _text(path)
    try:
        document = tomlkit.parse(default_text() if text is None else text)
    except (tomlkit.exceptions.TOMLKitError, RecursionError) as error:
        raise Trouble(f"{path}: not TOML ({clip(str(error), 120)}). Mend it, or move it away.") from None
    _set_value(document, name, list(value) if isinstance(value, tuple) else value)
    replace_file(path.resolve(), tomlkit.dumps(document).encode())


def default_text() -> str:
    """The file as it is begun: every setting with its comment, as it is where nothing was set."""
    lines = ["# reloadpt: what can be set. The settings screen changes values here and keeps your comments."]
    plain = Settings()
    for name in Settings.__struct_fields__:
        lines += ["", f"# {SAYS[name]}"]
        if setting_choices(name):
            lines.append(f"# It may be {allowed_values(name)}.")
        value = getattr(plain, name)
        lines.append(f"[{name}]" if isinstance(value, dict) else f"{name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _set_value(document: TOMLDocument, name: str, value: object) -> None:
    """Set a value; where the setting was not in the file, its comment comes with it."""
    import tomlkit

    if name not in document and not isinstance(value, dict):
        tables = any(isinstance(value, dict) for value in document.values())
        if not tables:
            document.add(tomlkit.nl())
            document.add(tomlkit.comment(SAYS[name]))
    if isinstance(value, dict) and isinstance(document.get(name), dict):
        document[name].update(value)
    else:
        document[name] = value


def _text(path: Path) -> str | None:
    """The text of the file; None where there is none."""
    if not path.exists():
        return None
    data = read_bytes(path, MEBIBYTE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Trouble(f"{path}: not UTF-8 text.") from None


def _line(text: str, name: str) -> str:
    """Where ``name`` is set, as ``, line 7``; nothing where that cannot be told."""
    match = re.search(rf"""^[ \t]*\[?[ \t]*["']?{re.escape(name)}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return f", line {text.count(chr(10), 0, match.start()) + 1}" if match else ""


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, Settings.__struct_fields__, n=1)
    return f"; {near[0]} is one" if near else ""


def _toml(value: object) -> str:
    """A value as it is written in the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(inner) for inner in value)}]"
    return f'"{value}"'
