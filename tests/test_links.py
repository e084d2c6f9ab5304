"""The links of the pages at the top lead somewhere; those within docs/ are checked where docs/ is made a site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"(?:\]\(|src=\")([^)\"#\s]+)")


def lost_links(page: Path, text: str) -> list[str]:
    """The relative links of ``text`` that lead to nothing, from where ``page`` stands."""
    targets = [target for target in LINK.findall(text) if ":" not in target]
    return [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")), ids=lambda page: page.name)
def test_the_pages_at_the_top_lead_somewhere(page: Path) -> None:
    assert lost_links(page, page.read_text(encoding="utf-8")) == []


def test_a_link_to_nothing_is_found_and_one_to_the_web_left_alone() -> None:
    text = '[a](docs/gone.md) [b](https://example.org) [c](docs/plan.md#x) <img src="docs/pictures/none.png">'
    assert lost_links(ROOT / "README.md", text) == ["docs/gone.md", "docs/pictures/none.png"]


def test_every_page_of_docs_is_in_the_site() -> None:
    site = (ROOT / "packaging" / "site.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w-]+\.md", site))
    assert named == {page.name for page in (ROOT / "docs").glob("*.md")}
