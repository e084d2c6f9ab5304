from __future__ import annotations

import re
from datetime import datetime
from html.parser import HTMLParser

import pytest

from reloadpt.journal.entries import Entry
from reloadpt.journal.events import Amended, FlagRaised, Note, SetDone
from reloadpt.measures.course import course_of
from reloadpt.share.embedded import CLOSING, OPENING, embed, extract
from reloadpt.share.page import gather_report
from reloadpt.share.report import render_report
from sample_logs import (
    BIRD_DOG,
    Said,
    at,
    begins,
    entries_of,
    filled_in,
    item,
    lines_of,
    rated,
    sat,
    sent,
)


class Text(HTMLParser):
    """The words of a page, without its style and the log in it, and the tags that were left open."""

    NO_END = frozenset({"meta", "br", "line", "path", "circle", "rect"})

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in self.NO_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.NO_END:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.words).split())


def report(*said: Said, moment: datetime | None = None) -> tuple[bytes, list[Entry]]:
    entries = entries_of((at(0), begins()), *said)
    page = gather_report(course_of(entries), moment or entries[-1].at, entries[-1].h)
    return render_report(page, lines_of(entries)), entries


FEW: list[Said] = [
    rated(0, 4, sore=4),
    *sat(0),
    rated(1, 3, sore=2),
    *sat(1, 2),
    rated(2, 2),
    *sat(2),
    sent(2),
]


def test_the_journal_stands_in_it_once_and_byte_for_byte() -> None:
    page, entries = report(*FEW)
    assert page.count(OPENING) == 1
    assert page.count(b'reloadpt-log">') == 1
    assert page[page.index(OPENING) + len(OPENING) :].startswith(b'{"n":0,')
    assert extract(page, "the report") == lines_of(entries)


def test_it_is_one_well_formed_file_that_asks_for_nothing() -> None:
    page, _ = report(*FEW)
    text = Text(page)
    assert text.open == []
    assert page.startswith(b"<!DOCTYPE html>")
    head = page.partition(b"<style>")[0]
    assert b"default-src &#39;none&#39;; style-src &#39;sha256-" in head
    shown = re.sub(rb"<script.*?</script>", b"", page, flags=re.DOTALL)
    for word in (b"http://", b"https://", b"src=", b"href=", b"url(", b"@import", b"onload", b" style="):
        assert word not in shown


def test_a_person_learns_from_it_what_happened() -> None:
    said = Text(report(*FEW)[0]).said
    for words in (
        "A-17",
        "Plan made by the clinic",
        "10 of 12",
        "4 → 2",
        "2 less than at the start, a change worth having",
        "No rule has fired.",
        "Pain: 4 on 20 November, 2 on 22 November, highest 4 on 20 November. Needled on 20 November.",
        "timed by the coach: 10",
        "no reason given 2",
        "Multifidus",
        "wake",
    ):
        assert words in said, words


def test_a_plan_made_alone_says_so_and_what_was_not_asked_is_unanswered() -> None:
    entries = entries_of((at(0), begins(made_by=None)), *FEW)
    page = gather_report(course_of(entries), entries[-1].at, entries[-1].h)
    said = Text(render_report(page, lines_of(entries))).said
    assert "A plan the patient made alone, without a therapist" in said
    assert "Pacemaker unanswered" in said


def test_alerts_stand_first_with_their_entries() -> None:
    said = Text(report(*FEW, (at(2, 21), FlagRaised(code="SI")))[0]).said
    assert "Today Warning sign SI on 22 November 21:00, not cleared: Redness that spreads" in said
    assert "entry 22" in said
    assert said.index("Warning sign SI") < said.index("Planned and done")


def test_corrections_notes_and_their_reasons_are_shown() -> None:
    said = Text(
        report(
            *FEW,
            (at(2, 21), Note(text="the left side feels looser")),
            (at(2, 21), Amended(amends=2, change={"pain": 5}, reason="wrong key")),
            (at(2, 21), Amended(amends=4, change=None, reason="went back")),
        )[0]
    ).said
    assert "the left side feels looser" in said
    assert "2, checked in pain 4, soreness multifidus 4 pain 5, soreness multifidus 4 wrong key" in said
    assert "Values changed 1, entries taken back 0, sets taken back at once during a session 1." in said
    assert "taken back went back" in said


def test_a_dose_that_changed_is_shown_with_why() -> None:
    more = item(sets=5, why="Two good days: one set more.")
    said = Text(report(*sat(0), *sat(1, None, more), sent(1))[0]).said
    assert "multifidus/bird-dog 4×8 5×8 Two good days: one set more." in said


def test_what_was_filled_in_later_is_told_apart() -> None:
    back = SetDone(session="x", exercise=BIRD_DOG, set=1, source="back_filled", for_day="2026-11-20")
    said = Text(report(*sat(0, 3), (at(1), back), sent(1))[0]).said
    assert "timed by the coach: 3 filled in later: 1" in said


def test_what_was_filled_in_later_stands_with_its_name_on_the_day_that_it_is_of() -> None:
    log: list[Said] = [(at(0), begins()), *sat(0), *filled_in(3, "multifidus/bridge", 2), sent(5)]
    page = gather_report(course_of(entries_of(*log)), at(5), "")
    told = page.sessions[0]
    assert (told.filled_in_for, told.at.date()) == (at(3).date(), at(4).date())
    assert [(line.name, line.done, line.planned) for line in told.lines] == [("Bridge", 2, 0)]


def test_the_head_of_the_chain_and_what_it_does_not_prove_stand_at_the_foot() -> None:
    page, entries = report(*FEW)
    said = Text(page).said
    assert f"{len(entries)} entries" in said
    assert entries[-1].h in said
    assert "nor that an exercise was done" in said


def test_words_that_frighten_a_patient_are_not_in_it() -> None:
    page = report(*FEW, (at(2, 21), FlagRaised(code="SI")))[0]
    said = Text(page).said.lower()
    for word in ("red", "amber", "fail", "failed"):
        assert not re.search(rf"\b{word}\b", said)


def test_a_log_with_nothing_in_it_is_still_a_report() -> None:
    entries = entries_of(sent(0))
    page = gather_report(course_of(entries), entries[-1].at, entries[-1].h)
    assert Text(render_report(page, lines_of(entries))).open == []


def test_every_chart_says_in_words_what_it_draws() -> None:
    page = report(*FEW)[0].decode()
    charts = re.findall(r"<svg[^>]*role=\"img\"[^>]*>", page)
    assert charts
    assert all("aria-labelledby" in chart or "aria-label" in chart for chart in charts)
    assert page.count("<desc") == 2


@pytest.mark.parametrize("lines", [b"", b'{"n":0}\n', b"x" * 10])
def test_what_is_put_in_comes_out(lines: bytes) -> None:
    assert extract(b"<p>" + embed(lines) + b"</p>", "x") == lines
    assert embed(lines).endswith(CLOSING)
