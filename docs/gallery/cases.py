"""Channels of every kind: few posts and many, gaps, a viral post, titles of every shape. All made of the example team's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, sin
from random import Random

from bot.demo.people import people_of
from bot.demo.team import DAY_S, ExampleChannel, generate_team, views_share
from metrics.followers import Stay
from metrics.posts import AudienceReading, Post
from storage.workspace.news import MemberEvent

AS_OF = 1_795_420_800  # Monday, 23 November 2026, 9:00 in Moscow
ZONE = "Europe/Moscow"
READ_AT_H = (1, 2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24, 36, 48)  # ages of the readings that tell hours
READ_DAYS = 95
EVENING, WAKING = 1.7, 1.0
LONG_TITLE = "Очень длинное название канала для тех, кто читает всё и всегда до самого конца, и ещё немного"


@dataclass(frozen=True, slots=True)
class Case:
    """One channel with everything that pictures are drawn of."""

    title: str
    posts: Sequence[Post]
    readings: Sequence[Post]
    audience: Sequence[AudienceReading]
    joins: Sequence[Stay]
    leaves: Sequence[int]
    notes: Sequence[tuple[date, str]] = ()


def cases() -> dict[str, Case]:
    return {name: make() for name, make in _MAKE.items()}


def _usual() -> Case:
    return _of(generate_team(AS_OF)[0])


def _of(channel: ExampleChannel) -> Case:
    events = people_of(channel)
    return Case(
        channel.title,
        channel.posts,
        [reading for post in channel.posts for reading in _readings(post)],
        channel.audience,
        _stays(events),
        [one.happened_at for one in events if not one.is_join],
    )


def _readings(post: Post) -> list[Post]:
    """Returns a young post's growth, with more of it in the evening.

    The newest reading is the post itself.
    """
    if post.published_at < AS_OF - READ_DAYS * DAY_S or post.views is None:
        return [post]
    final = post.views / views_share((post.observed_at - post.published_at) / 3600)
    found, before, views = [], 0.0, 0.0
    for age_h in READ_AT_H:
        at = post.published_at + age_h * 3600
        if at >= post.observed_at:
            break
        share = views_share(age_h)
        hour = (at // 3600 + 3) % 24
        pace = WAKING + EVENING * max(0.0, sin((hour - 6) / 24 * 6.2832))
        views, before = views + final * (share - before) * pace / 1.6, share
        found.append(post._replace(observed_at=at, views=min(post.views, round(views))))
    return [*found, post]


def _stays(events: Sequence[MemberEvent]) -> list[Stay]:
    left: dict[str, int] = {one.person: one.happened_at for one in events if not one.is_join}
    return [
        Stay(one.happened_at, left.get(one.person), one.link, one.link_name) for one in events if one.is_join
    ]


def _little() -> Case:
    """Makes three posts, and two counts of subscribers."""
    usual = _usual()
    return replace(
        usual,
        posts=usual.posts[-12:-9],
        readings=usual.posts[-12:-9],
        audience=usual.audience[-9::8],
        joins=usual.joins[-2:],
        leaves=(),
    )


def _much() -> Case:
    """Makes thirty posts a day."""
    usual, chance = _usual(), Random(1)  # noqa: S311 - an example of a channel, nothing secret
    posts = [
        post._replace(
            external_id=f"{post.external_id}{copy:02}",
            published_at=post.published_at - copy * 1800,
            views=round((post.views or 0) * exp(chance.gauss(0, 0.3))),
        )
        for post in usual.posts[-400:]
        for copy in range(10)
    ]
    audience = [row._replace(subscribers=row.subscribers * 90) for row in usual.audience]
    return replace(
        usual,
        posts=posts,
        readings=posts,
        audience=audience,
        joins=[*usual.joins] * 9,
        leaves=[*usual.leaves] * 9,
    )


def _missing() -> Case:
    """Makes weeks without views, without readings, without counts; nobody saw the people."""
    usual = _usual()
    lost = range(AS_OF - 40 * DAY_S, AS_OF - 12 * DAY_S)
    posts = [post._replace(views=None) if post.published_at in lost else post for post in usual.posts]
    audience = [row for row in usual.audience if row.observed_at not in lost]
    return replace(usual, posts=posts, readings=posts, audience=audience, joins=(), leaves=())


def _viral() -> Case:
    """Makes one post of thirty times the usual, and the day it brought four thousand people."""
    usual = _usual()
    place = max(n for n, post in enumerate(usual.posts) if post.published_at < AS_OF - 9 * DAY_S)
    hit = usual.posts[place]
    big = hit._replace(views=30 * (hit.views or 1), reactions=40 * (hit.reactions or 1))
    posts = [*usual.posts[:place], big, *usual.posts[place + 1 :]]
    audience = [
        row._replace(subscribers=row.subscribers + 4000 * (row.observed_at > hit.published_at + DAY_S))
        for row in usual.audience
    ]
    came = [
        Stay(hit.published_at + DAY_S + 20 * n, None, "https://t.me/+viral", "Вирусный") for n in range(4000)
    ]
    return replace(usual, posts=posts, readings=posts, audience=audience, joins=[*usual.joins, *came])


def _rounded() -> Case:
    """Makes what a public page shows: 12.4K."""
    usual = _usual()
    posts = [
        post._replace(views=round(post.views, -2), steps="views:100") if post.views else post
        for post in usual.posts
    ]
    audience = [AudienceReading(row.observed_at, round(row.subscribers, -2), 100) for row in usual.audience]
    return replace(usual, posts=posts, readings=posts, audience=audience[::5])


def _falling() -> Case:
    return _of(generate_team(AS_OF)[1])


def _noted() -> Case:
    days = (date(2026, 11, 19), date(2026, 11, 11))
    return replace(_usual(), notes=[(day, "сменили аватар и запустили розыгрыш") for day in sorted(days)])


def _titled(title: str) -> Callable[[], Case]:
    return lambda: replace(_usual(), title=title)


_MAKE: dict[str, Callable[[], Case]] = {
    "usual": _usual,
    "little": _little,
    "much": _much,
    "missing": _missing,
    "viral": _viral,
    "rounded": _rounded,
    "falling": _falling,
    "noted": _noted,
    "long-title": _titled(LONG_TITLE),
    "arabic": _titled("أخبار المدينة والسوق اليوم"),
    "emoji": _titled("🔥🚀 Скидки 👩‍💻 $5_000$ & <b>«Ёлка»</b> 中文"),
}
