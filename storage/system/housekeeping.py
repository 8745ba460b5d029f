"""Rows that have served their time, in every workspace, a few a transaction. Handlers may not import this.

Each chore looks for rows with a snapshot that holds nobody up, and writes only where it found some.
"""

from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, and_, delete, exists, or_, select, tuple_, update

from storage import retention
from storage.engine import Connection, Database
from storage.system.everywhere import INSTANCES
from storage.tables import (
    channel,
    channel_access,
    delivery,
    follow,
    inbox,
    picture,
    placement,
    post,
    question,
    quota,
    tick,
)
from storage.tables.outgoing import is_open

ROWS_AT_ONCE = 100
POSTS_AT_ONCE = 5  # with their readings, dozens each


@dataclass(frozen=True, slots=True)
class Chore:
    """Rows of a table older than `kept_s` by the column `at`, where `only` allows."""

    table: Table
    at: Column[int]
    kept_s: int
    only: ColumnElement[bool] | None = None

    def old(self, now: int) -> ColumnElement[bool]:
        old: ColumnElement[bool] = self.at < now - self.kept_s
        return old if self.only is None else and_(old, self.only)


UPDATES = Chore(inbox, inbox.c.received_at, retention.UPDATES_S, inbox.c.state == "done")
TICKS = Chore(tick, tick.c.at, retention.TICKS_S, tick.c.id >= INSTANCES)
SPENT = Chore(quota, quota.c.at, retention.SPENT_S)
DELIVERIES = Chore(delivery, delivery.c.created_at, retention.DELIVERIES_S, ~is_open(delivery))
PICTURES = Chore(picture, picture.c.created_at, retention.PICTURES_S)
QUESTIONS = Chore(question, question.c.asked_at, retention.QUESTIONS_S)
CHORES = (UPDATES, TICKS, SPENT, DELIVERIES, PICTURES, QUESTIONS)


async def forget_some(database: Database, chore: Chore, now: int) -> int:
    """Deletes up to ROWS_AT_ONCE rows that are old; returns how many."""
    key = tuple_(*chore.table.primary_key)
    async with database.read() as conn:
        some = select(*chore.table.primary_key).where(chore.old(now)).limit(ROWS_AT_ONCE)
        keys = [tuple(row) for row in await conn.execute(some)]
    if not keys:
        return 0
    async with database.begin() as conn:
        return (await conn.execute(delete(chore.table).where(key.in_(keys), chore.old(now)))).rowcount


async def forget_watched(database: Database, now: int) -> int:
    """Lets go of one channel that was checked and is read no more, or of some of its posts; 0: none is.

    Nobody sees it from the first part on; who checks it again begins anew.
    """
    async with database.read() as conn:
        left = select(channel.c.id).where(channel.c.is_watched, or_(_is_forsaken(now), _is_let_go()))
        channel_id = (await conn.execute(left.order_by(channel.c.id).limit(1))).scalar_one_or_none()
    if channel_id is None:
        return 0
    async with database.begin() as conn:
        return await _forget_part(conn, channel_id, now)


async def _forget_part(conn: Connection, channel_id: int, now: int) -> int:
    this = channel.c.id == channel_id
    await conn.execute(
        delete(channel_access).where(
            channel_access.c.channel_id == channel_id, exists().where(this, _is_forsaken(now))
        )
    )
    unnamed = update(channel).where(this, _is_let_go())
    if not (await conn.execute(unnamed.values(handle=None, chat_id=None, external_id=None))).rowcount:
        return 0  # somebody asked about it meanwhile
    some = select(post.c.id).where(post.c.channel_id == channel_id).limit(POSTS_AT_ONCE)
    gone = (await conn.execute(delete(post).where(post.c.id.in_(some)))).rowcount
    return gone or (await conn.execute(delete(channel).where(this))).rowcount


def _is_forsaken(now: int) -> ColumnElement[bool]:
    return and_(
        channel.c.is_watched,
        channel.c.changed_at < now - retention.WATCHED_S,
        ~exists().where(follow.c.channel_id == channel.c.id),
        ~exists().where(placement.c.channel_id == channel.c.id),
    )


def _is_let_go() -> ColumnElement[bool]:
    """Returns the condition for watched channels that no workspace has any more."""
    return and_(channel.c.is_watched, ~exists().where(channel_access.c.channel_id == channel.c.id))
