"""Text that is put into a page: only what can be seen."""

from __future__ import annotations

from reloadpt.files import visible


def page_text(value: object) -> object:
    """A value as it goes into a page; a text of anybody's without what cannot be seen, markup of our own as it is."""
    return visible(value) if type(value) is str else value
