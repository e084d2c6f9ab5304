"""What a therapist can do in the clinic's app: keys, and the words on the key line."""

from __future__ import annotations

from reloadpt.tui.kit.actions import HELP, Action

OPEN = Action("open", "space,enter", "Open", "Open the patient that is marked.")
UP = Action("up", "up,k", "Up", "The patient above.")
DOWN = Action("down", "down,j", "Down", "The patient below.")
PAGE_UP = Action("page_up", "pageup", "A page up", "A screen of patients up.")
PAGE_DOWN = Action("page_down", "pagedown", "A page down", "A screen of patients down.")
FIRST = Action("first", "home", "First", "The first patient.")
LAST = Action("last", "end", "Last", "The last patient.")
IMPORT = Action("import", "i", "Import", "Take in reports: a file, or a folder of them.")
WATCH = Action("watch", "w", "Watch a folder", "Take in whatever is dropped into a folder; again: stop that.")
FIND = Action("find", "slash", "Search", "Words to search for: an alias, a muscle, an alert.")
SORT = Action("sort", "s", "Sort", "Another order.")
SHOW = Action("show", "f", "Show only", "Show only some patients.")
ALL_AGAIN = Action("all_again", "x", "Show all", "Everybody again, worst first.")
LEAVE = Action("leave", "q", "Quit", "Leave the app.")

NEXT_PART = Action("next_part", "space,right", "Next part", "The next part about this patient.")
PART_BEFORE = Action("part_before", "left", "Part before", "The part before.")
SCROLL_DOWN = Action("scroll_down", "down,j,pagedown", "Down", "Further down.")
SCROLL_UP = Action("scroll_up", "up,k,pageup", "Up", "Further up.")
MARK_SEEN = Action(
    "mark_seen",
    "m",
    "Mark as seen",
    "Keep that you looked at an alert, with a note; close a warning sign with what was done, and by whom.",
)
PRESCRIBE = Action("prescribe", "p", "Next plan", "Make the next plan from the last one.")
VISITS = Action("visits", "v", "Two visits", "Choose the two visits to compare.")
JOIN = Action("join", "o", "Join", "Two patients here are one: join them.")
PART = Action("part", "t", "Take apart", "Logs of two patients are read as one here: take them apart.")
NEXT_PATIENT = Action("next_patient", "n", "Next patient", "The next patient of the list.")
BACK_TO_LIST = Action("dismiss", "escape,q", "Back", "Back to all patients.")

STOP_IMPORT = Action(
    "dismiss", "escape,f4,space,enter", "Back", "Back to all patients; what was imported stays."
)

OVERVIEW = (
    OPEN, UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST, IMPORT, WATCH, FIND, SORT, SHOW, ALL_AGAIN, HELP, LEAVE,
)  # fmt: skip
PATIENT = (
    NEXT_PART, PART_BEFORE, SCROLL_DOWN, SCROLL_UP, MARK_SEEN, PRESCRIBE, VISITS, JOIN, PART, NEXT_PATIENT, HELP,
    BACK_TO_LIST,
)  # fmt: skip
IMPORTING = (STOP_IMPORT, SCROLL_DOWN, SCROLL_UP)
