"""What holds in a workspace and was told when it began: silence of a source, a fall that all share."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select

from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import standing


@dataclass(frozen=True, slots=True)
class StandingChanges:
    begun: frozenset[str]
    ended: frozenset[str]


async def renew(conn: Connection, workspace_id: int, now: Collection[str]) -> StandingChanges:
    """Writes down what holds now; returns what has begun and what has ended since the last time."""
    mine = standing.c.workspace_id == workspace_id
    known = frozenset((await conn.execute(select(standing.c.subject).where(mine))).scalars())
    begun, ended = frozenset(now) - known, known - frozenset(now)
    if ended:
        await conn.execute(delete(standing).where(mine, standing.c.subject.in_(ended)))
    if begun:
        rows = [{"workspace_id": workspace_id, "subject": subject} for subject in sorted(begun)]
        await conn.execute(insert_new(conn, standing), rows)
    return StandingChanges(begun, ended)
