"""Markdown of a page: tables, and numbers as its language writes them."""

import math
from collections.abc import Iterable, Sequence

from bot.core.locales import Translator

_FIGURES = 4


def rows(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def figures(value: float, t: Translator) -> str:
    """Returns four significant figures, whole numbers whole."""
    if value == 0 or float(value).is_integer():
        return t.number(value).replace("-", "−")
    digits = max(0, _FIGURES - 1 - math.floor(math.log10(abs(value))))
    return t.number(value, digits).replace("-", "−")


def exact(value: float, t: Translator) -> str:
    """Returns a constant with every digit it has."""
    decimals = f"{value:.6f}".rstrip("0").partition(".")[2]
    return t.number(value, len(decimals)).replace("-", "−")


def percent(share: float, t: Translator, digits: int = 2) -> str:
    return f"{t.number(100 * share, digits).replace('-', '−')} %"


def age(hours: float, t: Translator) -> str:
    return t.plain("page.age_h", n=f"{hours:g}") if hours < 72 else t.plain("page.age_d", n=f"{hours / 24:g}")


def one_line(text: str) -> str:
    """Returns a line of ordinary blanks only: a page is read in an editor too."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
