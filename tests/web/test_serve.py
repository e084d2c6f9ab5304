"""``reloadpt serve`` as a process: whom it refuses, how much it bounds, what it leaves behind."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import aiohttp
import pytest

from program_runs import environment, home_in_use, reloadpt
from reloadpt.web.server import BACKLOG, MOST_CONNECTIONS, MOST_WINDOWS, PARTS
from serving_runs import Serving, is_running, serving
from waiting import until


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_in_use(tmp_path / "home")


def address(served: Serving, secret: str | None = None, part: str = "") -> str:
    return f"http://127.0.0.1:{served.port}/{served.secret if secret is None else secret}/{part}"


def own(served: Serving) -> dict[str, str]:
    return {"Origin": f"http://127.0.0.1:{served.port}"}


async def status(url: str, headers: dict[str, str]) -> int:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status


async def socket_status(url: str, headers: dict[str, str]) -> int:
    """101 where a socket opens, else how it is refused."""
    try:
        async with aiohttp.ClientSession() as session, session.ws_connect(url, headers=headers):
            return 101
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status


async def test_page_socket_and_files_are_refused_to_all_but_their_own_page(home: Path) -> None:
    with serving(home) as served:
        evil = f"evil.example:{served.port}"
        for part in ("", "textual.js", "mono.ttf"):
            assert await status(address(served, part=part), {}) == 200
            assert await status(address(served, "wrong", part), {}) == 404
            assert await status(address(served, part=part), {"Host": evil}) == 403
            assert await status(address(served, part=part), {"Origin": "http://evil.example"}) == 403
        good = address(served, part="ws")
        assert await socket_status(good, {}) == 403
        assert await socket_status(good, {"Origin": "null"}) == 403
        assert await socket_status(good, {"Origin": f"http://{evil}", "Host": evil}) == 403
        assert await socket_status(address(served, "wrong", "ws"), own(served)) == 404
        assert await socket_status(address(served, part="ws/"), own(served)) == 404
        assert served.apps() == [], "nothing was started for any of them"
        assert await socket_status(good, own(served)) == 101


async def test_the_page_may_do_nothing_but_what_it_needs(home: Path) -> None:
    with serving(home) as served:
        async with aiohttp.ClientSession() as session, session.get(served.url) as answer:
            page = await answer.text()
            policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    for part in PARTS:
        assert part in page or part == "mono.ttf"
    assert "//" not in page.replace("ws://127.0.0.1", "")


def test_it_listens_on_this_machine_only(home: Path) -> None:
    with serving(home) as served:
        listening = Path(f"/proc/{served.child.pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        ours = [line.split()[1] for line in listening if line.split()[1].endswith(f":{served.port:04X}")]
        assert ours
        assert {each.partition(":")[0] for each in ours} == {"0100007F"}


async def test_no_more_windows_than_are_bounded_and_a_closed_one_makes_room(home: Path) -> None:
    with serving(home) as served:
        url = address(served, part="ws")
        async with aiohttp.ClientSession(headers=own(served)) as session:
            open_now = [await session.ws_connect(url) for _ in range(MOST_WINDOWS)]
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(url)
            assert refused.value.status == 503
            assert await status(served.url, {}) == 503
            await open_now[0].close()
            while await status(served.url, {}) != 200:
                await asyncio.sleep(0.1)
            for each in open_now:
                await each.close()


async def test_what_is_no_message_of_the_page_does_no_harm(home: Path) -> None:
    with serving(home) as served:
        url = address(served, part="ws?width=99999999999&height=-3")
        async with aiohttp.ClientSession(headers=own(served)) as session:
            page = await session.ws_connect(url)
            for hostile in ("", "null", "[" * 9000, "[]", '["stdin"]', '["stdin", 5]', '["stdin", "\\ud800"]',
                            '["resize", {"width": 1e9}]', '["resize", {"width": 999999999, "height": 999999999}]',
                            '["resize", {"width": 0, "height": 0}]', '["meta", {"type": "exit"}]', '{"a": 1}'):  # fmt: skip
                await page.send_str(hostile)
            await page.send_bytes(b"\xff" * 1000)
            await page.send_str(json.dumps(["ping", 7]))
            async for message in page:
                if message.type is aiohttp.WSMsgType.TEXT and message.json() == ["pong", 7]:
                    break
            assert len(served.apps()) == 1
            await page.send_str("x" * 200_000)
            async for message in page:
                assert message.type is aiohttp.WSMsgType.BINARY
            assert page.close_code == 1009, "a message that is too large ends the window"
        assert await status(served.url, {}) == 200


def test_connections_are_bounded(home: Path) -> None:
    with serving(home) as served:
        taken = []
        try:
            for _ in range(MOST_CONNECTIONS + 3 * BACKLOG):
                each = socket.create_connection(("127.0.0.1", served.port))
                taken.append(each)
            assert taken[-1].recv(1) == b"", "the last one is closed at once"
            held = sum(
                "socket" in str(each.readlink()) for each in Path(f"/proc/{served.child.pid}/fd").iterdir()
            )
            assert held < MOST_CONNECTIONS + 2 * BACKLOG
        finally:
            for each in taken:
                each.close()


def test_connections_that_do_not_know_the_address_are_dropped_in_seconds(home: Path) -> None:
    with serving(home) as served, ExitStack() as stack:
        ask = f"GET /{served.secret}/page.css HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode()
        said = (ask, b"", b"GET / HT", b"GET /other/ HTTP/1.1\r\nHost: x\r\n\r\n")
        known, *strangers = [
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in said
        ]
        for connection, words in zip((known, *strangers), said, strict=True):
            connection.sendall(words)
        for stranger in strangers:
            while stranger.recv(1 << 16):
                pass
        known.recv(1 << 16)
        known.sendall(ask)
        assert known.recv(1 << 16), "who knows the address is not dropped"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_cleanly_and_every_app_with_it(home: Path, number: int) -> None:
    with serving(home) as served:
        async with aiohttp.ClientSession(headers=own(served)) as session:
            page = await session.ws_connect(address(served, part="ws"))
            await page.receive()
            (app,) = served.apps()
            code, said = await asyncio.to_thread(served.end, number)
            await page.close()
        assert code == 0
        assert said == "Open this address in a browser on this machine. Ctrl-C ends it.\n"
        assert not is_running(app)


async def test_an_app_whose_server_is_killed_ends_too(home: Path) -> None:
    with serving(home) as served:
        async with aiohttp.ClientSession(headers=own(served)) as session:
            page = await session.ws_connect(address(served, part="ws"))
            await page.receive()
            (app,) = served.apps()
            served.child.kill()
            await page.close()
        await asyncio.to_thread(until, lambda: not is_running(app), "the end of the app")


def test_the_app_works_on_the_same_home(home: Path) -> None:
    with serving(home) as served:

        async def first_frame() -> bytes:
            shown = b""
            async with (
                aiohttp.ClientSession(headers=own(served)) as session,
                session.ws_connect(address(served, part="ws")) as page,
            ):
                async for message in page:
                    shown += message.data if isinstance(message.data, bytes) else b""
                    if b"after the needle" in shown:
                        break
            return shown

        assert b"after the needle" in asyncio.run(first_frame()), "the plan in use there"


def test_a_port_that_is_taken_is_said_in_a_sentence(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = reloadpt(home, "serve", "--port", str(port))
    assert done.code == 1
    assert (
        done.err
        == f"Port {port} cannot be used (address already in use). Without --port a free one is found.\n"
    )
    assert done.out == ""


def test_without_the_extra_it_says_how_to_install_it(home: Path) -> None:
    script = (
        "import sys\n"
        "for name in ('aiohttp', 'textual_serve'):\n    sys.modules[name] = None\n"
        "sys.argv = ['reloadpt', 'serve']\n"
        "from reloadpt.__main__ import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "pip install 'reloadpt[web]'" in done.stderr
    assert done.stderr.count("\n") == 1
