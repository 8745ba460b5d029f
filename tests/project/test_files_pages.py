"""The pages an owner reads name every format there is and every sentence a file can be refused with."""

import re

import pytest

from bot.core.locales import translator
from storage.files.formats.registry import READ
from storage.files.upload import codes, limits

PAGES = {"en": "docs/files.md", "ru": "docs/files.ru.md"}
# As the pages fill in what a sentence leaves open.
PARAMS = {
    "found": "…", "line": 12, "column": "date", "example": "03/11/2024", "max_megabytes": limits.MAX_MEGABYTES, "max_members": limits.MAX_MEMBERS,
    "max_rows": limits.MAX_ROWS, "max_columns": limits.MAX_COLUMNS, "max_chars": limits.MAX_CELL_CHARS,
    "max_cells": limits.MAX_CELLS, "max_channels": limits.MAX_CHANNELS,
}  # fmt: skip


@pytest.fixture(params=PAGES)
def language(request):
    return request.param


@pytest.fixture
def page(root, language):
    return (root / PAGES[language]).read_text("utf-8")


def test_every_format_is_in_the_page_and_no_other(page):
    cells = [
        line.split("|")[1] for line in page.splitlines() if line.startswith("| ") and "`file." not in line
    ]
    own_table = next(line for line in page.splitlines() if line.startswith("`generic_"))
    named = re.findall(r"`([a-z_]+)`", " ".join([*cells, own_table.partition(":")[0]]))
    assert sorted(named) == sorted(entry.code for entry in READ)


def test_every_refusal_stands_in_the_page_as_it_is_said(page, language):
    t = translator(language)
    promised = [f"| `{code}` | {t.plain(f'error.{code}', **PARAMS)} |" for code in codes.REFUSALS]
    assert [line for line in page.splitlines() if line.startswith("| `file.")] == promised
