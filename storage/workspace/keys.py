"""A workspace's own keys of services: encrypted, with what each service said of its tariff."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage.engine import Connection
from storage.tables import channel, tgstat_channel, workspace_key

TGSTAT = "tgstat"  # the one service so far


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a service said of the key. Times are unix seconds; None: it did not say."""

    tariff: str | None = None
    requests_left: int | None = None
    requests_most: int | None = None
    channels_left: int | None = None
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class WorkspaceKey:
    service: str
    sealed: str
    hint: str
    added_by: int
    added_at: int
    state: str  # 'works', 'refused', 'spent' or 'away'
    checked_at: int
    not_before: int
    tariff: Tariff


_OWN = [workspace_key.c[field.name] for field in fields(WorkspaceKey) if field.name != "tariff"]
_TOLD = [workspace_key.c[field.name] for field in fields(Tariff)]
COLUMNS = [*_OWN, *_TOLD]


def key_of(row: Sequence[Any]) -> WorkspaceKey:
    """Builds a key of a row of `COLUMNS`."""
    own: Sequence[Any] = (*row[: len(_OWN)], Tariff(*row[len(_OWN) :]))
    return WorkspaceKey(*own)


async def put(
    conn: Connection,
    workspace_id: int,
    service: str,
    *,
    sealed: str,
    hint: str,
    person: int,
    state: str,
    tariff: Tariff,
    now: int,
) -> None:
    """Puts a key in place of the one there was."""
    await _forget(conn, workspace_id, service)
    own = {"sealed": sealed, "hint": hint, "added_by": person, "added_at": now, "state": state}
    told = {field.name: getattr(tariff, field.name) for field in fields(Tariff)}
    moments = {"checked_at": now, "not_before": 0}
    row = {"workspace_id": workspace_id, "service": service, **own, **moments, **told}
    await conn.execute(insert(workspace_key).values(row))


async def get(conn: Connection, workspace_id: int, service: str) -> WorkspaceKey | None:
    query = select(*COLUMNS).where(
        workspace_key.c.workspace_id == workspace_id, workspace_key.c.service == service
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else key_of(row)


async def remove(conn: Connection, workspace_id: int, service: str) -> bool:
    """Removes a key; False where there was none. Nothing is read with it any more; what was read stays."""
    mine = select(channel.c.id).where(channel.c.workspace_id == workspace_id)
    await conn.execute(delete(tgstat_channel).where(tgstat_channel.c.channel_id.in_(mine)))
    return await _forget(conn, workspace_id, service)


async def note_state(
    conn: Connection,
    workspace_id: int,
    service: str,
    state: str,
    *,
    now: int,
    tariff: Tariff | None = None,
    not_before: int = 0,
) -> None:
    """Notes what became of the last request; `tariff` where the service told it anew."""
    told = {} if tariff is None else {field.name: getattr(tariff, field.name) for field in fields(Tariff)}
    if tariff is not None:
        told["checked_at"] = now
    mine = update(workspace_key).where(
        workspace_key.c.workspace_id == workspace_id, workspace_key.c.service == service
    )
    await conn.execute(mine.values(state=state, not_before=not_before, **told))


async def spend(conn: Connection, workspace_id: int, service: str) -> None:
    """Counts one more request before it is made."""
    mine = update(workspace_key).where(
        workspace_key.c.workspace_id == workspace_id,
        workspace_key.c.service == service,
        workspace_key.c.requests_left > 0,
    )
    await conn.execute(mine.values(requests_left=workspace_key.c.requests_left - 1))


async def _forget(conn: Connection, workspace_id: int, service: str) -> bool:
    mine = delete(workspace_key).where(
        workspace_key.c.workspace_id == workspace_id, workspace_key.c.service == service
    )
    return (await conn.execute(mine)).rowcount > 0
