"""The threshold that each channel's own noise asked for, and when it was last reckoned."""

from dataclasses import asdict

from sqlalchemy import Row, and_, select, update

from metrics.drops.compared import Fit
from metrics.errors import DomainError
from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import drop_fit
from storage.workspace.access import readable


async def fits(conn: Connection, workspace_id: int) -> dict[tuple[int, str], Fit]:
    """Returns the fits by channel and metric."""
    query = select(drop_fit).where(
        drop_fit.c.workspace_id == workspace_id, readable(workspace_id, drop_fit.c.channel_id)
    )
    return {(row.channel_id, row.metric): _fit(row) for row in await conn.execute(query)}


async def save(
    conn: Connection, workspace_id: int, channel_id: int, metric: str, found: Fit, now: int
) -> None:
    """Raises `DomainError("channel.gone")` for a channel that the workspace doesn't see."""
    key = {"workspace_id": workspace_id, "channel_id": channel_id, "metric": metric}
    values = {**asdict(found), "fitted_at": now}
    mine = and_(*(drop_fit.c[name] == value for name, value in key.items()))
    if not (await conn.execute(select(readable(workspace_id, channel_id)))).scalar_one():
        raise DomainError("channel.gone")
    await conn.execute(insert_new(conn, drop_fit), {**key, **values})
    await conn.execute(update(drop_fit).where(mine).values(values))


def _fit(row: Row[tuple[object, ...]]) -> Fit:
    values = row._mapping  # noqa: SLF001 the documented way to a row's names
    names = ("z", "days", "judged_days", "detectable_percent", "detectable_days")
    return Fit(**{name: values[name] for name in names})
