"""A page's tags looked at in one pass, before the parser: it takes nested tags and long lists of attributes by their square."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain

from metrics.errors import DomainError
from storage.files.upload.limits import MAX_ATTRIBUTES, MAX_NESTED_TAGS, MAX_TAGS

_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
# Without an end tag, or with one that may be left out: these don't nest in themselves.
_NEVER_OPEN = frozenset(
    [
        "area",
        "base",
        "body",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "head",
        "hr",
        "html",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
_RAW = frozenset({"script", "style"})  # their text is no markup
_RAW_TEXT = re.compile(r"<(?:script|style)\b[^>]*>(?!</)", re.IGNORECASE)
# A tag without a mark in its values, with fewer characters between them than MAX_ATTRIBUTES take: two each.
_PLAIN_TAG = re.compile(r"""<(/?[a-zA-Z][^\s/>"'<]*)(?:\s[^<>"']{0,38}(?:"[^"<>]*"[^<>"']{0,38}){0,12})?>""")
_START, _END, _NEITHER = 1, -1, 0
_BLOCK_CHARS = 1 << 20  # so much of a page's tags is held at once


def check_markup(text: str) -> None:
    """Raises DomainError("file.page_too_complex")."""
    if text.count("<") > MAX_TAGS:
        raise DomainError("file.page_too_complex")
    with suppress(_NotPlainError):
        if _is_shallow(chain.from_iterable(_plain_tags(text))):
            return
    if not _is_shallow(_tags_one_by_one(text)):
        raise DomainError("file.page_too_complex")


class _NotPlainError(Exception):
    """An attribute, a script or a style may hide a tag, or a tag may have too many attributes."""


def _plain_tags(text: str) -> Iterator[list[str]]:
    """Yields `name` and `/name` of the tags of a page as programs write it, a block at a time.

    One by one they cost more than the parser.
    """
    if _RAW_TEXT.search(text):
        raise _NotPlainError
    at = 0
    while at < len(text):
        end = text.find("<", at + _BLOCK_CHARS)
        end = len(text) if end < 0 else end
        tags = _PLAIN_TAG.findall(text, at, end)
        if len(tags) != text.count("<", at, end) - text.count("<!", at, end):
            raise _NotPlainError
        yield tags
        at = end


def _is_shallow(tags: Iterable[str]) -> bool:
    """Tells whether never more than MAX_NESTED_TAGS are open. An end without a beginning closes nothing."""
    opened: defaultdict[str, int] = defaultdict(int)
    depth = 0
    for tag in tags:
        name, kind = _kind_of(tag)
        if kind == _START:
            opened[name] += 1
            depth += 1
            if depth > MAX_NESTED_TAGS:
                return False
        elif kind == _END and opened[name]:
            opened[name] -= 1
            depth -= 1
    return True


@lru_cache(maxsize=1024)
def _kind_of(tag: str) -> tuple[str, int]:
    name = tag.lower()
    if name[0] == "/":
        return name[1:], _END
    return name, _NEITHER if name in _NEVER_OPEN else _START


def _tags_one_by_one(text: str) -> Iterator[str]:
    """Yields tags past attributes, scripts and styles, without those that close themselves.

    Raises DomainError("file.page_too_complex").
    """
    at = 0
    while found := _TAG.search(text, at):
        at, tag = found.end(), found[1]
        if tag[0] == "/":
            yield tag
            continue
        at = _after_attributes(text, at)
        if tag.lower() in _RAW:
            end = text.find(f"</{tag.lower()}", at)
            at = end if end >= 0 else at
        if text[at - 1 : at + 1] != "/>":
            yield tag


def _after_attributes(text: str, at: int) -> int:
    for _ in range(MAX_ATTRIBUTES + 1):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            return at
        at = found.end()
    raise DomainError("file.page_too_complex")
