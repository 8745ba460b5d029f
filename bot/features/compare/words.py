"""Channels side by side in words: their order, how sure it is, and how each has changed."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from bot.answers.spans import span_words
from bot.answers.wording import MESSAGE_UNITS, difference, dividend, fitting, laid_out, shortened, units
from bot.core.locales import Html, Translator
from bot.features.compare.request import CompareRequest
from metrics.change import Difference
from metrics.periods import local_date
from metrics.ranking.channels import Gap, RankedChannel, Ranking
from metrics.team import Team

TITLE_CHARS = 40
BOTH = 2  # channels: «both», not «all 2»
SHOWN = 20  # lines of channels; the team's figure is of all
ASIDES = 10  # lines of channels that are not compared
SAME = 1e-9


def words(
    ranking: Ranking, team: Team, changes: Mapping[str, Difference], request: CompareRequest, t: Translator
) -> str:
    notes = list(_notes(ranking, team, t))
    asides = _asides(ranking, request, t)
    room = MESSAGE_UNITS - units("\n".join([*asides, *notes])) - 2
    heads = [_head(0, team, request, t), _basis(ranking, t), ""]
    lines = [_line(one, changes, t) for one in ranking.channels[:SHOWN]]
    reserve = t("compare.shown", channels=t.number(len(ranking.channels)))
    kept = fitting([*heads, reserve, *lines], room)[len(heads) + 1 :]
    more = [reserve] if len(kept) < len(ranking.channels) else []
    heads[0] = _head(len(kept), team, request, t)
    return laid_out([*heads, *kept], [*more, *asides, *notes], MESSAGE_UNITS)


def _head(shown: int, team: Team, request: CompareRequest, t: Translator) -> Html:
    """Says how many of the chat's channels have a line below, and of which days."""
    today = local_date(request.as_of, ZoneInfo(request.zone))
    return t(
        "compare.heading",
        days=t.plural("er.days", team.period.days),
        span=span_words(team.period.first, team.period.last, t, today),
        coverage=_coverage(shown, request.total, t),
    )


def _coverage(shown: int, total: int, t: Translator) -> str:
    if shown < total:
        return t.plural("compare.of", total, shown=t.number(shown))
    return t.plain("compare.both") if total == BOTH else t.plural("compare.every", total)


def _asides(ranking: Ranking, request: CompareRequest, t: Translator) -> list[str]:
    """Returns a line for each channel asked for that has none, with what keeps it out."""
    lines: list[str] = [
        t("compare.left_out", title=_title(one.name), reason=_reason(one.reason, t))
        for one in ranking.left_out
    ]
    lines += [t("compare.silent", title=shortened(title, TITLE_CHARS)) for title in request.silent]
    rest = len(lines) - ASIDES
    return lines if rest <= 0 else [*lines[:ASIDES], t.plural("compare.more_left_out", rest)]


def _basis(ranking: Ranking, t: Translator) -> Html:
    return t(f"compare.by.{ranking.by}", components=dividend(ranking.components, t))


def _line(one: RankedChannel, changes: Mapping[str, Difference], t: Translator) -> str:
    line = t(
        "compare.line",
        place=t.number(one.place),
        title=_title(one.name),
        value=t.percent(one.value),
        interval=_interval(one, t),
        posts=_posts(one, t),
    )
    return f"{line}{_own(one, t)}{_behind(one.versus_first, t)}{_change(changes[one.name], t)}"


def _posts(one: RankedChannel, t: Translator) -> str:
    """Returns all posts of the period, and where not all count, the parts that add up to them."""
    there = t.plural("er.posts", one.n + one.young + one.without)
    apart = [(name, count) for name, count in (("young", one.young), ("without", one.without)) if count]
    parts = [
        t(f"compare.posts.{name}", count=t.number(count)) for name, count in [("counted", one.n), *apart]
    ]
    return f"{there}: {', '.join(parts)}" if apart else there


def _own(one: RankedChannel, t: Translator) -> str:
    """Returns the channel's full figure, where the comparison counts fewer kinds of interactions."""
    if one.own.value is None or abs(one.own.value - one.value) < SAME:
        return ""
    return t("compare.own", rate=t.percent(one.own.value))


def _interval(one: RankedChannel, t: Translator) -> str:
    if one.low is None or one.high is None:
        return ""
    low, high = (t.bare_percent(side) for side in (one.low, one.high))
    return f" ({low}–{high})"


def _behind(gap: Gap | None, t: Translator) -> str:
    """Returns the distance, only where the order is more than chance."""
    if gap is None:
        return ""
    if gap.high >= 0:
        return t("compare.not_sure")
    return t("compare.behind", percent=t.number(abs(gap.percent)))


def _change(change: Difference, t: Translator) -> str:
    return "" if change.percent is None else t("compare.change", change=difference(change, t))


def _notes(ranking: Ranking, team: Team, t: Translator) -> Iterator[str]:
    rate = team.rates.get(ranking.by)
    if rate is not None and rate.median is not None and rate.channels > 1:
        yield ""
        yield t(
            "compare.team",
            median=t.percent(rate.median),
            pooled=t.percent(rate.pooled.value, approximate=rate.pooled.approximate),
            posts=t.plural("er.posts", rate.pooled.n),
        )
    if ranking.channels:
        yield t("compare.how")


def _reason(reason: str, t: Translator) -> Html:
    return t(f"compare.reason.{reason}")


def _title(name: str) -> str:
    return shortened(name.partition("\t")[2], TITLE_CHARS)
