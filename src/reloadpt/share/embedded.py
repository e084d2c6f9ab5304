"""The journal inside a report: put in, and taken out again, byte for byte."""

from __future__ import annotations

from reloadpt.files import Trouble
from reloadpt.filetypes import REPORT_LOG

OPENING = b'<script type="application/x-ndjson" ' + REPORT_LOG + b">"
CLOSING = b"</script>"


def embed(lines: bytes) -> bytes:
    """The tag that holds ``lines`` verbatim; no line of a journal holds a ``<`` that could end it."""
    return OPENING + lines + CLOSING


def extract(page: bytes, name: str) -> bytes:
    """Take the journal's bytes out of a report; ``name`` says where it came from.

    Raises ``Trouble`` where there is no log in it, or more than one, or its end is missing.
    """
    count = page.count(OPENING)
    if count > 1 or (count and page.count(REPORT_LOG) > 1):
        raise Trouble(f"{name}: it holds more than one log. Ask for the report as reloadpt wrote it.")
    if not count:
        raise Trouble(f"{name}: there is no log inside. Is it a report that `reloadpt share` wrote?")
    begin = page.index(OPENING) + len(OPENING)
    end = page.find(CLOSING, begin)
    if end < 0:
        raise Trouble(f"{name}: the report breaks off inside its log. Ask for it again.")
    return page[begin:end]
