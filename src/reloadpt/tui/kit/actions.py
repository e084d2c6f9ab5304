"""Every action a person can take, once: keys, footer, help, palette and docs/keys.md are made from this.

A new action is a constant here, stands in the tuple of each screen it belongs to, and is a method ``action_<id>``
there. A new screen gives its tuple to ``bindings`` and stands in ``keyboard.KEYBOARD``; tests hold all this together.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from reloadpt import wording


class Action(msgspec.Struct, frozen=True):
    """One action: its id, its keys, the word on the key line, and the sentence in the help."""

    id: str
    keys: str
    label: str
    says: str
    short: str = ""
    """The word where there is little room."""


NEXT = Action("next", "space", "Next", "The next obvious thing: begin, go on, hold, continue.")
HELP = Action("help", "question_mark,f1", "Help", "Show what every key does here.")
LEAVE = Action("leave", "q", "Quit", "Leave. What was done is saved; a session can be gone on with.")
BACK_TO_TODAY = Action("dismiss", "escape,b,f4", "Back", "Back to where you came from.")
LEAVE_TYPING = Action("dismiss", "escape,f4", "Back", BACK_TO_TODAY.says)
GO_ON = Action("next", "space,d,enter", "Next", NEXT.says)
"""The same where no set is to be ended: what is done, and begins now, is the next thing too."""
SIGNS = Action(
    "signs", "w", "Something worries me", "Something worries you: the list of warning signs.", "Worry"
)
SIGNS_TYPING = Action("signs_typing", "f2", SIGNS.label, SIGNS.says, SIGNS.short)
HELP_TYPING = Action("help_typing", "f1", HELP.label, HELP.says)
NEXT_OBVIOUS = ("next", "pick", "mark", "read_on", "turn")
"""The actions that Space does."""
_ON, _BACK = ("next", "pick"), ("back", "previous", "dismiss")
CLICKER = {"pagedown": _ON, "right": _ON, "pageup": _BACK, "left": _BACK, "full_stop": ("hold",)}
"""What the keys of a clicker or a foot pedal do where that is set: the first of these that a screen has."""

DONE = Action(
    "done",
    "d,enter",
    "Done",
    "This set is done: write down what was completed and go on. Before a set: begin now.",
)
HOW = Action("how", "i", "How", "Show how this exercise is done, how it feels, and when to stop.")
MORE_TIME = Action(
    "more_time",
    "plus,equals_sign",
    "More time",
    "More time to get ready, kept for this exercise; or to rest.",
)
SKIP = Action("skip", "s", "Skip", "Leave the rest of this exercise out, and say why.")
HURTS = Action("hurts", "h", "It hurts", wording.STOP_IT_HURTS())
UNDO = Action("back", "b", "Back", "Start this set again, or take the last one back.")
EASIER = Action(
    "easier", "e", "Easier", "Fewer repetitions, or shorter holds, for the rest of this exercise."
)
STOP = Action("stop", "x", "Stop", "End the session here; what was done stays.")
HOLD = Action("hold", "escape", "Hold", "Let time stand still; closes the card.")
SOUND = Action("sound", "t", "Tones", "Turn the tones off or on.")
SPEECH = Action("speech", "v", "Voice", "Turn the voice that speaks the cues off or on.")
COUNT_ALOUD = Action("count_aloud", "c", "Count aloud", "Turn counting the repetitions aloud off or on.")

SPOKE = Action("spoke", "k", "I spoke to my therapist", wording.SPOKE())
RESUME_END = Action("end_open", "x", "End it", "End the session that was begun; what was done stays.")
NONE_OF_THESE = Action("none_of_these", "n", "None of these", wording.NO_SIGN())
READ_ON = Action("read_on", "space,pagedown", "Read on", "Show the lines further down.")
SURE = Action("sure", "enter,d", "I have marked it", "What is marked is so.")
LEAVE_OUT = Action("leave_out", "minus", "Leave out", "Give no number here.")

TO_SHARE = Action("share", "s", "Share", "Make the one file for your therapist; nothing is sent.")
TO_LIBRARY = Action("library", "l", "Exercises", "Look at all exercises, and watch each one.")
TO_LEARN = Action("learn", "r", "Learn", "Read about needling and the days after, with sources.")
TO_PROGRESS = Action(
    "progress", "p", "Progress", "How it has gone: pain, soreness, what was done, what changed."
)
HURTS_NOW = Action("hurts", "h", "It hurts", wording.SAY_NOW())
MARK_ABOVE = Action(
    "mark_above", "up,pageup", "Up", "Mark the exercise above, or show what stands further up."
)
MARK_BELOW = Action(
    "mark_below", "down,pagedown", "Down", "Mark the exercise below, or show what stands further down."
)
CARD_BEFORE = Action("card_before", "left,p", "Before", "The card of the exercise before.")
CORRECT = Action("correct", "c", "Correct", "Correct an entry; what was first written stays.")
ADD_AWAY = Action("add", "a", "Add", "Write down what was done away from the screen.")
TO_SETTINGS = Action("settings", "comma", "Settings", "Colours, motion, sound, speech, mouse, reminders.")
TURN = Action("turn", "space,right", "Change", "Turn the marked setting to its next value.")
TURN_BACK = Action("turn_back", "left", "Change back", "Turn the marked setting to the value before.")
SEARCH = Action("search", "slash", "Search", "Write words to search for.")
NARROW = Action("narrow", "f", "Show only", "Show only one muscle, phase, equipment or position.")
CLEAR = Action("clear", "x", "Show all", "Show all exercises again.")
OTHER_SIDE = Action("other_side", "o", "Other side", "Show the other side of the body.")
NEXT_PAGE = Action("next_page", "right,n", "Next page", "The page after this one.")
PREVIOUS_PAGE = Action("previous_page", "left,p", "Page before", "The page before this one.")

PICK = Action("pick", "space,d", "Choose", "Choose the line that is marked.")
MARK = Action("mark", "space", "Mark", "Mark the line, or take the mark away.")
ACCEPT = Action("accept", "enter,d", "Done", "That is all; go on with it.")
ACCEPT_TYPED = Action("accept", "enter", "Done", ACCEPT.says)
SEEN = Action("seen", "c", "I was seen and may go on", wording.SEEN())
NEXT_ROW = Action(
    "next", "space,down,enter,d", "Next", "On to the next row; after the last one, send the sheet."
)
PREVIOUS_ROW = Action("previous", "up", "Mend", "Back to the row before, to mend it.")
ALL_SO = Action(
    "all_so", "y", "Yes, that is what I did", "It is so, as it stands here: it is confirmed.", "Yes, all"
)
NEXT_LINE = Action("next", "space,down", "Next line", "The line below; it confirms nothing.")
LESS = Action("less", "minus", "One less", "One set less was done than stands here.")
ONE_MORE = Action("one_more", "plus,equals_sign", "One more", "One set more was done than stands here.")
LEAVE_OPEN = Action(
    "leave_open",
    "l",
    "Not sure, leave it open",
    "Nothing is confirmed; you are asked once more at the next start.",
)
MORE = Action("more", "m", "More", "Everything else that can be done from here.")

SESSION = (
    NEXT, DONE, MORE_TIME, HURTS, HOW, EASIER, SKIP, UNDO, STOP, MORE, HOLD, SIGNS, SOUND, SPEECH, COUNT_ALOUD, HELP,
)  # fmt: skip
TODAY = (
    GO_ON, MARK_ABOVE, MARK_BELOW, HOW, ADD_AWAY, RESUME_END, SIGNS, HURTS_NOW, SPOKE, MORE, TO_SHARE, TO_PROGRESS,
    TO_LIBRARY, TO_LEARN, TO_SETTINGS, HELP, LEAVE,
)  # fmt: skip
SIGN_LIST = (READ_ON, NONE_OF_THESE, SURE, HELP, BACK_TO_TODAY)
LIBRARY = (GO_ON, SEARCH, NARROW, CLEAR, SIGNS, HELP, BACK_TO_TODAY)
WATCHING = (GO_ON, OTHER_SIDE, SIGNS, HELP, BACK_TO_TODAY)
READING = (GO_ON, PREVIOUS_PAGE, NEXT_PAGE, SIGNS, HELP, BACK_TO_TODAY)
CARDS = (GO_ON, CARD_BEFORE, SIGNS, HELP, BACK_TO_TODAY)
WHOLE_DAY = (GO_ON, SIGNS, HELP, BACK_TO_TODAY)
CHOICE = (PICK, SIGNS, HELP, BACK_TO_TODAY)
SEVERAL = (MARK, ACCEPT, NONE_OF_THESE, SIGNS, HELP, BACK_TO_TODAY)
SHEET = (NEXT_ROW, PREVIOUS_ROW, LEAVE_OUT, SIGNS, HELP, BACK_TO_TODAY)
TALLY = (ALL_SO, NEXT_LINE, PREVIOUS_ROW, LESS, ONE_MORE, LEAVE_OPEN, SIGNS, HELP, BACK_TO_TODAY)
LOCKED = (SEEN, SIGNS, HELP, BACK_TO_TODAY)
SUMMARY = (GO_ON, SIGNS, HELP, BACK_TO_TODAY)
SETTINGS = (TURN, TURN_BACK, SIGNS, HELP, BACK_TO_TODAY)
HELPING = (GO_ON, SIGNS, HELP, BACK_TO_TODAY)
WORDS = (ACCEPT_TYPED, SIGNS_TYPING, HELP_TYPING, LEAVE_TYPING)
PROGRESS = (GO_ON, CORRECT, ADD_AWAY, SIGNS, HELP, BACK_TO_TODAY)


def bindings(*actions: Action) -> list[BindingType]:
    """The key bindings of a screen with these actions."""
    return [
        Binding(action.keys, action.id, action.label, id=action.id, tooltip=action.says, show=False)
        for action in actions
    ]


def actions_of(screen: DOMNode) -> list[Action]:
    """The actions of a screen, as its bindings have them."""
    by_id: dict[str, list[Binding]] = {}
    for _, binding in screen._bindings:  # noqa: SLF001
        if binding.id:
            by_id.setdefault(binding.id, []).append(binding)
    return [
        Action(
            name,
            ",".join(binding.key for binding in bindings_of_one),
            bindings_of_one[0].description,
            bindings_of_one[0].tooltip,
        )
        for name, bindings_of_one in by_id.items()
    ]


KEY_NAMES = {
    "space": "Space", "escape": "Esc", "enter": "Enter", "question_mark": "?", "minus": "-", "slash": "/",
    "left": "←", "right": "→", "up": "↑", "down": "↓", "plus": "+", "comma": ",", "full_stop": ".",
    "equals_sign": "=", "backspace": "Backspace", "delete": "Del", "insert": "Ins", "semicolon": ";",
}  # fmt: skip


def keys_of(action: Action, keymap: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The keys of an action, the one to show first; ``keymap`` has those that were set, by id."""
    return tuple((keymap or {}).get(action.id, action.keys).split(","))


def printed(key: str) -> str:
    """A key as it is printed on a keyboard."""
    *held, last = key.split("+")
    if last not in KEY_NAMES and len(last) > 1:
        from textual.keys import format_key

        KEY_NAMES[last] = format_key(last).capitalize()
    return "+".join([*(modifier.capitalize() for modifier in held), KEY_NAMES.get(last, last.upper())])


def key_name(action: Action, keymap: Mapping[str, str] | None = None) -> str:
    """The first key of an action, as it is printed on a keyboard."""
    return printed(keys_of(action, keymap)[0])
