"""Posts of a public page: what each of them has, looked for once in the whole page; and its counters, fast."""

from functools import lru_cache

from selectolax.lexbor import LexborNode

from storage.files.decode.contents import Page
from storage.files.tables.numbers import Count, read_count

_SHORT = {"K": 1_000, "M": 1_000_000}


class Wraps:
    """What a page has under its posts, each thing looked for once in the whole of it."""

    def __init__(self, page: Page, wraps: list[LexborNode]) -> None:
        self._page = page
        self._places = {wrap.mem_id: place for place, wrap in enumerate(wraps)}
        self._below: dict[int, int | None] = {}

    def all(self, selector: str, word: str) -> dict[int, list[LexborNode]]:
        """Returns nodes by the place of their post; `word` is what a page without any does not even hold."""
        found: dict[int, list[LexborNode]] = {}
        for node in self._page.tree.css(selector) if word in self._page.text else ():
            place = self._place_of(node)
            if place is not None:
                found.setdefault(place, []).append(node)
        return found

    def first(self, selector: str, word: str) -> dict[int, LexborNode]:
        return {place: nodes[0] for place, nodes in self.all(selector, word).items()}

    def _place_of(self, node: LexborNode) -> int | None:
        """Returns the place of a node's post; nodes side by side share their way up, which is gone once."""
        above = node.parent
        if above is None or above.mem_id not in self._below:
            place = self._climb(node)
            if above is not None and above.mem_id not in self._places:
                self._below[above.mem_id] = place
            return place
        return self._below[above.mem_id]

    def _climb(self, node: LexborNode) -> int | None:
        above: LexborNode | None = node
        while above is not None:
            place = self._places.get(above.mem_id)
            if place is not None:
                return place
            above = above.parent
        return None


@lru_cache(maxsize=4096)
def short_count(text: str) -> Count:
    """Reads a count as `read_count` does.

    The forms that Telegram writes are read by themselves, for a page has a hundred of them.
    """
    digits, unit = text[:-1], _SHORT.get(text[-1:])
    if unit is None or not text.isascii():
        return (
            Count(int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else read_count(text)
        )
    whole, _, decimals = digits.partition(".")
    if not (whole.isdecimal() and (decimals or "0").isdecimal() and len(whole) < 7 and len(decimals) < 3):
        return read_count(text)
    step = unit // 10 ** len(decimals)
    return Count(int(whole + decimals) * step, step)
