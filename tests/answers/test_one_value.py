"""One channel, one period, one value: what people are shown of it, wherever they ask."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.picture import chart
from bot.answers.tables import tables_of
from bot.answers.wording import plain
from bot.core.locales import translator
from bot.features.check.compute import audit_of, build_card
from bot.features.check.request import CheckRequest
from bot.features.engagement.compute import build_report
from bot.features.export.months import months
from bot.features.summaries.figures import figures
from bot.features.summaries.request import DigestChannel, DigestRequest
from metrics import periods
from metrics.frame import audience_table
from metrics.members import ChannelTables, open_members
from metrics.ranking.channels import BY, rank
from metrics.ranking.posts import top
from metrics.registry import ASKED_FIRST
from metrics.series import series
from tests.answers.requests import er_of, rows_of
from tests.kit.examples import examples
from tests.metrics.zoo import DAY_S, ZONE, ZOO, Channel, moments, post

JUNE = periods.dates(date(2025, 6, 1), date(2025, 6, 30), ZONE)
RU = translator("ru")


@st.composite
def channels(draw) -> Channel:
    """Of any network, with any counters, read once and again, some posts young and some of unknown age."""
    platform = draw(st.sampled_from(["telegram", "vk", "instagram", "x", "other"]))
    carried = draw(
        st.sets(st.sampled_from(["views", "reach", "reactions", "comments", "forwards"]), min_size=2)
    )
    as_of = JUNE.end_unix + draw(st.integers(0, 20)) * DAY_S
    first = JUNE.first - timedelta(days=draw(st.integers(0, 40)))
    published = moments(first, (JUNE.last - first).days + 1, (9, 17)[: draw(st.integers(1, 2))])
    chosen = draw(st.lists(st.sampled_from(published), min_size=1, max_size=25, unique=True))
    rows = []
    for at in sorted(chosen):
        views = draw(st.integers(20, 5000))
        counters = {"views": views, "reach": views * 2 // 3, "reactions": draw(st.integers(0, 300))}
        counters |= {"comments": draw(st.integers(0, 40)), "forwards": draw(st.integers(0, 60))}
        kept = {name: value for name, value in counters.items() if name in carried}
        age_s = min(draw(st.sampled_from([3 * 3600, DAY_S, 3 * DAY_S, 7 * DAY_S, 30 * DAY_S])), as_of - at)
        flags = {"is_ad": draw(st.integers(0, 9)) == 0, "observed_exact": draw(st.integers(0, 9)) > 0}
        rows.append(post(at, age_s=max(3600, age_s), **kept, **flags))
    subscribers = draw(st.sampled_from([(), Channel((), period=JUNE).audience]))
    return Channel(tuple(rows), audience=subscribers, period=JUNE, as_of=as_of, platform=platform)


def told_everywhere(channel: Channel) -> tuple[float | None, dict[str, float | None]]:
    """The value of the headline, and what each answer says of it."""
    posts, audience, readings = channel.table(), audience_table(channel.audience), channel.readings()
    fixed = {"zone": ZONE, "as_of": channel.as_of, "platform": channel.platform}
    summary = channel.summary(readings=readings)
    code, value = summary.basis.headline, summary.headline.value
    told: dict[str, float | None] = {}
    ranked = top(posts, audience, period=channel.period, **fixed, readings=readings)
    if ranked.usual is not None and ranked.by == code:
        told["top"] = ranked.usual
    drawn = series(posts, audience, period=channel.period, **fixed, readings=readings)
    told["picture"] = drawn.lines[code].average
    members = open_members(
        [ChannelTables("one", posts, audience, channel.platform, readings)],
        period=channel.period,
        zone=ZONE,
        as_of=channel.as_of,
    )
    compared = rank(members, code).channels if code in BY else ()
    told["compare"] = compared[0].value if compared else None
    told["summary"] = _digest(channel).summary.headline.value
    told["check"] = audit_of(_asked(channel)).summary.headline.value if _is_of_30_days(channel) else None
    return value, told


def _digest(channel: Channel):
    of = DigestChannel("one", channel.platform, None, drops=(), observed_at=channel.as_of, **rows_of(channel))
    period = channel.period
    request = DigestRequest("ru", str(ZONE), channel.as_of, "monthly", period.first, period.last, [of])
    return figures(of, request, period)


def _is_of_30_days(channel: Channel) -> bool:
    """Whether the period is the one that a check is about."""
    return periods.last_days(30, channel.as_of, ZONE) == channel.period


def _asked(channel: Channel) -> CheckRequest:
    rows = rows_of(channel)
    return CheckRequest(
        title="one",
        handle="one_channel",
        platform=channel.platform,
        language="ru",
        zone=str(ZONE),
        as_of=channel.as_of,
        readings=rows["readings"],
        audience=channel.audience,
        source="own",
        may_watch=False,
        posts=rows["posts"],
        growth_readings=rows["readings"],
        draw=False,
    )


def _check(channel: Channel) -> None:
    if not channel.posts:
        return
    value, told = told_everywhere(channel)
    summary = channel.summary(readings=channel.readings())
    if value is None or summary.fallback:
        return
    shown = {name: one for name, one in told.items() if one is not None}
    assert shown == pytest.approx(dict.fromkeys(shown, value))
    assert "summary" in shown
    words = plain(build_report(er_of(channel, draw=False)).text)
    assert RU.percent(value, approximate=summary.headline.approximate) in words
    if _is_of_30_days(channel):
        card = plain(build_card(_asked(channel)).full)
        assert RU.percent(value, approximate=summary.headline.approximate) in card
    picture = chart(
        summary,
        series(
            channel.table(),
            audience_table(channel.audience),
            period=channel.period,
            zone=ZONE,
            as_of=channel.as_of,
            platform=channel.platform,
            readings=channel.readings(),
        ),
        er_of(channel, draw=False),
        RU,
    )
    assert picture is None or picture.panels[0].average == pytest.approx(value)


@settings(max_examples=examples(60))
@given(channels())
def test_every_answer_shows_the_same_value(channel):
    _check(channel)


@pytest.mark.parametrize("name", ZOO)
def test_every_answer_shows_the_same_value_of_a_named_channel(name):
    _check(ZOO[name]())


@settings(max_examples=examples(40))
@given(channels())
def test_a_month_of_the_export_holds_the_value_of_er(channel):
    summary = channel.summary(readings=channel.readings())
    tables = tables_of(**rows_of(channel), platform=channel.platform, zone=str(ZONE), as_of=channel.as_of)
    sheet = months(tables, RU)
    [june] = [row for row in sheet.rows if row[0] == JUNE.first] or [None]
    if june is None:
        assert summary.fallback or summary.posts.used == 0
        return
    told = dict(zip(sheet.titles, june, strict=True))
    expected = {
        code: None if summary.rates[code].value is None else round(summary.rates[code].value, 3)
        for code in ASKED_FIRST
    }
    assert {code: told.get(RU.plain(f"export.rate.{code}")) for code in expected} == pytest.approx(expected)


def test_a_plan_of_posts_to_come_does_not_move_now():
    """A content plan in the same file: rows of the next month, without counters, tell nothing of today."""
    steady = ZOO["steady"]()
    plan = tuple(
        post(at, age_s=0, observed_exact=False) for at in moments(JUNE.last + timedelta(days=60), 3, (9,))
    )
    unread = tuple(
        one._replace(observed_exact=False, observed_at=plan[-1].published_at) for one in steady.posts
    )
    planned = replace(steady, posts=(*unread, *plan))
    summary = planned.summary()
    assert summary.headline.value == pytest.approx(steady.summary().headline.value)
    assert er_of(planned, draw=False).data_until <= planned.as_of


@pytest.mark.parametrize("name", ZOO)
def test_a_check_tells_the_value_of_the_last_30_days(name):
    """The named channels' posts as /check is asked about them: of the 30 days to now, ads and replies among them."""
    channel = ZOO[name]()
    channel = replace(channel, period=periods.last_days(30, channel.as_of, ZONE))
    _check(channel)


