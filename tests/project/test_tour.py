"""What breaks: a page that leads through rooms that were moved, or shows a walk that the bot no longer takes."""

import asyncio
import re

import pytest

from docs.tour.__main__ import walked
from docs.tour.lines import LINES
from docs.tour.newcomer import PATH
from docs.tour.page import page
from docs.tour.rules import faults
from docs.tour.steps import FOLD, Answer, in_language

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


@pytest.mark.parametrize("language", WALKS)
def test_every_line_of_the_table_is_walked_wherever_it_can_be(language, root):
    text = (root / f"docs/tour.{language}.md").read_text("utf-8")
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    for line in LINES:
        promise = in_language(line.promise, language)
        marks = ["✓" if place in line.places else "—" for place in ("private", "group")]
        assert f"| {promise} | {marks[0]} | {marks[1]} |" in text
        assert headings.count(promise) == 1


@pytest.mark.parametrize("language", WALKS)
def test_the_page_counts_few_taps_for_what_a_newcomer_comes_for(language, root):
    text = (root / f"docs/tour.{language}.md").read_text("utf-8")
    rows = re.findall(r"^\| .+ \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    assert [(int(taps), int(typed)) for taps, typed in rows] == [(task.taps, task.messages) for task in PATH]
    assert all(1 <= task.taps + task.messages <= 4 for task in PATH)


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        (Answer("ER: 3,1 %"), None),
        (Answer("а" * 501), "501 units shown at once"),
        (Answer("а" * 501, [{"type": FOLD, "offset": 100, "length": 401}]), None),
        (Answer("а" * 201, notice=True), "201 of 200 units"),
        (Answer("Часы: Europe/Moscow."), "a zone's name: 'Europe/Moscow'"),
        (Answer("Взял er_by_views."), "an identifier: 'er_by_views'"),
        (Answer("Пришлите @my_channel или t.me/my_channel."), None),
        (Answer("Всего {n} постов."), "a parameter in braces: '{n}'"),
        (Answer("ER: None"), "a value without words: 'None'"),
        (Answer("None of the slots differs."), None),
        (Answer("I am no admin of your channel."), "no native writes 'am no admin'"),
        (Answer("Да", labels=["Показать все каналы, которые я знаю здесь"]), "a button of 41 letters"),
    ],
)
def test_the_walk_refuses_an_answer_that_nobody_should_read(answer, wrong):
    found = list(faults(answer))
    assert found == [] if wrong is None else found[0].startswith(wrong)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("language", WALKS)
def test_the_walk_taken_again_writes_the_same_page(language, root):
    walk = asyncio.run(walked(language))
    assert walk.wrong == []
    assert page(language, walk.steps) == (root / f"docs/tour.{language}.md").read_text("utf-8")
