"""Where a check's figures come from: what this chat keeps of the channel, or its public page as it stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.answers.gather import growth_readings, open_episode
from bot.answers.request import window
from bot.collection.seen import PublicChannel
from bot.features.check.asked import CheckQuestion
from bot.features.check.request import DAYS, CheckRequest
from metrics.periods import last_days, local_date
from metrics.posts import Post
from storage.engine import Connection
from storage.workspace import audience, notes, posts
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

HISTORY_S = 3 * 366 * 86_400  # judged in blocks: a channel that bought views last year is told too
HISTORY_POSTS = 10_000  # of a very busy channel the newest ones
GROWTH_WINDOW_S = 120 * 86_400  # posts of which every reading is looked at: there are dozens of a post
FRESH_S = 86_400
GROWTH_S = (0, 31 * 86_400)  # ages of readings that tell how a post grew


def from_page(seen: PublicChannel, workspace: Workspace, wanted: CheckQuestion, as_of: int) -> CheckRequest:
    return CheckRequest(
        title=seen.title,
        handle=seen.handle,
        platform=seen.platform,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        readings=seen.posts,
        audience=[seen.subscribers] if seen.subscribers else [],
        source="page" if seen.platform == "telegram" else "network",
        may_watch=seen.platform == "telegram",
        price=wanted.price,
    )


async def from_storage(
    conn: Connection, workspace: Workspace, channel: Channel, price: float | None, as_of: int
) -> CheckRequest:
    """Returns every reading of the last months' posts, and how each other one of three years stands."""
    span = await posts.span(conn, workspace.id, channel.id)
    newest = min(span.last, as_of) if span else as_of
    start, end = newest - HISTORY_S, as_of + 1
    watched_from = newest - GROWTH_WINDOW_S
    read = await posts.early_readings(conn, workspace.id, channel.id, watched_from, end, GROWTH_S)
    rated_from, _ = window(last_days(DAYS, as_of, ZoneInfo(workspace.zone)))
    shown = (await posts.window(conn, workspace.id, channel.id, start, end))[-HISTORY_POSTS:]
    today = local_date(as_of, ZoneInfo(workspace.zone))
    noted = await notes.window(conn, workspace.id, channel.id, today - timedelta(days=DAYS), today)
    return CheckRequest(
        title=channel.title,
        handle=channel.handle,
        platform=channel.platform,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        readings=_all_readings(read, shown),
        audience=await audience.window(conn, workspace.id, channel.id, start, end),
        source="own",
        may_watch=channel.is_watched,
        price=price,
        posts=shown,
        growth_readings=await growth_readings(conn, workspace, channel, rated_from, end, as_of),
        episode=await open_episode(conn, workspace, channel),
        notes=[(one.noted_on, one.text) for one in noted],
        private_id=None if channel.handle else channel.id,
    )


def with_page(request: CheckRequest, seen: PublicChannel) -> CheckRequest:
    """Returns the request with the page as it stands now beside what is kept.

    The rate is that of `/er`, of what is kept, as long as that is fresh; of a channel that nobody read for a
    day the page knows more.
    """
    newest = max((row.observed_at for row in request.posts), default=0)
    if newest < request.as_of - FRESH_S:
        request = replace(request, posts=(), growth_readings=())
    return replace(
        request,
        readings=_all_readings(request.readings, seen.posts),
        audience=[*request.audience, *([seen.subscribers] if seen.subscribers else [])],
    )


def _all_readings(read: Sequence[Post], others: Sequence[Post]) -> list[Post]:
    """Returns the readings with those of `others` whose moment is not among them already."""
    known = {(row.external_id, row.observed_at) for row in read}
    return [*read, *(row for row in others if (row.external_id, row.observed_at) not in known)]