def test_rows_that_are_no_posts_of_their_own_count_once_everywhere_and_are_told():
    """Ten pictures of one second are one post of about 4 000 views, and a row pasted twice is one row: by hand, of three
    posts of 1 000 views with 30 interactions and the album of 4 009 with 40, (3 x 30 + 40) / 7 009 = 1.855 %.
    """
    album = [
        post(at + picture // 5, views=4_000 + picture, reactions=40 if picture == 0 else None)._replace(
            external_id=str(500 + picture)
        )
        for at in moments(JUNE.first, 1, [12])
        for picture in range(10)
    ]
    plain_posts = [
        post(at, views=1_000, reactions=30, title=f"Пост {number}")._replace(external_id=f"at-{at}")
        for number, at in enumerate(moments(JUNE.first + timedelta(days=1), 3, [9]))
    ]
    pasted = plain_posts[0]._replace(external_id=f"{plain_posts[0].external_id}-2")
    channel = Channel((*album, *plain_posts, pasted), (), JUNE, JUNE.end_unix + DAY_S - 1)
    value, told = told_everywhere(channel)
    assert value == pytest.approx(100 * 130 / 7_009)
    assert {name: one for name, one in told.items() if one is not None} == pytest.approx(
        dict.fromkeys([name for name, one in told.items() if one is not None], value)
    )
    assert "check" in told
    words = plain(build_report(er_of(channel, draw=False)).text)
    assert "Части альбомов: 9 строк" in words
    assert "Повторы: 1 строка" in words
    assert audit_of(_asked(channel)).facts.posts == 4
