"""What breaks: a page that leads through rooms that were moved."""

import re

import pytest

PAGES = ("docs/tour.md", "docs/glossary.md", "docs/development.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_of_the_page_is_there(page, root):
    named = re.findall(
        r"`((?:bot|storage|metrics|tests|docs|benchmarks)/[\w./]*)`", (root / page).read_text("utf-8")
    )
    assert len(named) > 10
    assert [path for path in named if not (root / path).exists()] == []
