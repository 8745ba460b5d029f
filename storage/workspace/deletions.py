"""Posts that their channel deleted. Telegram tells no bot of it; that a number is empty when it is asked for, is all there is.

One empty look is a doubt: it counts when another post of the channel was there in the same answer, and few were empty.
A second one, an hour later at the earliest, makes it a deletion. Whoever sees the post again takes it back.
"""

from dataclasses import dataclass

from sqlalchemy import select

from storage.engine import Connection
from storage.tables import post
from storage.workspace import absences
from storage.workspace.access import hold, readable

DOUBTFUL_SHARE = 0.2  # of the posts asked for: with more of them empty it is the answer that is in doubt


@dataclass(frozen=True, slots=True)
class Look:
    """One answer about posts of a channel, by their ids in it. `is_admin`: Telegram showed the bot's rights with it."""

    at: int
    there: frozenset[str]
    empty: frozenset[str]
    is_admin: bool

    @property
    def is_sound(self) -> bool:
        asked = len(self.there) + len(self.empty)
        return self.is_admin and bool(self.there) and len(self.empty) <= DOUBTFUL_SHARE * asked


@dataclass(frozen=True, slots=True)
class DeletedPost:
    external_id: str
    title: str | None
    published_at: int


async def note(conn: Connection, workspace_id: int, channel_id: int, look: Look) -> None:
    """Writes down what an answer says of deletions. Raises DomainError("channel.gone")."""
    await hold(conn, workspace_id, channel_id, look.at)
    await absences.see(conn, channel_id, look.there)
    if not look.empty or not look.is_sound:
        return
    await absences.miss(conn, channel_id, look.empty, look.at)


async def window(
    conn: Connection, workspace_id: int, channel_id: int, start: int, end: int, *, found: bool = False
) -> list[DeletedPost]:
    """Returns deleted posts published from `start` up to, not including, `end`; `found`: found out then."""
    moment = post.c.deleted_at if found else post.c.published_at
    query = select(post.c.external_id, post.c.title, post.c.published_at).where(
        post.c.channel_id == channel_id,
        post.c.deleted_at.is_not(None),
        moment >= start,
        moment < end,
        readable(workspace_id, channel_id),
    )
    return [DeletedPost(*row) for row in await conn.execute(query.order_by(post.c.published_at, post.c.id))]
