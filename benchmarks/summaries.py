"""Daily summaries put into words and drawn anew: how many a second of a core's time, and what the drawing takes of it.

Time of the processor, for a machine that does other things meanwhile makes any other say little. Every summary has titles and
figures of its own, as those of different chats have.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.measure import Measurement, cpu_ms, median
from bot.demo.team import ExampleChannel, generate_team
from bot.features.summaries.compute import build_digest
from bot.features.summaries.request import DigestChannel, DigestRequest, covered, window

AS_OF = int(datetime(2026, 11, 23, 6, tzinfo=UTC).timestamp())  # a Monday morning in Moscow
ZONE = "Europe/Moscow"
WARM_UP, SUMMARIES = 4, 24
CHANNELS = (3, 1)
AT_LEAST = 10  # a second of a core


def measure() -> Iterator[Measurement]:
    team = generate_team(AS_OF)
    for channels in CHANNELS:
        requests = [_request(team[:channels], number) for number in range(WARM_UP + SUMMARIES)]
        whole_ms = _taken_ms(requests)
        words_ms = _taken_ms([replace(request, draw=False) for request in requests])
        yield Measurement(
            f"daily summaries, pictures cold, a core, channels of each: {channels}",
            1000 / median(whole_ms),
            "/s",
            at_least=AT_LEAST,
            beside=f"{median(whole_ms):.0f} ms each, {median(words_ms):.0f} ms of it figures and words",
        )


def _taken_ms(requests: Sequence[DigestRequest]) -> list[float]:
    return [cpu_ms(_building(request)) for request in requests][WARM_UP:]


def _building(request: DigestRequest) -> Callable[[], object]:
    return lambda: build_digest(request)


def _request(team: Sequence[ExampleChannel], number: int) -> DigestRequest:
    chance, zone = Random(number), ZoneInfo(ZONE)
    first, last = covered("daily", datetime.fromtimestamp(AS_OF, zone).date())
    start, end = window(first, last, "daily", zone)
    told = [_channel(one, f"{one.title} {number}", chance.uniform(0.3, 3), start, end) for one in team]
    return DigestRequest("ru" if number % 2 else "en", ZONE, AS_OF, "daily", first, last, told)


def _channel(of: ExampleChannel, title: str, larger: float, start: int, end: int) -> DigestChannel:
    posts = [
        post._replace(views=None if post.views is None else max(1, round(post.views * larger)))
        for post in of.posts
        if start <= post.published_at < end
    ]
    return DigestChannel(title, "telegram", f"example{title[-1]}", posts, of.audience, (), AS_OF)
