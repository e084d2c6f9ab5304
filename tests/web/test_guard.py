"""Who is refused: by the name in Host, by Origin, and without the secret, on the page and on the socket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reloadpt.web.guard import NOT_HERE, WRONG_HOST, WRONG_ORIGIN, Address

HERE = Address(8123, "Zq3-secret")
HOST, ORIGIN = "127.0.0.1:8123", "http://127.0.0.1:8123"
PATH = "/Zq3-secret/ws"


def says(
    path: str = PATH, host: str | None = HOST, origin: str | None = ORIGIN, *, socket: bool = True
) -> str:
    headers = {"Host": host, "Origin": origin}
    given = {name: value for name, value in headers.items() if value is not None}
    refused = HERE.refusal(path, given, socket=socket)
    return refused.says if refused else ""


def test_its_own_page_is_answered_by_either_name_of_this_machine() -> None:
    assert says() == ""
    assert says(host="localhost:8123", origin="http://localhost:8123") == ""
    assert says("/Zq3-secret/", origin=None, socket=False) == ""
    assert says(HERE.url.removeprefix(ORIGIN), socket=False) == ""


@pytest.mark.parametrize("socket", [True, False])
@pytest.mark.parametrize(
    "host", [None, "", "evil.example", "evil.example:8123", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8123.evil.example",
             "127.0.0.1.evil.example:8123", "0.0.0.0:8123", "[::1]:8123", "localhost.:8123", "evil@127.0.0.1:8123"],
)  # fmt: skip
def test_another_name_of_this_machine_is_refused(host: str | None, *, socket: bool) -> None:
    assert says(host=host, origin=f"http://{host}", socket=socket) == WRONG_HOST


@pytest.mark.parametrize("socket", [True, False])
@pytest.mark.parametrize(
    "origin", ["", "null", "http://evil.example", "https://127.0.0.1:8123", "http://127.0.0.1:8124", "http://127.0.0.1",
               "http://127.0.0.1:8123/", "http://127.0.0.1:8123.evil.example", "http://localhost:8123", "file://"],
)  # fmt: skip
def test_a_page_from_elsewhere_is_refused(origin: str, *, socket: bool) -> None:
    assert says(origin=origin, socket=socket) == WRONG_ORIGIN


def test_a_socket_without_an_origin_is_refused_since_no_page_opened_it() -> None:
    assert says(origin=None) == WRONG_ORIGIN


@given(st.text(max_size=60))
def test_only_the_secret_opens(path: str) -> None:
    first = path.removeprefix("/").partition("/")[0]
    assert says(path) == ("" if first == HERE.secret else NOT_HERE)


@pytest.mark.parametrize(
    "path", ["/", "//Zq3-secret/", "/Zq3-secre/", "/zq3-secret/ws", "/x/../Zq3-secret/", "/Zq3-secret%2f"]
)
def test_what_is_near_the_secret_does_not_open(path: str) -> None:
    assert says(path) == NOT_HERE
