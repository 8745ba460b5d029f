"""The generator: a year of posts and subscribers of every planned channel, as one reading at `as_of` saw them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from random import Random

from bot.demo.noise import (
    ER_SD,
    WEEKDAY_PACE,
    WEEKDAY_SHIFTS,
    next_day_shift,
    poisson,
    post_views_shift,
    seeded,
    whole,
)
from bot.demo.plans import PLANS, Plan
from bot.demo.texts import AD_TAG, text_of, title_of
from metrics.posts import AudienceReading, Post

DAYS = 365
HOUR_S, DAY_S = 3_600, 86_400
MOSCOW_S = 3 * HOUR_S  # the team lives by Moscow's clock, which has not been changed since 2014
MONDAY_S = 4 * DAY_S  # 5 January 1970
HOURS = {
    8: 8,
    9: 12,
    10: 9,
    11: 6,
    12: 9,
    13: 8,
    14: 5,
    15: 5,
    16: 6,
    17: 8,
    18: 11,
    19: 12,
    20: 9,
    21: 5,
    22: 2,
}
FORMATS = {"photo": 46, "text": 26, "video": 11, "album": 9, "link": 5, "poll": 3}
AD_SHARE, FORWARDED_SHARE, HASHTAG_SHARE = 0.05, 0.025, 0.4
AD_ER = 0.4  # an ad's ER as a share of an ordinary post's
REACTION_PART, COMMENT_PART = 0.74, 0.09  # of interactions; the rest are forwards
FORWARDED_VIEWS = (4.0, 12.0)  # a source's counter, times the channel's own views
SUBSCRIBERS_SD, SUBSCRIBERS_MEMORY = 0.0012, 0.9
AGES_H = (1, 2, 4, 6, 12, 24, 48, 72, 168, 336, 720, 1440, 2160, 4320, 8760)
VIEWS = (0.23, 0.31, 0.36, 0.41, 0.47, 0.57, 0.70, 0.77, 1.0, 1.18, 1.33, 1.43, 1.48, 1.58, 1.65)
REACTIONS = (0.41, 0.50, 0.59, 0.66, 0.74, 0.83, 0.90, 0.94, 1.0, 1.03, 1.06, 1.08, 1.09, 1.10, 1.11)


@dataclass(frozen=True, slots=True)
class ExampleChannel:
    title: str
    handle: str  # without '@'
    telegram_id: int  # without its -100 prefix
    posts: list[Post]  # oldest first
    audience: list[AudienceReading]  # one a day, oldest first


@dataclass(frozen=True, slots=True)
class _Day:
    start: int  # local midnight, unix seconds
    weekday: int  # Monday 0
    views: float  # views at 7 days of a usual post


def generate_team(as_of: int, seed: int = 1) -> tuple[ExampleChannel, ...]:
    """Returns the channels as they stand at `as_of` (unix seconds); nothing is younger.

    The first grows, the second drops.
    """
    return tuple(generate_channel(plan, as_of, seed) for plan in PLANS)


def generate_channel(plan: Plan, as_of: int, seed: int = 1) -> ExampleChannel:
    """Returns one planned channel as it stands at `as_of` (unix seconds)."""
    return _generate(plan, as_of, seeded(f"{seed} {as_of} {plan.handle}"))


def album_size(external_id: str) -> int:
    """Returns how many pictures an album has; each takes an id of its own."""
    return 2 + int(external_id) % 4


def _generate(plan: Plan, as_of: int, chance: Random) -> ExampleChannel:
    audience = list(_audience(plan, as_of, chance))
    posts: list[Post] = []
    number = chance.randint(2_000, 4_000)
    for day in _days(plan, audience, as_of, chance):
        for at in _moments(plan, day, as_of, chance):
            post = _post(plan, day, number, at, as_of, chance)
            posts.append(post)
            number += album_size(post.external_id) if post.format == "album" else 1
    return ExampleChannel(plan.title, plan.handle, plan.telegram_id, posts, audience)


def _first_midnight(as_of: int) -> int:
    return as_of - (as_of + MOSCOW_S) % DAY_S - DAYS * DAY_S


def _audience(plan: Plan, as_of: int, chance: Random) -> Iterator[AudienceReading]:
    """Yields subscribers at every local noon, and now.

    They grow evenly with a little weather, which ends where the plan says.
    """
    before, now = plan.subscribers
    weather = 0.0
    noons = range(_first_midnight(as_of) + DAY_S // 2, as_of, DAY_S)
    for noon in noons:
        weather = SUBSCRIBERS_MEMORY * weather + chance.gauss(0, SUBSCRIBERS_SD)
        passed = (noon - noons[0]) / (as_of - noons[0])
        level = before * (now / before) ** passed * exp(weather * (1 - passed))
        yield AudienceReading(noon, round(level), 0)
    yield AudienceReading(as_of, now, 0)


def _days(plan: Plan, audience: list[AudienceReading], as_of: int, chance: Random) -> Iterator[_Day]:
    shift = 0.0
    last = as_of - (as_of + MOSCOW_S) % DAY_S
    for index, start in enumerate(range(_first_midnight(as_of), as_of + 1, DAY_S)):
        weekday = (start + MOSCOW_S - MONDAY_S) // DAY_S % 7
        shift = next_day_shift(shift, chance)
        logs = log(plan.view_rate) + shift + WEEKDAY_SHIFTS[weekday]
        if plan.drop and start > last - plan.drop.days_before_end * DAY_S:
            logs += log(1 - plan.drop.share)
        yield _Day(start, weekday, audience[min(index, len(audience) - 1)].subscribers * exp(logs))


def _moments(plan: Plan, day: _Day, as_of: int, chance: Random) -> list[int]:
    count = poisson(plan.posts_per_day * WEEKDAY_PACE[day.weekday], chance)
    hours = chance.choices(list(HOURS), weights=list(HOURS.values()), k=count)
    moments = sorted({day.start + hour * HOUR_S + chance.randrange(0, 60) * 60 for hour in hours})
    return [at for at in moments if at < as_of]


def _post(plan: Plan, day: _Day, number: int, at: int, as_of: int, chance: Random) -> Post:
    kind = chance.random()
    ad, forwarded = kind < AD_SHARE, AD_SHARE <= kind < AD_SHARE + FORWARDED_SHARE
    title = title_of(plan, chance, ad=ad)
    hashtags = AD_TAG if ad else chance.choice(plan.hashtags) if chance.random() < HASHTAG_SHARE else ""
    views, reactions, comments, forwards = _counters(
        plan, day, (as_of - at) / HOUR_S, chance, ad=ad, forwarded=forwarded
    )
    return Post(
        external_id=str(number),
        published_at=at,
        observed_at=as_of,
        observed_exact=True,
        time_known=True,
        format=chance.choices(list(FORMATS), weights=list(FORMATS.values()))[0],
        text_length=len(text_of(title, hashtags, number)),
        hashtags=hashtags or None,
        is_ad=ad,
        is_forwarded=forwarded,
        title=title,
        link=f"https://t.me/{plan.handle}/{number}",
        views=views,
        reach=None,
        reactions=reactions,
        dislikes=None,
        comments=comments,
        forwards=forwards,
        saves=None,
        clicks=None,
        stars=None,
        interactions_sum=None,
        steps=None,
    )


def _counters(
    plan: Plan, day: _Day, age_h: float, chance: Random, *, ad: bool, forwarded: bool
) -> tuple[int, int, int, int]:
    """Returns views, reactions, comments, forwards at this age.

    A forwarded post shows its source's views and forwards.
    """
    final_views = day.views * exp(post_views_shift(chance))
    er = plan.er * exp(chance.gauss(0, ER_SD)) * (AD_ER if ad else 1)
    interactions = final_views * er * reactions_share(age_h)
    reactions, comments = interactions * REACTION_PART, interactions * COMMENT_PART
    forwards = interactions - reactions - comments
    views = final_views * views_share(age_h)
    if forwarded:
        source = chance.uniform(*FORWARDED_VIEWS)
        views, forwards = views * source, forwards * source
    # Nobody reacts without having looked.
    seen = max(whole(views, chance), 1)
    parts = (min(seen, whole(part, chance)) for part in (reactions, comments, forwards))
    reacted, commented, passed_on = parts
    return seen, reacted, commented, passed_on


def views_share(age_h: float) -> float:
    return _share(VIEWS, age_h)


def reactions_share(age_h: float) -> float:
    return _share(REACTIONS, age_h)


def _share(shares: tuple[float, ...], age_h: float) -> float:
    """Returns the share of a counter at an age: even from 0 in the first hour, still after a year."""
    if age_h <= AGES_H[0]:
        return shares[0] * max(0.0, age_h) / AGES_H[0]
    place = bisect_right(AGES_H, age_h)
    if place == len(AGES_H):
        return shares[-1]
    left, right = log(AGES_H[place - 1]), log(AGES_H[place])
    part = (log(age_h) - left) / (right - left)
    return exp(log(shares[place - 1]) * (1 - part) + log(shares[place]) * part)
