"""Rights are proved again: once a day for everybody they stand on, before a file leaves, and for grants to groups."""

from dataclasses import dataclass

import structlog
from aiogram import Bot

from bot.core.clock import Clock
from bot.telegram.access import MemberStatus, look_up
from storage.engine import Connection, Database
from storage.system import rights
from storage.system.rights import DueProof, Grant
from storage.workspace import deliveries
from storage.workspace.channels import Channel

AT_ONCE = 20  # people a tick asks Telegram about, and as many grants
GRANT_ENDS = "grant_ends"  # the kind of delivery that tells a group
NOTICE_S = 86_400  # a group is told that long before a channel leaves it
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Proving:
    bot: Bot
    database: Database
    clock: Clock

    async def prove_due(self) -> None:
        """Proves people again whose last proof is a day old.

        As each began at another moment, the day's calls lie apart.
        """
        for _ in range(AT_ONCE):
            async with self.database.begin() as conn:
                claimed = await rights.claim_proof(conn, self._now())
            if claimed is None:
                return
            await self._prove(claimed)

    async def prove(self, channel: Channel) -> None:
        """Proves rights before what is kept of a private channel leaves as a file.

        Nothing newer comes to who lost the right.
        """
        if channel.handle is not None or channel.chat_id is None or not channel.bot_is_admin:
            return
        async with self.database.read() as conn:
            persons = await rights.persons(conn, channel.id)
        for person in persons[:AT_ONCE]:
            await self._prove(DueProof(channel.chat_id, person))

    async def look_at_grants(self) -> None:
        """Looks at each grant once a day, and soon after its owner left the group or lost the channel."""
        for _ in range(AT_ONCE):
            async with self.database.begin() as conn:
                grant = await rights.claim_grant(conn, self._now())
            if grant is None:
                return
            seen = await look_up(self.bot, grant.group_chat_id, grant.owner)
            if seen is not MemberStatus.UNKNOWN:
                async with self.database.begin() as conn:
                    await self._settle(conn, grant, _reason(grant, seen))

    async def _prove(self, claimed: DueProof) -> None:
        """Proves a right; an answer that never came is no loss: it is asked for again in an hour."""
        seen = await look_up(self.bot, claimed.chat_id, claimed.person)
        now = self._now()
        async with self.database.begin() as conn:
            match seen:
                case MemberStatus.ADMIN:
                    await rights.note_proved(conn, claimed, now)
                case MemberStatus.INSIDE | MemberStatus.OUTSIDE:
                    log.info("no admin any more", chat=claimed.chat_id)
                    await rights.lose(conn, claimed.chat_id, now, person=claimed.person)
                case MemberStatus.CLOSED:
                    log.info("the bot is no admin any more", chat=claimed.chat_id)
                    await rights.lose(conn, claimed.chat_id, now)

    async def _settle(self, conn: Connection, grant: Grant, because: str | None) -> None:
        now = self._now()
        if because is None:
            await rights.set_grant(conn, grant, ends_at=None, check_at=now + rights.PROVED_FOR_S)
        elif grant.ends_at is None:
            ends_at = now + NOTICE_S
            await rights.set_grant(conn, grant, ends_at=ends_at, check_at=ends_at)
            await _announce(conn, grant, because, now)
        elif grant.ends_at > now:
            await rights.set_grant(conn, grant, ends_at=grant.ends_at, check_at=grant.ends_at)
        else:
            log.info("a grant has ended", channel=grant.channel_id, because=because)
            await rights.end_grant(conn, grant)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _reason(grant: Grant, seen: MemberStatus) -> str | None:
    """Tells why the group may not read the channel any longer; None: it may."""
    if seen in (MemberStatus.OUTSIDE, MemberStatus.CLOSED):
        return "left"
    return None if grant.owner_has_channel else "lost"


async def _announce(conn: Connection, grant: Grant, because: str, now: int) -> None:
    await deliveries.enqueue(
        conn,
        grant.reader_workspace_id,
        kind=GRANT_ENDS,
        subject=str(grant.channel_id),
        due_at=now,
        payload={"channel": grant.channel_id, "because": because},
        not_before=now,
        now=now,
    )
