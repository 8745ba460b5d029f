"""How far a workspace's channel of another network is read: its history downwards, its young posts at their ages."""

from dataclasses import dataclass, fields

from sqlalchemy import delete, insert, select

from metrics.errors import DomainError
from storage.engine import Connection
from storage.tables import channel, network_channel
from storage.workspace.access import readable


@dataclass(frozen=True, slots=True)
class NetworkProgress:
    channel_id: int
    network: str
    place: str  # the channel's id there
    began_at: int
    cursor: str | None  # where the history goes on; None: it begins, unless it is done
    done_at: int | None
    found: int  # posts of the history
    oldest_at: int | None  # when the oldest of them came out
    served: int
    told_in: int | None  # the message that tells how far it is
    sweep_at: int
    swept_at: int
    failures: int  # in a row
    refusal: str | None  # why the last look gave nothing


_COLUMNS = [network_channel.c[field.name] for field in fields(NetworkProgress)]


async def begin(
    conn: Connection, workspace_id: int, channel_id: int, *, network: str, place: str, now: int
) -> NetworkProgress:
    """Has the workspace's own channel read from now on; returns how far it is.

    It is the present state where the reading began before.
    Raises DomainError("channel.gone") if the workspace doesn't own the channel.
    """
    mine = select(channel.c.id).where(channel.c.id == channel_id, channel.c.workspace_id == workspace_id)
    if (await conn.execute(mine)).one_or_none() is None:
        raise DomainError("channel.gone")
    if (known := await get(conn, workspace_id, channel_id)) is not None:
        return known
    row = {"channel_id": channel_id, "network": network, "place": place, "began_at": now}
    await conn.execute(insert(network_channel).values(**row, sweep_at=now, swept_at=now))
    begun = await get(conn, workspace_id, channel_id)
    assert begun is not None
    return begun


async def get(conn: Connection, workspace_id: int, channel_id: int) -> NetworkProgress | None:
    """Returns how far the channel is read; None: it is not read with a key."""
    query = select(*_COLUMNS).where(
        network_channel.c.channel_id == channel_id, readable(workspace_id, channel_id)
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else NetworkProgress(*row)


async def places(conn: Connection, workspace_id: int) -> list[str]:
    """Returns ids, in their networks, of the channels that the workspace follows now."""
    mine = select(network_channel.c.place).join(channel).where(channel.c.workspace_id == workspace_id)
    return list((await conn.execute(mine)).scalars())


async def end_all(conn: Connection, workspace_id: int) -> int:
    """Ends all reads of a workspace; returns how many.

    Nobody is there to read what would be collected.
    """
    mine = select(channel.c.id).where(channel.c.workspace_id == workspace_id)
    return (
        await conn.execute(delete(network_channel).where(network_channel.c.channel_id.in_(mine)))
    ).rowcount
