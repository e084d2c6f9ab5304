"""How a page is written: text of anybody's only as far as it can be seen, and escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reloadpt.files import visible

if TYPE_CHECKING:
    from jinja2 import Environment


def page_text(value: object) -> object:
    """A value as it goes into a page; a text of anybody's without what cannot be seen, markup of our own as it is."""
    return visible(value) if type(value) is str else value


def page_environment(*, keep_trailing_newline: bool = False) -> Environment:
    """What renders the templates of this room; a name that is not given is a mistake."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=page_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
    )
