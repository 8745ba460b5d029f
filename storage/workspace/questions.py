"""The question a person was asked and has not answered; a restart does not forget it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from storage.engine import Connection
from storage.tables import question


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    payload: dict[str, Any]
    asked_at: int


async def ask(
    conn: Connection, workspace_id: int, user_id: int, kind: str, payload: Mapping[str, Any], now: int
) -> None:
    """Asks a question, in place of an older one to the same person in the same chat."""
    await settle(conn, workspace_id, user_id)
    row = {"kind": kind, "payload": json.dumps(payload, ensure_ascii=False), "asked_at": now}
    await conn.execute(insert(question).values(workspace_id=workspace_id, user_id=user_id, **row))


async def pending(conn: Connection, workspace_id: int, user_id: int) -> Question | None:
    query = select(question.c.kind, question.c.payload, question.c.asked_at).where(
        question.c.workspace_id == workspace_id, question.c.user_id == user_id
    )
    row = (await conn.execute(query)).one_or_none()
    return None if row is None else Question(row.kind, json.loads(row.payload), row.asked_at)


async def settle(conn: Connection, workspace_id: int, user_id: int) -> bool:
    """Notes that the question was answered or dropped; False if there was none."""
    mine = delete(question).where(question.c.workspace_id == workspace_id, question.c.user_id == user_id)
    return (await conn.execute(mine)).rowcount > 0
