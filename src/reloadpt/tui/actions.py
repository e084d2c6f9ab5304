"""Every action a person can take, once: keys, footer, help and the palette are made from this."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True)
class Action:
    """One action: its id, its keys, the word on the key line, and the sentence in the help."""

    id: str
    keys: str
    label: str
    says: str


NEXT = Action("next", "space", "Next", "The next obvious thing: begin, go on, pause, continue.")
HELP = Action("help", "question_mark,f1", "Help", "Show what every key does here.")
LEAVE = Action("leave", "q", "Quit", "Leave. What was done is saved; a session can be gone on with.")
BACK_TO_TODAY = Action("dismiss", "escape", "Back", "Back to where you came from.")
SIGNS = Action("signs", "w", "Warning signs", "Something worries you: the list of warning signs.")

DONE = Action("done", "d,enter", "Done", "This set is done: write down what was completed and go on.")
SKIP = Action("skip", "s", "Skip", "Leave the rest of this exercise out, and say why.")
HURTS = Action("hurts", "h", "It hurts", "Stop this exercise now, and write down that it hurt.")
UNDO = Action("back", "b", "Back", "Start this set again, or take the last one back.")
EASIER = Action(
    "easier", "e", "Easier", "Fewer repetitions, or shorter holds, for the rest of this exercise."
)
STOP = Action("stop", "x", "Stop", "End the session here; what was done stays.")
SOUND = Action("sound", "m", "Sound", "Turn the tones off or on.")
SPEECH = Action("speech", "v", "Voice", "Turn the voice that speaks the cues off or on.")
COUNT_ALOUD = Action("count_aloud", "c", "Count aloud", "Turn counting the repetitions aloud off or on.")

SPOKE = Action("spoke", "k", "I spoke to my therapist", "Your therapist knows, and says that you may go on.")
RESUME_END = Action("end_open", "x", "End it", "End the session that was begun; what was done stays.")
NONE_OF_THESE = Action("none_of_these", "n", "None of these", "Nothing on this list is new or clearly worse.")
SURE = Action("sure", "enter", "Yes, I have this", "What is marked is so.")
SAME = Action("same", "space", "Same as last time", "The number is the same as last time.")
LEAVE_OUT = Action("leave_out", "minus", "Leave out", "Give no number here.")

TO_SHARE = Action("share", "s", "Share", "Make the one file for your therapist; nothing is sent.")
TO_LIBRARY = Action("library", "l", "Exercises", "Look at all exercises, and watch each one.")
TO_LEARN = Action("learn", "i", "Learn", "Read about needling and the days after, with sources.")
TO_SETTINGS = Action("settings", "comma", "Settings", "Colours, motion, sound, speech, mouse, reminders.")
TURN = Action("turn", "space,right", "Change", "Turn the marked setting to its next value.")
TURN_BACK = Action("turn_back", "left", "Change back", "Turn the marked setting to the value before.")
SEARCH = Action("search", "slash", "Search", "Write words to search for.")
NARROW = Action("narrow", "f", "Show only", "Show only one muscle, phase, equipment or position.")
CLEAR = Action("clear", "x", "Show all", "Show all exercises again.")
OTHER_SIDE = Action("other_side", "o", "Other side", "Show the other side of the body.")
NEXT_PAGE = Action("next_page", "right,n", "Next page", "The page after this one.")
PREVIOUS_PAGE = Action("previous_page", "left,p", "Page before", "The page before this one.")

SESSION = (NEXT, DONE, SKIP, HURTS, UNDO, EASIER, STOP, SIGNS, SOUND, SPEECH, COUNT_ALOUD, HELP)
TODAY = (NEXT, RESUME_END, SIGNS, SPOKE, TO_SHARE, TO_LIBRARY, TO_LEARN, TO_SETTINGS, HELP, LEAVE)
SIGN_LIST = (NONE_OF_THESE, SURE, BACK_TO_TODAY)
LIBRARY = (NEXT, SEARCH, NARROW, CLEAR, HELP, BACK_TO_TODAY)
WATCHING = (NEXT, OTHER_SIDE, HELP, BACK_TO_TODAY)
READING = (NEXT, PREVIOUS_PAGE, NEXT_PAGE, HELP, BACK_TO_TODAY)
ALL = tuple(
    dict.fromkeys(
        (
            *SESSION,
            *TODAY,
            TURN,
            TURN_BACK,
            *SIGN_LIST,
            *LIBRARY,
            *WATCHING,
            *READING,
            SAME,
            LEAVE_OUT,
            BACK_TO_TODAY,
        )
    )
)


def bindings(*actions: Action) -> list[BindingType]:
    """The key bindings of a screen with these actions."""
    return [
        Binding(action.keys, action.id, action.label, id=action.id, tooltip=action.says, show=False)
        for action in actions
    ]


def key_name(action: Action) -> str:
    """The first key of an action, as it is printed on a keyboard."""
    names = {
        "space": "Space", "escape": "Esc", "enter": "Enter", "question_mark": "?", "minus": "-", "slash": "/", "comma": ",",
        "left": "←", "right": "→", "up": "↑", "down": "↓", "plus": "+",
    }  # fmt: skip
    first = action.keys.split(",")[0]
    return names.get(first, first.upper())
