"""What breaks: a page that leads through rooms that were moved, or shows a walk that the bot no longer takes."""

import asyncio
import inspect
import re

import pytest

from bot.telegram.commands import COMMANDS
from docs.tour import walk
from docs.tour.__main__ import recorded
from docs.tour.page import page
from docs.tour.prose import PROSE
from docs.tour.walk import TASKS

PAGES = ("docs/tour.md", "docs/glossary.md", "docs/development.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_of_the_page_is_there(page, root):
    named = re.findall(
        r"`((?:bot|storage|metrics|tests|docs|benchmarks)/[\w./]*)`", (root / page).read_text("utf-8")
    )
    assert len(named) > 10
    assert [path for path in named if not (root / path).exists()] == []


MOST_BYTES = 3_000_000
WALKS = ("ru", "en")


@pytest.mark.parametrize("language", WALKS)
def test_the_walks_page_shows_pictures_that_are_there_and_every_one_of_them(language, root):
    text = (root / f"docs/tour.{language}.md").read_text("utf-8")
    shown = re.findall(r"!\[\w+\]\((tour/pictures/[\w-]+\.png)\)", text)
    assert len(shown) > 6
    assert sorted(shown) == sorted(
        f"tour/pictures/{one.name}" for one in (root / "docs/tour/pictures").glob(f"{language}-*.png")
    )
    assert sum(one.stat().st_size for one in (root / "docs/tour").rglob("*.png")) < MOST_BYTES


def test_the_walk_uses_commands_that_there_are_and_every_step_has_its_words(root):
    source = inspect.getsource(walk)
    used = set(re.findall(r"""["']/([a-z]+)""", source))
    assert len(used) > 5
    assert used <= {*COMMANDS, "start"}
    steps = set(re.findall(r'begin\("(\w+)"', source)) | set(
        re.findall(r'^        \("(\w+)", f?"', source, re.MULTILINE)
    )
    told = {f"task.{task}" for task in TASKS} | {"title", "intro", "counts", "counts.head"}
    for language in WALKS:
        assert set(PROSE[language]) == steps | told
        text = (root / f"docs/tour.{language}.md").read_text("utf-8")
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert set(headings) == {PROSE[language][step].partition("\n")[0] for step in steps}


@pytest.mark.parametrize("language", WALKS)
def test_the_page_counts_few_taps_for_what_a_newcomer_comes_for(language, root):
    text = (root / f"docs/tour.{language}.md").read_text("utf-8")
    rows = re.findall(r"^\| .+ \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    assert len(rows) == len(TASKS)
    assert all(1 <= int(taps) + int(typed) <= 4 for taps, typed in rows)


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", WALKS)
def test_the_walk_taken_again_writes_the_same_page(language, root):
    assert page(language, PROSE[language], asyncio.run(recorded(language))) == (
        root / f"docs/tour.{language}.md"
    ).read_text("utf-8")
