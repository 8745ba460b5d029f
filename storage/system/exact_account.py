"""The bot's one session at Telegram: kept encrypted, with what Telegram said of waiting. One row."""

from dataclasses import dataclass, fields

from sqlalchemy import select, update

from metrics.durations import DAY_S
from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import exact_account, exact_channel

_ONE = 1


@dataclass(frozen=True, slots=True)
class Account:
    """Times are unix seconds; `session` is encrypted."""

    session: str | None
    logged_in_at: int | None  # None: this session has not shown the token yet
    not_before: int
    failures: int  # connections in a row that gave nothing
    requests: int  # ever made
    day: int  # since 1970, of `spent`
    spent: int  # requests for history on that day
    refusal: str | None  # why nothing is asked any more
    fields: str | None  # what came at the last look, blank-separated
    fields_at: int | None


_COLUMNS = [exact_account.c[field.name] for field in fields(Account)]


async def get(conn: Connection) -> Account:
    """Returns the account as it stands, or as it would begin."""
    row = (await conn.execute(select(*_COLUMNS))).one_or_none()
    return Account(*row) if row else Account(None, None, 0, 0, 0, 0, 0, None, None, None)


async def keep_session(conn: Connection, session: str | None, logged_in_at: int | None) -> None:
    """Keeps the session from now on; None forgets it, and what was Telegram's to this session only."""
    await _set(conn, session=session, logged_in_at=logged_in_at)
    if session is None:
        await conn.execute(update(exact_channel).values(access_hash=0))


async def wait_until(conn: Connection, moment: int, failures: int = 0) -> None:
    """Has nothing asked before that moment."""
    await _set(conn, not_before=moment, failures=failures)


async def refuse(conn: Connection, refusal: str | None) -> None:
    """Has nothing asked any more, and notes why; None: it may be asked again."""
    await _set(conn, refusal=refusal)


async def note_fields(conn: Connection, told: str, at: int) -> None:
    """Notes what came of the fields, at a look."""
    await _set(conn, fields=told, fields_at=at)


async def count_request(conn: Connection, now: int, *, history: bool) -> int:
    """Counts one more request that leaves; returns its number."""
    account = await get(conn)
    day = now // DAY_S
    spent = (account.spent if account.day == day else 0) + int(history)
    await _set(conn, requests=account.requests + 1, day=day, spent=spent)
    return account.requests + 1


async def _set(conn: Connection, **values: object) -> None:
    await conn.execute(insert_new(conn, exact_account), {"id": _ONE})
    await conn.execute(update(exact_account).where(exact_account.c.id == _ONE).values(values))
