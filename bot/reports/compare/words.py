"""Channels side by side in words: their order, how sure it is, and how each has changed."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from bot.locales import Html, Translator
from bot.locales.translator import NBSP
from bot.reports.compare.request import CompareRequest
from bot.reports.engagement.spans import span_words
from bot.reports.wording import difference, fitting, shortened, sum_of, units
from metrics.change import Difference
from metrics.periods import local_date
from metrics.ranking.channels import Gap, RankedChannel, Ranking
from metrics.team import Team

TITLE_CHARS = 40
SHOWN = 20  # lines of channels; the team's figure is of all
MESSAGE_UNITS = 4096  # Telegram's limit on a message
SAME = 1e-9


def words(
    ranking: Ranking, team: Team, changes: Mapping[str, Difference], request: CompareRequest, t: Translator
) -> str:
    today = local_date(request.as_of, ZoneInfo(request.zone))
    span = span_words(team.period.first, team.period.last, t, today)
    heading = t("compare.heading", days=t.plural("er.days", team.period.days), span=span)
    lines = [heading, _basis(ranking, t), ""]
    lines += [_line(one, changes, t) for one in ranking.channels[:SHOWN]]
    if len(ranking.channels) > SHOWN:
        lines.append(t("compare.shown", shown=t.number(SHOWN), channels=t.number(len(ranking.channels))))
    lines += [
        t("compare.left_out", title=_title(one.name), reason=_reason(one.reason, t))
        for one in ranking.left_out
    ]
    lines += [t("compare.silent", title=shortened(title, TITLE_CHARS)) for title in request.silent]
    notes = list(_notes(ranking, team, t))
    room = MESSAGE_UNITS - units("\n".join(notes)) - 1
    return "\n".join([*fitting(lines, room), *notes])


def _basis(ranking: Ranking, t: Translator) -> Html:
    return t(f"compare.by.{ranking.by}", components=sum_of(ranking.components, t))


def _line(one: RankedChannel, changes: Mapping[str, Difference], t: Translator) -> str:
    line = t(
        "compare.line",
        place=t.number(one.place),
        title=_title(one.name),
        value=t.percent(one.value),
        interval=_interval(one, t),
        posts=t.plural("er.posts", one.n),
    )
    return f"{line}{_own(one, t)}{_behind(one.versus_first, t)}{_change(changes[one.name], t)}"


def _own(one: RankedChannel, t: Translator) -> str:
    """The channel's full figure, where the comparison counts fewer kinds of interactions."""
    if one.own.value is None or abs(one.own.value - one.value) < SAME:
        return ""
    return t("compare.own", rate=t.percent(one.own.value))


def _interval(one: RankedChannel, t: Translator) -> str:
    if one.low is None or one.high is None:
        return ""
    low, high = (t.percent(side).removesuffix(f"{NBSP}%") for side in (one.low, one.high))
    return f" ({low}–{high})"


def _behind(gap: Gap | None, t: Translator) -> str:
    """Only where the order is more than chance."""
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
