"""Which channels of a workspace bring their figures by themselves, and which only as somebody sends a file."""

from sqlalchemy import exists, or_, select

from storage.engine import Connection
from storage.tables import channel, channel_access, exact_channel, follow, network_channel


async def read_by_themselves(conn: Connection, workspace_id: int) -> set[int]:
    """Returns ids of the channels that bring their figures by themselves.

    The bot is in them or reads their page, or a service gives it their counters.
    """
    ways = (
        channel.c.bot_is_admin,
        exists().where(follow.c.channel_id == channel.c.id),
        exists().where(exact_channel.c.channel_id == channel.c.id),
        exists().where(network_channel.c.channel_id == channel.c.id),
    )
    query = (
        select(channel.c.id)
        .join_from(channel, channel_access)
        .where(channel_access.c.workspace_id == workspace_id, or_(*ways))
    )
    return set((await conn.execute(query)).scalars())
