"""What a therapist can do on the pages that make a plan: keys, and the words on the key line."""

from __future__ import annotations

from reloadpt.tui.kit.actions import HELP, MARK, Action

ON = Action("on", "enter,space", "Go on", "These are right; on to the next page.")
ON_ENTER = Action("on", "enter", "Go on", "These are right; on to the next page.")
PICK_OR_ON = Action(
    "on", "enter", "Pick, or go on", "Pick the line; with nothing typed and one picked, go on."
)
PAGE_BACK = Action("page_back", "escape,f4", "Back", "Back to the page before.")
UP = Action("up", "up", "Up", "The line above.")
DOWN = Action("down", "down", "Down", "The line below.")
FEWER = Action("left", "left", "Left", "The column to the left.")
MORE = Action("right", "right", "Right", "The column to the right.")
NONE_OF_THESE = Action("none", "n", "None of these", "None of them holds.")

CALM_OR_WAKE = Action("intent", "c", "Calm/wake", "Calm it or wake it.")
SIDE = Action("side", "s", "Side", "Both sides, left or right.")
STIM = Action("stim", "e", "E-stim", "The needles carried a current, or not.")
CEILING = Action("ceiling", "p", "Last phase", "The last phase it may come to.")
EARLY = Action("early", "y", "Early", "Activate may open after 12 hours.")
SPLIT = Action("split", "d", "Split sides", "Left and right as two lines.")

RAISE = Action("more", "plus,equals_sign", "More", "More of what is marked.")
LOWER = Action("less", "minus", "Less", "Less of what is marked.")
OMIT = Action("omit", "o", "Leave out", "Leave this exercise out, or take it in again.")
TURN_ON = Action("turn_on", "t", "Turn on", "Deal it, although it is dealt only where a plan says so.")
RESTORE = Action("restore", "r", "As it was", "As the programme has it.")
WRITE = Action("on", "enter,space", "Write the plan", "Write the plan file.")

FORM_PAGE = (ON_ENTER, UP, DOWN, PAGE_BACK)
MUSCLES_PAGE = (PICK_OR_ON, MARK, UP, DOWN, PAGE_BACK)
TARGETS_PAGE = (ON, CALM_OR_WAKE, SIDE, STIM, CEILING, EARLY, SPLIT, UP, DOWN, HELP, PAGE_BACK)
SCREENING_PAGE = (NONE_OF_THESE, MARK, ON_ENTER, UP, DOWN, FEWER, MORE, HELP, PAGE_BACK)
DOSES_PAGE = (ON, UP, DOWN, FEWER, MORE, RAISE, LOWER, OMIT, TURN_ON, RESTORE, HELP, PAGE_BACK)
LAST_PAGE = (WRITE, UP, DOWN, HELP, PAGE_BACK)
NEEDLED_PAGE = (MARK, ON_ENTER, UP, DOWN, HELP, PAGE_BACK)
