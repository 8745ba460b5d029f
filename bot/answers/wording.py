"""How the values of metrics are put into words, in every report alike."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from bot.core.locales import Translator
from bot.core.locales.translator import APPROXIMATELY, MISSING, NBSP

if TYPE_CHECKING:  # they load pandas, and the bot's own process puts files into words too
    from metrics.change import Difference
    from metrics.estimates import Estimate

_BEFORE = "$€£"  # in English
MESSAGE_UNITS = 4096  # Telegram's limit on a message, in UTF-16 units after entities
CAPTION_UNITS = 1024  # Telegram's limit on a caption, in UTF-16 units after entities
TITLE_CHARS = 128  # Telegram's limit on a title; a file may name a channel at any length
WIDEST_RATIO = 4  # of an interval's two ends: a wider one helps nobody
WIDEST_CHANGE_PERCENT = 10_000
VISIBLE_UNITS = 500  # of an answer before its fold: what a phone shows without scrolling
_TAG = re.compile(r"<[^>]*>")
_FOLD = re.compile(r"<blockquote expandable>(.*?)</blockquote>", re.DOTALL)


def estimate(rate: Estimate, t: Translator) -> str:
    return t.percent(rate.value, approximate=rate.approximate)


def interval(rate: Estimate, t: Translator) -> str:
    """Returns «(2,3–3,4)»; empty where there is no interval, or one so wide that it says nothing."""
    if rate.value is None or rate.low is None or rate.high is None or rate.high > WIDEST_RATIO * rate.low:
        return ""
    return f"({_bare(rate.low, t)}–{_bare(rate.high, t)})"


def difference(change: Difference, t: Translator) -> str:
    """Returns «≈+4 % (−12…+21)», with an arrow only where the interval excludes 0."""
    if change.percent is None:
        return MISSING
    text = f"{APPROXIMATELY if change.approximate else ''}{signed(change.percent, t)}{t.percent_sign}"
    if change.low is None or change.high is None or change.high > WIDEST_CHANGE_PERCENT:
        return text
    return f"{text} ({signed(change.low, t)}…{signed(change.high, t)}){arrow(change)}"


def arrow(change: Difference | None) -> str:
    """Returns an arrow only where the interval excludes 0 and the two sides are of one age."""
    return "" if change is None else {1: " ↑", -1: " ↓"}.get(change.direction, "")


def whole_percent(value: float, t: Translator) -> str:
    """Returns a difference: «+4 %», «−31 %»."""
    return f"{signed(value, t)}{t.percent_sign}"


def points(value: float, t: Translator) -> str:
    """Returns a threshold: «20 %»."""
    return f"{t.number(round(value))}{t.percent_sign}"


def sum_of(components: Iterable[str], t: Translator) -> str:
    """Returns «реакции + комментарии»."""
    return " + ".join(t(f"field.{name}") for name in components)


def dividend(components: Sequence[str], t: Translator) -> str:
    """Returns what stands above «÷»: «(реакции + комментарии)», and one alone without brackets."""
    text = sum_of(components, t)
    return f"({text})" if len(components) > 1 else text


def names(fields: Iterable[str], t: Translator) -> str:
    return ", ".join(t(f"field.{field}") for field in fields)


def plain(text: str) -> str:
    """Returns HTML as a terminal shows it."""
    return html.unescape(_TAG.sub("", text))


def units(text: str) -> int:
    """Returns the length Telegram counts: UTF-16 units of what is left when tags and entities are read."""
    return len(plain(text).encode("utf-16-le")) // 2


def fit(lines: Sequence[str], limit_units: int) -> str:
    """Returns as many whole lines as fit; no blank line at the end, none doubled."""
    return "\n".join(fitting(lines, limit_units))


def fitting(lines: Sequence[str], limit_units: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if line == "" and (not kept or kept[-1] == ""):
            continue
        if units("\n".join([*kept, line])) > limit_units:
            break
        kept.append(line)
    return kept[:-1] if kept and kept[-1] == "" else kept


def laid_out(shown: Sequence[str], details: Sequence[str], limit_units: int) -> str:
    """Returns an answer: whole lines that a phone shows at once, the rest behind a touch.

    What does not fit is left out from the end. `shown`: the most wanted first; those of them over
    VISIBLE_UNITS begin the fold.
    """
    seen = len(shown)
    while seen and units(fit(shown[:seen], limit_units)) > VISIBLE_UNITS:
        seen -= 1
    first = fit(shown[:seen], VISIBLE_UNITS)
    room = limit_units - units(first) - 1
    details = folded(fitting([line for line in (*shown[seen:], *details) if line], room))
    return "\n".join(filter(None, [first, details]))


def folded_in(
    lines: Sequence[str], room_units: int, rest: str, headings: Collection[str] = frozenset()
) -> str:
    """Returns `lines` behind a touch; if some have no room, `rest` says where they are to be seen.

    A line of `headings` never stands alone at the end.
    """
    kept = fitting(lines, room_units)
    if len(kept) < len([line for line in lines if line]):
        kept = fitting(lines, room_units - units(rest) - 1)
        while kept and kept[-1] in headings:
            kept.pop()
        kept.append(rest)
    return folded(kept)


def shortened(text: str, chars: int) -> str:
    return text if len(text) <= chars else text[: chars - 1] + "…"


def visible(text: str) -> str:
    """Returns HTML without what only a touch opens."""
    return _FOLD.sub("", text).rstrip("\n")


def trimmed(first: Sequence[str], text: str) -> str:
    """Returns `first` above an answer, laid out anew: what a phone has no room for goes behind the touch."""
    found = _FOLD.search(text)
    lines = found.group(1).split("\n") if found else []
    return laid_out([*first, *visible(text).split("\n")], lines, CAPTION_UNITS)


def folded(lines: Sequence[str]) -> str:
    """Returns lines shown as the first of them; a touch opens the rest."""
    return f"<blockquote expandable>{chr(10).join(lines)}</blockquote>" if lines else ""


def _bare(value: float, t: Translator) -> str:
    return t.bare_percent(value)


def signed(value: float, t: Translator) -> str:
    """Returns a difference in whole percent: its own interval is wider than any digit behind them."""
    whole = round(value)
    return ("+" if whole > 0 else "") + t.number(whole).replace("-", "−")


def with_currency(text: str, currency: str | None, t: Translator) -> str:
    """Returns «1 000 ₽», “$1,000”; without a currency the text as it stands."""
    if currency is None:
        return text
    return f"{currency}{text}" if t.language == "en" and currency in _BEFORE else f"{text}{NBSP}{currency}"
