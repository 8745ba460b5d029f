"""What is left to a key of a network, and when it may be shown again. Kept, so that a restart gives no second helping."""

from dataclasses import dataclass, fields

from sqlalchemy import case, or_, select, update

from storage.bulk import insert_new
from storage.engine import Connection
from storage.tables import network_key


@dataclass(frozen=True, slots=True)
class KeyState:
    """Times are unix seconds."""

    resets_at: int
    spent: int
    requests: int  # ever made
    not_before: int
    failures: int  # in a row
    refusal: str | None  # why nothing is asked any more

    def left(self, units: int, now: int) -> int:
        """Returns what is left of the units that each period has."""
        return units - self.spent if now < self.resets_at else units


_COLUMNS = [network_key.c[field.name] for field in fields(KeyState)]


async def get(conn: Connection, name: str) -> KeyState:
    """Returns the key's state as it stands, or as it would begin."""
    row = (await conn.execute(select(*_COLUMNS).where(network_key.c.name == name))).one_or_none()
    return KeyState(*row) if row else KeyState(0, 0, 0, 0, 0, None)


async def spend(conn: Connection, name: str, units: int, most: int, *, now: int, resets_at: int) -> bool:
    """Spends the units of one more request; False, and nothing is spent, where that would be over `most`.

    `resets_at`: when what is spent now is forgotten.
    """
    await conn.execute(insert_new(conn, network_key), {"name": name})
    is_over = network_key.c.resets_at <= now
    fits = or_(is_over, network_key.c.spent + units <= most)
    counted = update(network_key).where(network_key.c.name == name, fits)
    values = {
        "spent": case((is_over, units), else_=network_key.c.spent + units),
        "resets_at": case((is_over, resets_at), else_=network_key.c.resets_at),
        "requests": network_key.c.requests + 1,
    }
    return (await conn.execute(counted.values(values))).rowcount > 0


async def exhaust(conn: Connection, name: str, most: int, resets_at: int) -> None:
    """Notes that nothing is left, as the network says, whatever was counted here."""
    await _set(conn, name, spent=most, resets_at=resets_at)


async def wait_until(conn: Connection, name: str, moment: int, failures: int) -> None:
    """Has nothing asked before that moment."""
    await _set(conn, name, not_before=moment, failures=failures)


async def refuse(conn: Connection, name: str, refusal: str | None) -> None:
    """Has nothing asked any more, and notes why; None: it may be asked again."""
    await _set(conn, name, refusal=refusal)


async def _set(conn: Connection, name: str, **values: object) -> None:
    await conn.execute(insert_new(conn, network_key), {"name": name})
    await conn.execute(update(network_key).where(network_key.c.name == name).values(values))
