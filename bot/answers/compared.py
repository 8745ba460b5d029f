"""Groups of a channel's posts beside all its others, in words: by format, by hour, by hashtag. Used by workers alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.wording import signed
from bot.core.charts.data import Range, RangeRow
from bot.core.locales import Html, Translator
from bot.core.locales.translator import MISSING
from metrics.groups import SHOWN, Group, Level


@dataclass(frozen=True, slots=True)
class Sure:
    """A group of which it may be said that it does better or worse than the others."""

    group: Group
    measure: str
    level: Level


def sure(groups: Iterable[Group]) -> list[Sure]:
    """Returns the sure differences, the farthest from the others first."""
    found = [
        Sure(group, code, group.levels[code])
        for group in groups
        for code in SHOWN
        if group.levels[code].claim is not None
    ]
    return sorted(found, key=lambda one: -abs(one.level.percent or 0))


def told(one: Sure, name: str, t: Translator) -> Html:
    """Returns a difference in words: «видео: просмотры +12 % (4…21)»."""
    measure = t(f"compared.{one.measure}")
    return t("compared.sure", name=name, measure=measure, difference=against_others(one.level, t))


def against_others(level: Level, t: Translator) -> str:
    """Returns a difference, «+12 % (4…21)»; a dash where there is nothing to compare with."""
    if level.percent is None:
        return MISSING
    text = f"{signed(level.percent, t)}{t.percent_sign}"
    if level.percent_low is None or level.percent_high is None:
        return text
    return f"{text} ({signed(level.percent_low, t)}…{signed(level.percent_high, t)})"


def lines(
    groups: Iterable[Group],
    name: Callable[[Group], str],
    t: Translator,
    *,
    measures: Sequence[str] = SHOWN,
) -> Iterator[str]:
    """Yields a line a group that has enough posts to go by, with its differences and its n."""
    for group in groups:
        known = [code for code in measures if group.levels[code].percent is not None]
        if group.is_grey or not known:
            continue
        differences = "; ".join(
            f"{t.plain(f'compared.{code}')} {against_others(group.levels[code], t)}" for code in known
        )
        if len(measures) == 1:
            differences = against_others(group.levels[known[0]], t)
        yield t("compared.line", name=name(group), differences=differences, n=t.number(group.n))


def range_rows(
    heading: str, groups: Iterable[Group], name: Callable[[Group], str], t: Translator
) -> list[RangeRow]:
    """Returns rows of a picture under their heading; none where no group has enough posts."""
    rows = [
        RangeRow(
            name(group),
            t.plain("compared.n", n=t.number(group.n)),
            tuple(_range(group.levels[code]) for code in SHOWN),
        )
        for group in groups
        if not group.is_grey and any(group.levels[code].percent is not None for code in SHOWN)
    ]
    return [RangeRow(heading), *rows] if rows else []


def columns(t: Translator) -> tuple[str, ...]:
    """Returns what the ranges of a row are of."""
    return tuple(t.plain(f"compared.column.{code}") for code in SHOWN)


def counted(groups: Sequence[Group]) -> int:
    """Counts the groups with enough posts to go by."""
    return sum(not group.is_grey for group in groups)


def _range(level: Level) -> Range:
    return Range(level.percent, level.percent_low, level.percent_high, is_sure=level.claim is not None)
