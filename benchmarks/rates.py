"""All rates of a year beside the drawing of their chart, what ten times as many posts cost, and a busy year's answer."""

from collections.abc import Iterator
from datetime import UTC

from benchmarks.channel import make_posts
from benchmarks.measure import Measurement, cpu_ms, in_turns_ms, median
from bot.answers.picture import chart
from bot.answers.request import EngagementRequest, window
from bot.core.charts.engagement import draw
from bot.core.locales import translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.engagement.compute import build_report
from metrics.frame import audience_table, table
from metrics.periods import last_days
from metrics.posts import AudienceReading, Post
from metrics.series import series
from metrics.summary import Summary, summarize

AS_OF = 1_767_258_000  # 1 January 2026, 09:00 UTC
YEAR_DAYS, POSTS_A_DAY, YEARS = 365, 4, 3
DRAWING_AT_MOST = 0.5
FEW, MANY = 10_000, 100_000
BUSY_POSTS_A_DAY, MONTH_DAYS = 100, 30
YEAR_AT_MOST = 1.5  # times as long as the answer of a month
LINEAR_AT_MOST = 1.5  # times as much as ten times as many posts would cost
REPEATS = 9


def measure() -> Iterator[Measurement]:
    yield _beside_the_drawing()
    yield _growth()
    yield _busy_year()


def _beside_the_drawing() -> Measurement:
    """Measures rates beside a drawing; posts before the year fill the previous one and the history."""
    rows = _spread(YEARS * YEAR_DAYS * POSTS_A_DAY, POSTS_A_DAY)
    posts, audience = table(rows), audience_table([AudienceReading(AS_OF, 10_000, 0)])
    period, t = last_days(YEAR_DAYS, AS_OF, UTC), translator("ru")
    request = EngagementRequest(
        title="Example",
        platform="telegram",
        language="ru",
        zone="UTC",
        as_of=AS_OF,
        period=PeriodChoice(days=YEAR_DAYS),
        posts=rows,
        audience=[],
    )

    def rates() -> Summary:
        return summarize(posts, audience, period=period, zone=UTC, as_of=AS_OF, platform="telegram")

    summary = rates()
    lines = series(posts, audience, period=period, zone=UTC, as_of=AS_OF, platform="telegram")
    picture = chart(summary, lines, request, t)
    if picture is None:
        raise RuntimeError("nothing to draw")
    taken, drawn = in_turns_ms(rates, lambda: draw(picture, t), repeats=REPEATS)
    name = f"all rates of {summary.posts.used} posts, of the year before and of 56 days, beside their chart"
    return Measurement(name, median(taken), "ms", floor=median(drawn), at_most_ratio=DRAWING_AT_MOST)


def _growth() -> Measurement:
    few, many = (table(_spread(count, count // YEAR_DAYS)) for count in (FEW, MANY))
    audience = audience_table([AudienceReading(AS_OF, 10_000, 0)])
    period = last_days(YEAR_DAYS, AS_OF, UTC)
    taken, floors = in_turns_ms(
        lambda: summarize(many, audience, period=period, zone=UTC, as_of=AS_OF, platform="telegram"),
        lambda: summarize(few, audience, period=period, zone=UTC, as_of=AS_OF, platform="telegram"),
        repeats=REPEATS,
    )
    times = MANY // FEW
    name = f"all rates of {MANY} posts, beside {times} times those of {FEW}"
    return Measurement(name, median(taken), "ms", floor=times * median(floors), at_most_ratio=LINEAR_AT_MOST)


def _busy_year() -> Measurement:
    """Measures text and picture from the request on.

    The month's request holds its history too, as the bot's own does.
    """
    year, month = _busy(YEAR_DAYS), _busy(MONTH_DAYS)
    build_report(year)
    taken, floors = in_turns_ms(
        lambda: build_report(year), lambda: build_report(month), repeats=REPEATS, clock=cpu_ms
    )
    name = f"/er {YEAR_DAYS}d of {BUSY_POSTS_A_DAY} posts a day, beside {MONTH_DAYS}d"
    return Measurement(name, median(taken), "ms", floor=median(floors), at_most_ratio=YEAR_AT_MOST)


def _busy(days: int) -> EngagementRequest:
    start, _ = window(last_days(days, AS_OF, UTC))
    rows = _spread(YEAR_DAYS * BUSY_POSTS_A_DAY, BUSY_POSTS_A_DAY)
    return EngagementRequest(
        title="Example",
        platform="telegram",
        language="ru",
        zone="UTC",
        as_of=AS_OF,
        period=PeriodChoice(days=days),
        posts=[row for row in rows if row.published_at >= start],
        audience=[AudienceReading(AS_OF, 10_000, 0)],
    )


def _spread(count: int, posts_a_day: int) -> list[Post]:
    """Returns `posts_a_day` to the end of the last day."""
    apart = 86_400 // posts_a_day
    return [
        post._replace(published_at=AS_OF - 3600 - apart * number)
        for number, post in enumerate(reversed(make_posts(count, AS_OF)))
    ]
