"""What breaks: a picture with a value of a post that its words leave out, or of another age than theirs."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given, settings

from bot.answers.picture import PREFERRED, chart
from bot.answers.tables import tables_of
from bot.core.locales import translator
from bot.features.engagement.compute import build_report
from bot.features.summaries.figures import Figures, figures
from bot.features.summaries.picture import grid, single
from bot.features.summaries.request import DigestChannel, DigestRequest
from metrics import periods
from metrics.posts import AudienceReading
from metrics.scope import Scope
from metrics.series import series_of
from tests.answers.requests import er_of, rows_of
from tests.answers.test_one_value import channels
from tests.kit.examples import examples
from tests.metrics.zoo import DAY_S, ZONE, ZOO, Channel, moments, post

RU = translator("ru")
HOUR_S = 3600


def opened(channel: Channel, period: periods.Period) -> Scope:
    fixed = {"platform": channel.platform, "zone": str(ZONE), "as_of": channel.as_of}
    return tables_of(**rows_of(channel), **fixed).scope(period)


def summary_request(channel: Channel, days: int = 7) -> tuple[DigestRequest, periods.Period]:
    """The last days of the channel's period, drawn over all of it."""
    of = DigestChannel("one", channel.platform, None, drops=(), observed_at=channel.as_of, **rows_of(channel))
    last = channel.period.last
    first = max(channel.period.first, last - timedelta(days=days - 1))
    request = DigestRequest("ru", str(ZONE), channel.as_of, "weekly", first, last, [of, of])
    return request, channel.period


def check_panels(panels, scope: Scope) -> None:
    """Every dot is a post that counts, with its value at 7 days; every day is made of such posts alone."""
    counted = scope.own.published_at[scope.used]
    days = {periods.local_date(int(at), ZONE) for at in counted}
    for panel in panels:
        assert {point.day for point in panel.days if point.value is not None} <= days
        assert sum(point.posts for point in panel.days) == len(counted)
        assert sum(point.young for point in panel.days) == scope.young.sum()
        assert {dot.at.date() for dot in panel.dots} <= days
        assert len(panel.dots) <= len(counted)


def _check(channel: Channel) -> None:
    scope = opened(channel, channel.period)
    summary = channel.summary(readings=channel.readings())
    picture = chart(summary, series_of(scope), er_of(channel, draw=True), RU)
    if picture is not None:
        check_panels(picture.panels, scope)
        if summary.headline.value is not None:
            assert picture.panels[0].average == pytest.approx(summary.headline.value)
    request, drawn = summary_request(channel)
    one = figures(request.channels[0], request, drawn)
    shown = single(one, request, RU)
    if shown is not None:
        check_panels(shown.panels, scope)
        marked = shown.panels[0].marked_value
        if marked is not None:
            assert shown.panels[0].marked == (request.first, request.last)
            assert marked == pytest.approx(one.summary.rates[_leading(one)].value)
    many = grid([one, one], request, RU)
    for cell in many.cells if many else ():
        if cell.panel is not None:
            check_panels([cell.panel], scope)


def _leading(one: Figures) -> str:
    """The rate that the words begin with, or, where it has no value, the next of those that a picture may lead with."""
    return next(code for code in (one.headline, *PREFERRED) if one.series.lines[code].average is not None)


def test_a_picture_that_leads_with_another_rate_marks_that_ones_value():
    """Nobody has reacted: there is no ER, and the picture leads with views by subscribers."""
    channel = steady_with()
    day = periods.local_date(channel.as_of, ZONE)
    silent = replace(
        channel,
        posts=tuple(each._replace(reactions=None) for each in channel.posts),
        audience=(AudienceReading(channel.as_of - 3 * DAY_S, 10_000, 0),),
        period=periods.dates(day - timedelta(days=27), day, ZONE),
    )
    request, drawn = summary_request(silent)
    one = figures(request.channels[0], request, drawn)
    assert one.summary.headline.value is None
    assert single(one, request, RU).panels[0].marked_value is not None
    _check(silent)


@settings(max_examples=examples(80))
@given(channels())
def test_no_picture_shows_a_post_that_its_words_leave_out(channel):
    _check(channel)


@pytest.mark.parametrize("name", ZOO)
def test_no_picture_of_a_named_channel_shows_a_post_that_its_words_leave_out(name):
    _check(ZOO[name]())


def steady_with(*young) -> Channel:
    """Three posts a day for four weeks at 3 %, and what was published in the last hours."""
    last = date(2025, 6, 15)
    as_of = periods.midnight(last, ZONE)
    now = int(as_of.timestamp()) + 20 * HOUR_S
    published = moments(last - timedelta(days=27), 27, (9, 13, 18))
    old = [post(at, views=1_000, reactions=30, age_s=min(now - at, 30 * DAY_S)) for at in published]
    period = periods.dates(last - timedelta(days=6), last, ZONE)
    return Channel((*old, *young), (), period, now)


def test_a_post_of_an_hour_makes_no_spike_and_no_plunge():
    """369 % was drawn once: 40 reactions of the first readers by the 10 views that a page showed."""
    channel = steady_with()
    at = channel.as_of - HOUR_S
    channel = replace(channel, posts=(*channel.posts, post(at, views=10, reactions=40, age_s=HOUR_S)))
    found = series_of(opened(channel, channel.period))
    line = found.lines["er_by_views"]
    assert max(dot.value for dot in line.dots) < 6
    assert line.values[-1] is None
    assert found.young == (0,) * 6 + (1,)
    assert found.posts == (3,) * 6 + (0,)
    assert line.average == pytest.approx(fmean(value for value in line.values if value is not None), rel=0.05)
    [panel, *_] = chart(channel.summary(), found, er_of(channel, draw=True), RU).panels
    assert panel.days[-1].young == 1


def test_the_posts_that_stand_in_for_an_empty_period_are_drawn_alone():
    """The day of the first of them had a sixth post, which the words leave out."""
    last = date(2025, 5, 10)
    published = moments(last - timedelta(days=1), 2, (9, 13, 18))
    period = periods.dates(date(2025, 6, 1), date(2025, 6, 7), ZONE)
    rows = [post(at, views=1_000, reactions=30 + number) for number, at in enumerate(published)]
    channel = Channel(tuple(rows), (), period, period.end_unix)
    found = series_of(opened(channel, period))
    assert found.posts == (2, 3)
    assert found.lines["er_by_views"].average == pytest.approx(channel.summary().headline.value)
    assert found.lines["er_by_views"].low == (None, None)


def test_a_history_that_is_the_period_before_is_told_once():
    first = date(2025, 5, 17)
    period = periods.dates(first, first + timedelta(days=29), ZONE)
    published = moments(first - timedelta(days=30), 60, (9,))
    rows = [post(at, views=1_000, reactions=20 + at // DAY_S % 5) for at in published]
    channel = Channel(tuple(rows), (), period, period.end_unix)
    told = build_report(er_of(channel, draw=False)).text
    assert "К своей истории за 30 дней" in told.replace("\xa0", " ")
    assert "По сравнению с прошлым периодом" not in told
