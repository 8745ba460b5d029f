"""The pictures of one channel, by the very jobs that draw them for a chat."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial

from bot.answers.drops.picture import draw_drop
from bot.answers.drops.request import PictureRequest
from bot.answers.request import EngagementRequest
from bot.core.parsing.periods import PeriodChoice
from bot.features.check.compute import build_card
from bot.features.check.request import CheckRequest
from bot.features.content.compute import build_report as content
from bot.features.engagement.compute import build_report as engagement
from bot.features.growth.compute import build_report as growth
from bot.features.growth.request import GrowthRequest
from bot.features.posts.compute import build_card as post_card
from bot.features.posts.request import PostRequest
from bot.features.summaries.compute import build_digest
from bot.features.summaries.request import DigestChannel, DigestRequest, covered
from bot.features.timing.compute import build_report as timing
from docs.gallery.cases import AS_OF, ZONE, Case
from metrics.durations import DAY_S
from metrics.followers import Movement

TODAY = date(2026, 11, 23)
HANDLE = "primer"
GRID = 6  # channels of a summary

Draw = Callable[[Case, str], bytes | None]


def _engagement(
    build: Callable[[EngagementRequest], object], days: int, case: Case, language: str
) -> bytes | None:
    since = AS_OF - (days + 60) * DAY_S
    request = EngagementRequest(
        title=case.title,
        platform="telegram",
        language=language,
        zone=ZONE,
        as_of=AS_OF,
        period=PeriodChoice(days=days),
        posts=[post for post in case.posts if post.published_at >= since],
        audience=case.audience,
        readings=[post for post in case.readings if post.published_at >= since],
        handle=HANDLE,
        notes=case.notes,
    )
    picture = getattr(build(request), "picture", None)
    return picture if isinstance(picture, bytes) else None


def _growth(days: int, case: Case, language: str) -> bytes | None:
    """Draws the growth; nobody saw the people where there are none."""
    start = AS_OF - (days + 31) * DAY_S
    joins = [one for one in case.joins if start <= one.joined_at]
    seen = Movement(0, joins, [at for at in case.leaves if at >= start]) if case.joins else None
    return growth(
        GrowthRequest(
            case.title, "telegram", HANDLE, language, ZONE, AS_OF, PeriodChoice(days=days), case.audience, case.audience[-1], seen,
            notes=case.notes,
        )
    ).picture  # fmt: skip


def _alert(case: Case, language: str) -> bytes | None:
    window = (TODAY - timedelta(days=3), TODAY - timedelta(days=1))
    recent = [post for post in case.posts if post.published_at >= AS_OF - 90 * DAY_S]
    return draw_drop(
        PictureRequest(
            title=case.title,
            handle=HANDLE,
            platform="telegram",
            language=language,
            zone=ZONE,
            as_of=AS_OF,
            metric="views",
            basis="exact" if len(case.readings) > len(case.posts) else "final",
            window_first=window[0],
            window_last=window[1],
            history_first=window[0] - timedelta(days=56),
            history_last=window[0] - timedelta(days=1),
            posts=recent,
            readings=[post for post in case.readings if post.published_at >= AS_OF - 90 * DAY_S],
            audience=case.audience,
            notes=case.notes,
        )
    )


def _post(case: Case, language: str) -> bytes | None:
    """Draws the newest post that is a day old."""
    since = AS_OF - 90 * DAY_S
    post = max(
        (one for one in case.posts if one.published_at <= AS_OF - DAY_S),
        key=lambda one: one.published_at,
        default=None,
    )
    if post is None:
        return None
    return post_card(
        PostRequest(
            title=case.title,
            platform="telegram",
            handle=HANDLE,
            chat_id=None,
            language=language,
            zone=ZONE,
            as_of=AS_OF,
            post=post,
            posts=[one for one in case.posts if one.published_at >= since],
            readings=[one for one in case.readings if one.published_at >= since],
            audience=case.audience,
        )
    ).picture


def _check(case: Case, language: str) -> bytes | None:
    recent = [post for post in case.readings if post.published_at >= AS_OF - 30 * DAY_S]
    return build_card(
        CheckRequest(case.title, HANDLE, "telegram", language, ZONE, AS_OF, recent, case.audience[-30:], "page", may_watch=True, notes=case.notes)
    ).picture  # fmt: skip


def _summary(channels: int, frequency: str, case: Case, language: str) -> bytes | None:
    first, last = covered(frequency, TODAY)
    recent = [post for post in case.posts if post.published_at >= AS_OF - 100 * DAY_S]
    one = DigestChannel(case.title, "telegram", HANDLE, recent, case.audience, (), AS_OF, notes=case.notes)
    return build_digest(
        DigestRequest(language, ZONE, AS_OF, frequency, first, last, [one] * channels)
    ).picture


PICTURES: Mapping[str, Draw] = {
    "er-7": partial(_engagement, engagement, 7),
    "er-30": partial(_engagement, engagement, 30),
    "er-365": partial(_engagement, engagement, 365),
    "post": _post,
    "growth-30": partial(_growth, 30),
    "growth-365": partial(_growth, 365),
    "when-90": partial(_engagement, timing, 90),
    "content-90": partial(_engagement, content, 90),
    "alert": _alert,
    "check": _check,
    "summary-1": partial(_summary, 1, "weekly"),
    "summary-2": partial(_summary, 2, "weekly"),
    "summary-6": partial(_summary, GRID, "daily"),
    "summary-12": partial(_summary, 2 * GRID, "monthly"),
}
