"""Once a minute: say that the program is alive."""

from bot.collection.counting import mark_absence
from bot.core.instance import ticker_of
from bot.core.remote_clock import RemoteClock
from bot.core.roles import Role
from bot.notifications.services import Services
from storage.system import everywhere


async def tick(services: Services, role: Role = Role.ALL) -> None:
    now = int(services.clock.now().timestamp())
    async with services.database.begin() as conn:
        heard_at = await everywhere.last_tick(conn, role.ticker)
        await everywhere.record_tick(conn, now, role.ticker)
        await everywhere.record_tick(conn, now, ticker_of(services.settings, role))
    if role.answers and not isinstance(services.clock, RemoteClock):  # played time passes without an absence
        await mark_absence(services.database, heard_at, now)
