"""``reloadpt learn``: the pages to read, as plain text."""

from __future__ import annotations

import textwrap

import click

from reloadpt.files import Trouble, clip, one_of
from reloadpt.learn.pages import Block, learn_pages, sources

COLUMNS = 78


@click.command()
@click.argument("page", required=False)
def learn(page: str | None) -> None:
    """Read about needling and the days after; without PAGE, list the pages."""
    pages = {page.name: page for page in learn_pages()}
    if page is None:
        for name, learn_page in pages.items():
            click.echo(f"{name:<14} {learn_page.title}")
        return
    if page not in pages:
        raise Trouble(f"There is no page {clip(page)}. Write {one_of(pages)}.")
    shown = pages[page]
    numbers = {mark: number for number, mark in enumerate(shown.marks, start=1)}
    for block in shown.blocks:
        click.echo(_plain(block, numbers))
    click.echo("\nWhere this comes from")
    for mark, number in numbers.items():
        click.echo(f"[{number}] {sources()[mark]}")


def _plain(block: Block, numbers: dict[str, int]) -> str:
    said = " ".join(
        f"{text} [{', '.join(str(numbers[mark]) for mark in marks)}]" if marks else text
        for text, marks in block.pieces
    )
    match block.kind:
        case "title":
            return said
        case "heading":
            return f"\n{said}"
        case "point":
            return textwrap.fill(said, COLUMNS, initial_indent="- ", subsequent_indent="  ")
        case "paragraph":
            return "\n" + textwrap.fill(said, COLUMNS)
