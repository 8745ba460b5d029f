"""What the picture of a summary shows: one channel as `/er` draws it, or up to twelve small charts. Runs in workers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.links import name_of
from bot.answers.noted import noted_days
from bot.answers.picture import PANELS, PREFERRED, panel
from bot.answers.spans import span_words
from bot.answers.wording import arrow, estimate
from bot.core.charts.data import EngagementChart, GridCell, GridChart, Panel
from bot.core.locales import Translator
from bot.features.summaries.figures import REACH, Figures
from bot.features.summaries.request import DigestRequest
from metrics.series import Line, Series
from metrics.summary import Summary

SHOWN = 12
GRID_PREFERRED = (
    "er_by_views",
    "er_by_reach",
    "er_by_subscribers",
    "interactions_per_post",
    "views_per_post",
    REACH,
)


def single(one: Figures, request: DigestRequest, t: Translator) -> EngagementChart | None:
    order = dict.fromkeys((one.headline, *PREFERRED))  # what the words begin with, whatever it is
    lines = [one.series.lines[code] for code in order if one.series.lines[code].average is not None]
    if not lines:
        return None
    return EngagementChart(
        title=one.channel.title,
        subtitle=f"{_days(one.series, request, t)} · {_rests_on(one, request, t)}",
        panels=tuple(_told(one, line, request, t) for line in lines[:PANELS]),
        noted=noted_days(one.channel.notes),
    )


def _told(one: Figures, line: Line, request: DigestRequest, t: Translator) -> Panel:
    """Returns a panel whose large figures are the words' own, of the days or their week, beside the usual."""
    drawn = panel(line, one.series, ZoneInfo(request.zone), t)
    summary = _speaks_of(one, line.code)
    if summary is None or summary.period.first <= one.series.days[0]:
        return drawn
    usual = next((centre for centre in reversed(line.centre) if centre is not None), None)
    marked = (summary.period.first, summary.period.last)
    return replace(drawn, marked=marked, marked_value=summary.rates[line.code].value, average=usual)


def _speaks_of(one: Figures, code: str) -> Summary | None:
    """Returns the period's summary, or the week's in its stead; None where neither has the rate."""
    own, week = one.summary, one.recent
    if code not in own.rates:
        return None
    if not one.is_silent and own.rates[code].value is not None:
        return own
    return week if week and not week.fallback and week.rates[code].value is not None else None


def _rests_on(one: Figures, request: DigestRequest, t: Translator) -> str:
    """Says who, how many posts the picture shows, as of when, and whose it is."""
    seen = one.channel.observed_at
    until = datetime.fromtimestamp(request.as_of if seen is None else seen, ZoneInfo(request.zone))
    return t.plain(
        "er.chart.basis",
        handle=f"{name_of(one.channel.platform, one.channel.handle)} · " if one.channel.handle else "",
        posts=t.plural("er.posts", sum(one.series.posts)),
        moment=t.moment(until, year=until.year != request.today.year),
    )


def grid(told: Sequence[Figures], request: DigestRequest, t: Translator) -> GridChart | None:
    """Returns the chart, the worst first; of more channels than there are places, those. None: empty."""
    shown = sorted(told, key=_worst)[:SHOWN]
    cells = [_cell(one, request, t) for one in shown]
    if not any(cell.panel for cell in cells):
        return None
    newest = max(
        told, key=lambda one: one.series.days[-1]
    )  # a channel of an old file shows its own last days
    return GridChart(_grid_title(len(told), t), _days(newest.series, request, t), tuple(cells))


def _grid_title(channels: int, t: Translator) -> str:
    if channels <= SHOWN:
        return t.plain("digest.chart.title", channels=t.plural("replay.channels", channels))
    return t.plain("digest.chart.title_part", shown=t.number(SHOWN), channels=t.number(channels))


def _cell(one: Figures, request: DigestRequest, t: Translator) -> GridCell:
    """Returns a cell without dots: in a chart so small they would hide the line."""
    code = next((code for code in GRID_PREFERRED if one.series.lines[code].average is not None), None)
    if code is None:
        return GridCell(one.channel.title, None, "")
    shown = panel(one.series.lines[code], one.series, ZoneInfo(request.zone), t)
    figure, is_week = _figure(one, code, t)
    label = f"{shown.label} · {t.plain('digest.chart.week')}" if is_week else shown.label
    views = one.series.lines["views_per_post"].average
    if views is not None and code != "views_per_post":
        label = f"{label} · {t.plain('digest.chart.views', views=t.compact(round(views)))}"
    drawn = replace(shown, dots=(), label=label)
    return GridCell(one.channel.title, drawn, figure, noted_days(one.channel.notes))


def _figure(one: Figures, code: str, t: Translator) -> tuple[str, bool]:
    """Returns the number of the period, and whether that of the week stands in for it."""
    if code not in one.summary.rates:
        average = one.series.lines[code].average
        return t.number(average, 0 if average and average >= 10 else 1), False
    summary = _speaks_of(one, code)
    if summary is None:
        return "", False
    mark = arrow(one.change) if code == one.headline else ""
    return f"{estimate(summary.rates[code], t)}{mark}", summary is one.recent


def _worst(one: Figures) -> tuple[float, int, float]:
    """Returns a sort key: open drops by their depth, then who surely fell; who surely rose comes last."""
    deepest = max((drop.drop_percent for drop in one.channel.drops if not drop.is_over), default=0.0)
    change = one.change
    return -deepest, change.direction if change else 0, (change.percent or 0.0) if change else 0.0


def _days(series: Series, request: DigestRequest, t: Translator) -> str:
    days = t.plural("er.days", len(series.days))
    return f"{days}, {span_words(series.days[0], series.days[-1], t, request.today)}"
