"""The code and the catalogues agree: what is said exists, with the parameters it needs, and nothing stands unused."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

WAYS = {"plain", "plural"}


@dataclass(frozen=True)
class Said:
    """One call with the code written out: `t("er.no_posts", n=3)`, `DomainError("channel.none")`."""

    at: str
    code: str
    way: str  # "" for t(...), "plain", "plural", "error"
    given: frozenset[str]
    open_ended: bool  # **params: what is given is not known here

    def lacks(self, names: frozenset[str]) -> frozenset[str]:
        return frozenset() if self.open_ended else names - self.given


def _is_translator(node: ast.expr) -> bool:
    """`t`, `something.t`, `translator(...)`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "translator"
    return (isinstance(node, ast.Name) and node.id == "t") or (
        isinstance(node, ast.Attribute) and node.attr == "t"
    )


def _way(called: ast.expr) -> str | None:
    if isinstance(called, ast.Name) and called.id == "DomainError":
        return "error"
    if _is_translator(called):
        return ""
    if isinstance(called, ast.Attribute) and called.attr in WAYS and _is_translator(called.value):
        return called.attr
    return None


def _codes(node: ast.expr) -> Iterator[str]:
    """The codes an argument can be, as far as they are written out: a literal, or either side of an `if`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)


def _said_in(path: Path, at: str) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or (way := _way(node.func)) is None:
            continue
        given = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
        given |= {"n"} if way == "plural" else set()
        open_ended = any(keyword.arg is None for keyword in node.keywords)
        for code in _codes(node.args[0]):
            yield Said(f"{at}:{node.lineno}", code, way, given, open_ended)


@pytest.fixture(scope="module")
def said(room_files, root) -> list[Said]:
    return [one for path in room_files for one in _said_in(path, str(path.relative_to(root)))]


def test_what_is_said_stands_in_the_catalogues(said, catalogues):
    unknown = {one.at: one.code for one in said if one.way != "error" and one.code not in catalogues["en"]}
    assert unknown == {}


def test_what_is_raised_has_its_sentence(said, catalogues):
    unknown = {
        one.at: one.code for one in said if one.way == "error" and f"error.{one.code}" not in catalogues["en"]
    }
    assert unknown == {}


def test_sentences_get_the_parameters_they_need(said, catalogues):
    lacking = {}
    for one in said:
        sentence = catalogues["en"].get(f"error.{one.code}" if one.way == "error" else one.code)
        if sentence and (missing := one.lacks(sentence.names)):
            lacking[one.at] = (one.code, missing)
    assert lacking == {}


def test_plurals_are_asked_for_as_plurals(said, catalogues):
    known = [
        (one, catalogues["en"][one.code])
        for one in said
        if one.code in catalogues["en"] and one.way != "error"
    ]
    assert [one.at for one, sentence in known if sentence.is_plural != (one.way == "plural")] == []


def test_plain_text_has_no_tags(said, catalogues):
    """Buttons and pictures show a tag as it stands."""
    plain = [one for one in said if one.way in WAYS and one.code in catalogues["en"]]
    forms = [
        (one.at, form)
        for one in plain
        for sentences in catalogues.values()
        for form in sentences[one.code].forms
    ]
    assert [at for at, form in forms if "</" in form] == []


def _literals(path: Path) -> tuple[set[str], set[str]]:
    """Whole string literals, and the fixed beginnings of f-strings such as f"skipped.{reason}"."""
    whole, beginnings = set(), set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            beginnings.add(str(node.values[0].value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
    return whole, beginnings


def test_no_sentence_stands_unused(room_files, catalogues):
    literals = [_literals(path) for path in room_files]
    whole = set().union(*(found for found, _ in literals))
    beginnings = {start for _, found in literals for start in found if "." in start and start != "error."}
    unused = [
        code
        for code in catalogues["en"]
        if code.removeprefix("error.") not in whole
        and code not in whole
        and not any(code.startswith(start) for start in beginnings)
    ]
    assert unused == []
