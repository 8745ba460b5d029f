"""The threshold that each channel's own noise asked for, and when it was last reckoned."""

from dataclasses import asdict, dataclass

from sqlalchemy import Row, and_, func, or_, select, update

from metrics.drops.fit import Fit
from storage.access import readable
from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import channel as channel_table
from storage.tables import drop_fit, schedule


@dataclass(frozen=True, slots=True)
class Waiting:
    workspace_id: int
    channel_id: int


async def fits(conn: Connection, workspace_id: int) -> dict[tuple[int, str], Fit]:
    """By channel and metric."""
    query = select(drop_fit).where(
        drop_fit.c.workspace_id == workspace_id, readable(workspace_id, drop_fit.c.channel_id)
    )
    return {(row.channel_id, row.metric): _fit(row) for row in await conn.execute(query)}


async def save(
    conn: Connection, workspace_id: int, channel_id: int, metric: str, found: Fit, now: int
) -> None:
    key = {"workspace_id": workspace_id, "channel_id": channel_id, "metric": metric}
    values = {**asdict(found), "fitted_at": now}
    mine = and_(*(drop_fit.c[name] == value for name, value in key.items()))
    await conn.execute(insert_new(conn, drop_fit), {**key, **values})
    await conn.execute(update(drop_fit).where(mine).values(values))


async def waiting(conn: Connection, fitted_before: int) -> Waiting | None:
    """Of all workspaces that hear alerts: the own channel whose fit is the oldest, or was never made."""
    oldest = func.min(drop_fit.c.fitted_at)
    query = (
        select(channel_table.c.workspace_id, channel_table.c.id)
        .join(
            schedule,
            and_(
                schedule.c.workspace_id == channel_table.c.workspace_id,
                schedule.c.kind == "alerts",
                schedule.c.is_on,
            ),
        )
        .outerjoin(
            drop_fit,
            and_(
                drop_fit.c.channel_id == channel_table.c.id,
                drop_fit.c.workspace_id == channel_table.c.workspace_id,
            ),
        )
        .group_by(channel_table.c.workspace_id, channel_table.c.id)
        .having(or_(oldest.is_(None), oldest < fitted_before))
        .order_by(func.coalesce(oldest, 0), channel_table.c.id)
        .limit(1)
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Waiting(row.workspace_id, row.id)


def _fit(row: Row[tuple[object, ...]]) -> Fit:
    values = row._mapping  # noqa: SLF001 the documented way to a row's names
    names = ("z", "days", "judged_days", "detectable_percent", "detectable_days")
    return Fit(**{name: values[name] for name in names})
