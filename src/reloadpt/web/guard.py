"""Who may speak to the server: a browser on this machine, at the address that was given out, and no page of another's.

Any page that is open in a browser can send requests to a port of the same machine, and can make its own name mean
this machine. The name in ``Host`` tells the second, ``Origin`` the first; the secret is what neither can know.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

NAMES = ("127.0.0.1", "localhost")
WRONG_HOST = "This server answers on this machine only, at the address that it gave out."
WRONG_ORIGIN = "This server answers only to its own page."
NOT_HERE = "This is not the address that the server gave out. It is another at each start."


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered: a status of HTTP, and a sentence."""

    status: int
    says: str


@dataclass(frozen=True)
class Address:
    """Where the server is, and the secret that its address holds."""

    port: int
    secret: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser that was given the address names as ``Host``."""
        return tuple(f"{name}:{self.port}" for name in NAMES)

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{self.hosts[0]}/{self.secret}/"

    def refusal(self, path: str, headers: Mapping[str, str], *, socket: bool) -> Refusal | None:
        """Why this request must not be answered, or None. A socket is opened by a page, so it has an origin."""
        host, origin = headers.get("Host", ""), headers.get("Origin")
        if host not in self.hosts:
            return Refusal(403, WRONG_HOST)
        if origin != f"http://{host}" and (socket or origin is not None):
            return Refusal(403, WRONG_ORIGIN)
        first = path.removeprefix("/").partition("/")[0]
        if not hmac.compare_digest(first.encode(), self.secret.encode()):
            return Refusal(404, NOT_HERE)
        return None
