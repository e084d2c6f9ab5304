from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest
from browser import CHROMIUM, look, widest_at

from export_samples import sixty_sessions
from reloadpt.files import visible
from reloadpt.journal.entries import Entry
from reloadpt.journal.events import (
    ActivityRated,
    Amended,
    CheckedIn,
    Cleared,
    FlagRaised,
    MissedExplained,
    Needled,
    Note,
    Paused,
    SessionClosed,
    SessionOpened,
    SetDone,
    SetSkipped,
    Soreness,
)
from reloadpt.measures.course import course_of
from reloadpt.program.library import Library
from reloadpt.share.embedded import extract
from reloadpt.share.handout import gather_handout, render_handout
from reloadpt.share.page import gather_report
from reloadpt.share.report import render_report
from sample_logs import (
    HOSTILE,
    NEEDLED,
    Said,
    a_plan,
    at,
    begins,
    entries_of,
    item,
    lines_of,
    rated,
    sat,
    sent,
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
TOUCHED = "owned"
"""What every hostile string would put in the title."""


def hostile_log() -> list[Entry]:
    """A log in which every free text of every kind of entry means harm."""
    said: list[Said] = []
    for k, text in enumerate(HOSTILE):
        plan = begins(
            f"p{k}{text}",
            patient=text,
            made_by=text,
            complaint=text,
            known_symptoms=[text],
            activities=[text],
            note=text,
            cannot=[],
            contact={"clinic": text, "phone": text, "out_of_hours": text, "emergency": text},
            screened=[{"item": "infection", "answer": "yes", "override": {"reason": text, "by": text}}],
        )
        plan.plan["doses"][0] |= {"resistance": text, "exercise": text}
        session = f"2026-11-20.{k}"
        dealt = item(text, name=text, muscle=text, why=text, resistance=text, position=text, rule=text)
        moment = at(k % 9, 9 + k / 30)
        said += [
            (moment, plan),
            (moment, Needled(muscle=text, needled_at=moment, by=text)),
            (moment, CheckedIn(when="before", pain=k % 10, soreness=(Soreness(muscle=text, score=3),), asked=(text,))),
            (moment, SessionOpened(session=session, items=(dealt,))),
            (moment, SetDone(session=session, exercise=text, set=1)),
            (moment, SetSkipped(session=session, exercise=text, set=2, reason="pain")),
            (moment, SessionClosed(session=session, how="stopped", worst=3, note=text)),
            (moment, FlagRaised(code=text[:200], advice=text)),
            (moment, Cleared(code=text[:200], by=text, seen_at=text[:40])),
            (moment, FlagRaised(code=text[:200], advice=text)),
            (moment, Paused(from_="2026-12-24", to="2026-12-24", reason=text)),
            (moment, MissedExplained(day="2026-11-21", barrier=text)),
            (moment, ActivityRated(activity=text, score=5)),
            (moment, Note(text=text)),
            (moment, Amended(amends=13 * k + 14, change={"text": text, text: text}, reason=text)),
        ]  # fmt: skip
    return entries_of(*said, sent(9))


def page_of(entries: list[Entry]) -> bytes:
    course = course_of(entries)
    return render_report(gather_report(course, at(9, 21), entries[-1].h), lines_of(entries))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_nothing_in_a_hostile_log_runs_and_nothing_is_fetched(folder: Path) -> None:
    entries = hostile_log()
    page = page_of(entries)
    (folder / "report.html").write_bytes(page)
    seen = look(folder / "report.html")
    assert seen.title.startswith("Report of")
    assert seen.requests == ()
    assert seen.console == ()
    tags = set(
        re.findall(r"<([a-zA-Z][a-zA-Z0-9-]*)", re.sub(r"<script.*?</script>", "", seen.dom, flags=re.DOTALL))
    )
    assert not tags & {"img", "iframe", "script", "base", "object", "embed", "a", "link", "form"}
    assert len(re.findall(r"<script", seen.dom)) == 1
    assert extract(page, "the report") == lines_of(entries)


def test_every_hostile_text_can_be_read_in_it(folder: Path) -> None:
    page = page_of(hostile_log()).decode()
    shown = page.partition("<script")[0].replace("&#39;", "&#x27;").replace("&#34;", "&quot;")
    for text in HOSTILE:
        assert escape(visible(text)) in shown


@pytest.mark.parametrize("hole", ["no policy", "not escaped"])
def test_the_browser_would_notice(folder: Path, hole: str) -> None:
    page = page_of(entries_of((at(0), begins()), *sat(0), sent(0))).decode()
    evil = "<script>document.title='owned'</script><img src='http://127.0.0.1:9/x.png'>"
    page = page.replace("<main>", f"<main>{evil}")
    if hole == "no policy":
        page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)
    (folder / "evil.html").write_text(page, encoding="utf-8")
    seen = look(folder / "evil.html")
    if hole == "no policy":
        assert seen.title == TOUCHED
        assert seen.requests
    else:
        assert seen.title != TOUCHED, "the policy holds even where escaping would not"
        assert seen.requests == ()
        assert seen.console, "and the browser says so"


def test_an_ordinary_report_opens_without_a_complaint(folder: Path) -> None:
    entries = entries_of((at(0), begins()), rated(0, 4, sore=3), *sat(0), rated(1, 3), *sat(1, 2), sent(1))
    (folder / "report.html").write_bytes(page_of(entries))
    seen = look(folder / "report.html")
    assert seen.console == ()
    assert seen.requests == ()
    assert "<svg" in seen.dom
    assert NEEDLED.strftime("%B") in seen.dom


def test_on_a_phone_nothing_reaches_beyond_the_window(folder: Path) -> None:
    pages = {
        "report": page_of(list(sixty_sessions(folder / "log.jsonl").record.journal.entries())),
        "handout": render_handout(gather_handout(a_plan(), Library()), None),
        "too-wide": b"<table><tr><td style='white-space:nowrap'>" + b"word " * 200 + b"</td></tr></table>",
    }
    widths = {}
    for name, page in pages.items():
        (folder / f"{name}.html").write_bytes(page)
        widths[name] = widest_at(folder / f"{name}.html", 390)
    assert widths["report"] <= 390
    assert widths["handout"] <= 390
    assert widths["too-wide"] > 390
