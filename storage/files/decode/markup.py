"""A page's tags looked at in one pass, before the parser: it takes nested tags and long lists of attributes by their square."""

import re
from collections import Counter

from metrics.errors import DomainError
from storage.files.upload.limits import MAX_ATTRIBUTES, MAX_NESTED_TAGS, MAX_TAGS

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
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


def check_markup(text: str) -> None:
    """Raises DomainError("file.page_too_complex")."""
    if text.count("<") > MAX_TAGS:
        raise DomainError("file.page_too_complex")
    opened: Counter[str] = Counter()
    depth = at = 0
    while tag := _TAG.search(text, at):
        at, name = tag.end(), tag[2].lower()
        if tag[1]:
            closes = opened[name] > 0
            opened[name] -= closes
            depth -= closes
            continue
        at = _after_attributes(text, at)
        if name in _RAW:
            end = text.find(f"</{name}", at)
            at = end if end >= 0 else at
        if name not in _NEVER_OPEN and text[at - 1 : at + 1] != "/>":
            opened[name] += 1
            depth += 1
        if depth > MAX_NESTED_TAGS:
            raise DomainError("file.page_too_complex")


def _after_attributes(text: str, at: int) -> int:
    for _ in range(MAX_ATTRIBUTES + 1):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            return at
        at = found.end()
    raise DomainError("file.page_too_complex")
