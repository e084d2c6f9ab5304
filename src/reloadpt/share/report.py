"""The report: one HTML file that a person reads in any browser and a program takes the journal out of."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reloadpt import __version__
from reloadpt.measures.trends import SiteSoreness
from reloadpt.program.plan import DoseOverride
from reloadpt.program.signing import signing_in_words
from reloadpt.share.embedded import embed
from reloadpt.share.page import LEVEL_WORDS, SOURCE_WORDS, ReportPage, muscle_label, site_label
from reloadpt.share.page_text import page_environment

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_NO_HTML = dict.fromkeys(
    [*range(9), 11, 12, 13, *range(14, 32), *range(127, 160), *range(0xFDD0, 0xFDF0)]
    + [plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)],
    "\ufffd",
)
"""Signs that HTML forbids, and what stands in their place: codes that control a terminal, and what is no sign."""
_END = b"\n</body>\n</html>\n"


def render_report(page: ReportPage, lines: bytes) -> bytes:
    """The whole file: what ``page`` says, and the journal's ``lines`` verbatim.

    Nothing in it runs and nothing is fetched: the policy allows one style sheet, by its hash.
    """
    from markupsafe import Markup

    style = (_HERE / "report.css").read_text(encoding="utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page_html = (
        _environment()
        .get_template("report.html.j2")
        .render(
            page=page,
            # our own sheet, from our own folder
            style=Markup(style),  # noqa: S704
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            app=f"reloadpt {__version__}",
            source_names=tuple(SOURCE_WORDS),
        )
    )
    return page_html.lstrip().translate(_NO_HTML).encode() + embed(lines) + _END


@cache
def _environment() -> Environment:
    environment = page_environment(keep_trailing_newline=True)
    environment.globals["signing"] = lambda plan: signing_in_words(
        plan, lambda muscle: muscle_label(muscle).capitalize()
    )
    environment.filters |= {
        "day": _day,
        "moment": _moment,
        "percent": _percent,
        "level": LEVEL_WORDS.__getitem__,
        "muscle": lambda muscle: muscle_label(muscle).capitalize(),
        "site": _site,
        "change": _change,
    }
    return environment


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _site(sore: SiteSoreness) -> str:
    return site_label(sore.muscle, sore.side)


def _change(change: DoseOverride) -> str:
    if change.omit:
        return "left out"
    words = {
        "sets": change.sets,
        "repetitions": change.reps,
        "hold, seconds": change.hold_s,
        "rest, seconds": change.rest_s,
        "tempo": change.tempo,
        "kg": change.load_kg,
        "with": change.resistance,
        "from": change.from_phase,
        "often": change.often and f"{change.often.times} per {change.often.per.replace('_', ' ')}",
    }
    return ", ".join(f"{name} {value}" for name, value in words.items() if value is not None)
