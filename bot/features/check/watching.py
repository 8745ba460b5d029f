"""A channel watched for two days or a week before an ad is bought there: its page is read, then the bot reports by itself."""

from dataclasses import dataclass

from bot.collection.following import Following
from bot.collection.seen import PublicChannel
from bot.core.clock import Clock
from bot.features.check.request import CheckCard
from metrics.durations import HOUR_S
from storage.engine import Database
from storage.workspace import channels, deliveries
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

KIND = "watch"
DAYS = (2, 7)


@dataclass(frozen=True, slots=True)
class Watch:
    """`until`: when the report comes. `goes_on`: it had been begun before."""

    channel: Channel
    until: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Watching:
    database: Database
    following: Following
    clock: Clock

    async def begin(
        self,
        workspace: Workspace,
        handle: str,
        person: int,
        *,
        days: int,
        price: float | None,
        currency: str | None = None,
        topic: str | None,
        thread_id: int | None,
        before: CheckCard | None = None,
    ) -> Watch:
        """Begins a watch; returns it and when its report comes.

        `before`: the card that the report begins with. Raises what `Pages.read` raises.

        A watch as long as one that goes on is that one: its report is not put off, and not sent twice.
        """
        seen = await self.following.pages.read(handle)
        channel = await self._keep(workspace, seen, person)
        subject = f"{channel.id}/{days}"
        async with self.database.read() as conn:
            known = await deliveries.waiting(conn, workspace.id, KIND, subject)
        if known is not None and known.created_at >= channel.created_at:  # not of one that was forgotten
            return Watch(channel, known.due_at, goes_on=True)
        now = int(self.clock.now().timestamp())
        until = now + days * 24 * HOUR_S
        await self.following.begin(workspace.id, channel, until=until)
        async with self.database.begin() as conn:
            await deliveries.enqueue(
                conn,
                workspace.id,
                kind=KIND,
                subject=subject,
                due_at=until,
                payload={
                    "channel": channel.id,
                    "price": price,
                    "currency": currency,
                    "topic": topic,
                    "days": days,
                    "verdict": before.verdict if before else None,
                    "unchecked": before.unchecked if before else None,
                },
                thread_id=thread_id,
                not_before=until,
                now=now,
            )
        return Watch(channel, until, goes_on=False)

    async def end(self, workspace: Workspace, channel_id: int) -> bool:
        """Ends a watch and forgets the channel; one that was added since stays, and False comes."""
        async with self.database.begin() as conn:
            channel = await channels.get(conn, workspace.id, channel_id)
            if channel is None or not channel.is_watched:
                return False
            return await channels.remove(conn, workspace.id, channel_id)

    async def _keep(self, workspace: Workspace, seen: PublicChannel, person: int) -> Channel:
        async with self.database.begin() as conn:
            return await channels.add(
                conn,
                workspace.id,
                platform="telegram",
                title=seen.title,
                handle=seen.handle,
                chat_id=seen.chat_id,
                added_by=person,
                is_watched=True,
                now=int(self.clock.now().timestamp()),
            )
