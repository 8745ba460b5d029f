"""Every code the importer can speak is listed, every listed code is spoken, and both languages have its sentence."""

import ast
from pathlib import Path

import pytest

from bot.core.locales import LANGUAGES, translator
from metrics.posts import COUNTERS, FORMATS, PLATFORMS
from storage.files.formats.registry import FORMATS as REGISTRY
from storage.files.formats.registry import READ
from storage.files.tables.columns import MEANINGS, meaning_of
from storage.files.tables.facts import FORMAT_WORDS
from storage.files.upload import codes

FOLDER = Path(codes.__file__).parent.parent


def spoken(method: str) -> set[str]:
    """First arguments written out in calls of `method`."""
    found = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == method:
                found |= {
                    c.value
                    for c in ast.walk(node.args[0])
                    if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
    return found


def test_refusals_are_the_listed_ones():
    by_table = {f"file.{entry.code}" for entry in REGISTRY if entry not in READ}
    raised = {
        code
        for code in spoken("DomainError")
        if code.count(".") == 1 and code.startswith("file.") and code != "file."
    }
    assert raised | by_table == set(codes.REFUSALS)


def test_warnings_are_the_listed_ones():
    assert spoken("warn") & set(codes.WARNINGS) == set(codes.WARNINGS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_sentence(language):
    t = translator(language)
    keys = [
        *(f"error.{code}" for code in codes.REFUSALS),
        *(f"files.skipped.{code}" for code in codes.SKIPPED),
        *(f"files.warning.{code}" for code in codes.WARNINGS),
        *(f"files.aside.{why}" for why in codes.ASIDE),
        *(f"files.meaning.{meaning}" for meaning in (*MEANINGS, "network")),
        *(f"files.format.{entry.code}" for entry in READ),
        *(f"files.why.{entry.code}" for entry in READ),
        *(f"field.{name}" for name in (*COUNTERS, "subscribers")),
    ]
    assert [key for key in keys if not t.has(key)] == []


def test_formats_have_one_name_each():
    names = [entry.code for entry in REGISTRY]
    assert len(names) == len(set(names))


def test_a_title_means_one_thing():
    names = [name for known in MEANINGS.values() for name in known]
    assert {name for name in names if names.count(name) > 1} == set()
    assert meaning_of("Просмотры") == "views"


def test_words_for_kinds_are_ours():
    assert set(FORMAT_WORDS.values()) <= set(FORMATS)
    assert "telegram" in PLATFORMS
