"""From storage to a request: the post, its neighbours of 56 days, and every reading that tells how they grew."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.gather import AGES_S
from bot.features.posts.request import HISTORY_DAYS, PostRequest
from metrics.durations import DAY_S
from storage.engine import Connection
from storage.files.tables.links import PostLink, read_post_link
from storage.identity import TELEGRAM_CHANNEL_BASE
from storage.workspace import audience, posts, reposts, single_posts
from storage.workspace.channels import Channel
from storage.workspace.single_posts import SinglePost
from storage.workspace.workspaces import Workspace


async def gather(
    conn: Connection, workspace: Workspace, channel: Channel, found: SinglePost, as_of: int
) -> PostRequest:
    """Gathers a request; a deleted post is in no figure of the channel, and stands beside them here."""
    near_s = (HISTORY_DAYS + 1) * DAY_S
    start, end = found.post.published_at - near_s, min(as_of, found.post.published_at + near_s) + 1
    others = [
        row
        for row in await posts.window(conn, workspace.id, channel.id, start, end)
        if row.external_id != found.post.external_id
    ]
    read = [
        row
        for row in await posts.early_readings(conn, workspace.id, channel.id, start, end, AGES_S)
        if row.external_id != found.post.external_id
    ]
    at = found.post.published_at
    named = await reposts.of_posts(conn, workspace.id, channel.id, at, at + 1)
    own = await single_posts.readings(conn, workspace.id, channel.id, found.post.external_id)
    return PostRequest(
        title=channel.title,
        platform=channel.platform,
        handle=channel.handle,
        chat_id=channel.chat_id,
        language=workspace.language,
        zone=workspace.zone,
        as_of=as_of,
        post=found.post,
        posts=[*others, found.post],
        readings=[*others, *read, *own],
        audience=await audience.window(conn, workspace.id, channel.id, start, end),
        deleted_at=found.deleted_at,
        reposts=[one for one in named if one.external_id == found.post.external_id],
    )


@dataclass(frozen=True, slots=True)
class NamedPost:
    channel: Channel
    external_id: str


def has_post_link(text: str) -> bool:
    """Tells whether a word of it is an address of a post, of whatever channel."""
    return any(read_post_link(word) is not None for word in text.split())


def named_post(text: str, visible: Sequence[Channel]) -> NamedPost | None:
    """Returns the post that a link names; None for what is no link to a post of these channels."""
    for word in text.split():
        link = read_post_link(word)
        owner = next((one for one in visible if link and _is_of(link, one)), None)
        if link is not None and owner is not None:
            return NamedPost(owner, link.id)
    return None


def _is_of(link: PostLink, channel: Channel) -> bool:
    if link.platform != channel.platform:
        return False
    if link.platform == "telegram" and link.owner_id:
        return channel.chat_id == TELEGRAM_CHANNEL_BASE - int(link.owner_id)
    by_name = bool(link.owner) and (link.owner or "").lower() == channel.handle
    return by_name or bool(link.owner_id and link.owner_id == channel.external_id)
