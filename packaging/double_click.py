"""Where the packed launcher begins, which a double-click starts."""

from reloadpt.double_click import open_anywhere

open_anywhere()
