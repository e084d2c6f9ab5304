"""A session in a real browser, by keys and by mouse; and nothing is asked of anyone but this machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reloadpt.care.record import Record
from reloadpt.journal.events import CheckedIn, ExerciseRated, SessionClosed, SetDone
from serving_runs import CHROMIUM, Seen, browser, serving
from terminal_runs import home_with_quick_sets
from waiting import until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_with_quick_sets(tmp_path / "home", hold_s=2)


def events(home: Path, *kinds: type) -> list[object]:
    record = Record.open(home / "journal.jsonl", datetime.now(UTC).astimezone())
    return [entry.event for entry in record.journal.entries() if isinstance(entry.event, kinds)]


def asked_only_here(seen: Seen, port: int) -> None:
    assert seen.requests
    for url in seen.requests:
        assert url.startswith((f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}/", "data:")), url
    assert seen.complaints == []


TREMBLES_S = 0.35
"""After so long the same key is no tremor."""


def answer(seen: Seen, shown: str) -> None:
    """Answer what stands on the page, by keys."""
    if shown == "How are you?":
        seen.press("1")
    seen.press("n" if shown == "None of these" else "Space")
    time.sleep(TREMBLES_S)


CARD_S = 0.4
"""A card takes no Space at once."""


def read_cards_until(seen: Seen, text: str) -> None:
    """Be ready at each card, until ``text`` stands there."""
    while seen.until(text, "After Space you have") != text:
        time.sleep(CARD_S)
        seen.press("Space")


def test_a_whole_session_is_done_by_keys(home: Path) -> None:
    with serving(home, fast=True) as served, browser() as seen:
        seen.open(served.url)
        seen.until("Space begins")
        seen.press("Space")
        while (shown := seen.until("How are you?", "None of these", "Read on", "sets saved")) != "sets saved":
            answer(seen, shown)
        read_cards_until(seen, "Is this what you did?")
        seen.press("y")
        seen.until("How did it feel?")
        while seen.until("How did it feel?", "Well done") != "Well done":
            seen.press("2")
            seen.press("Space")
        seen.press("Space")
        seen.until("Step ")
        seen.page.keyboard.press("q")
        seen.page.wait_for_selector("body.-closed")
        assert seen.page.locator("#again").is_visible()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_selector("body.-first-byte")
        asked_only_here(seen, served.port)
    assert len(events(home, SetDone)) == 30
    (closed,) = events(home, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "finished"
    assert len(events(home, CheckedIn)) == 1


def test_a_session_is_done_by_mouse(home: Path) -> None:
    with serving(home, fast=True) as served, browser() as seen:
        seen.open(served.url)
        seen.click("Begin")
        while (shown := seen.until("How are you?", "None of these", "Read on", "sets saved")) != "sets saved":
            if shown == "How are you?":
                seen.click(" 1 ")
                seen.click("Send" if any("Send" in line for line in seen.lines) else "Next")
                time.sleep(TREMBLES_S)
            else:
                seen.click(shown)
        seen.until("I am ready")
        time.sleep(CARD_S)
        seen.click("I am ready")
        seen.until("1 of 30 sets saved", "2 of 30 sets saved", "3 of 30 sets saved")
        seen.click("X Stop")
        seen.until("Is this what you did?")
        seen.click("Yes")
        seen.until("How did it feel?")
        while seen.until("How did it feel?", "Back to Today") == "How did it feel?":
            seen.click(" 2 ")
            seen.click("Send" if any("Send" in line for line in seen.lines) else "Next")
        seen.click("Back to Today")
        seen.until("Step ")
        asked_only_here(seen, served.port)
    assert events(home, SetDone)
    assert events(home, ExerciseRated)
    (closed,) = events(home, SessionClosed)
    assert isinstance(closed, SessionClosed)
    assert closed.how == "stopped"


def test_a_page_that_is_closed_during_a_session_loses_no_set(home: Path) -> None:
    with serving(home, fast=True) as served:
        with browser() as seen:
            seen.open(served.url)
            seen.until("Space begins")
            seen.press("Space")
            while (
                shown := seen.until("How are you?", "None of these", "Read on", "sets saved")
            ) != "sets saved":
                answer(seen, shown)
            seen.until("After Space you have")
            time.sleep(CARD_S)
            seen.press("Space")
            seen.until("1 of 30 sets saved", "2 of 30 sets saved", "3 of 30 sets saved")
        until(lambda: not served.apps(), "the end of the app")
        before = len(events(home, SetDone))
        assert before
        with browser() as seen:
            seen.open(served.url)
            seen.until(f"{before} of 30 sets are saved")


def test_a_page_of_another_site_cannot_open_the_socket_nor_read_the_page(home: Path) -> None:
    with serving(home) as served, browser() as seen:
        seen.page.route("http://evil.example/", lambda route: route.fulfill(body="<title>evil</title>"))
        seen.page.goto("http://evil.example/")
        answer = seen.page.evaluate(
            """async (url) => {
              const socket = new WebSocket(url.replace("http", "ws") + "ws");
              const opened = new Promise((resolve) => {
                socket.onopen = () => resolve("opened");
                socket.onerror = () => resolve("refused");
              });
              const read = fetch(url).then((page) => page.text()).catch(() => "refused");
              return [await opened, await read];
            }""",
            served.url,
        )
        assert answer == ["refused", "refused"]
        assert served.apps() == []
        seen.page.set_content(f'<iframe src="{served.url}"></iframe>')
        seen.page.wait_for_timeout(500)
        assert served.apps() == [], "no page of another's can hold ours in a frame"
        seen.open(served.url)
        until(served.apps, "our own page opens it")
