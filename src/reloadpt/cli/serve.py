"""``reloadpt serve``: the app in a browser, on this machine only."""

from __future__ import annotations

import sys

import click

from reloadpt.files import Trouble
from reloadpt.opening import own_command


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0,
              help="A port of your choice; else a free one.")  # fmt: skip
def serve(port: int) -> None:
    """Open the app in a browser, on this machine only. Ctrl-C ends it.

    The address is written to stdout. It holds a secret, another at each start: whoever has it can see and
    write what you can.
    """
    try:
        from reloadpt.web.server import serve_app
    except ModuleNotFoundError as missing:
        raise Trouble(
            f"The browser needs parts that are not installed (no {missing.name}). "
            "Install them with: pip install 'reloadpt[web]'"
        ) from None

    def said(url: str) -> None:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        click.echo("Open this address in a browser on this machine. Ctrl-C ends it.", err=True)

    serve_app(own_command(), port, said)
