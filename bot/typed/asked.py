"""What the words behind a command ask for: which of the workspace's channels, over which period."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.typed.choices import choose
from bot.typed.periods import PeriodChoice, split_request
from metrics.errors import DomainError
from storage import channels
from storage.channels import Channel
from storage.engine import Database
from storage.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Asked:
    channels: list[Channel]  # that may be meant, the surest first
    period: PeriodChoice | None


async def asked(database: Database, clock: Clock, workspace: Workspace, words: str | None) -> Asked:
    """Raises what `choose` and `split_request` raise, and DomainError("er.not_understood")."""
    today = clock.now().astimezone(ZoneInfo(workspace.zone)).date()
    name, period = split_request(words or "", today)
    async with database.read() as conn:
        visible = await channels.visible(conn, workspace.id, watched=bool(name))
    return Asked(_meant(visible, name, is_whole=period is None), period)


async def visible_channel(database: Database, workspace: Workspace, channel_id: int) -> Channel:
    """For buttons. Raises DomainError("channel.gone") for a channel this chat can't see, whoever's it is."""
    async with database.read() as conn:
        channel = await channels.get(conn, workspace.id, channel_id)
    if channel is None:
        raise DomainError("channel.gone")
    return channel


def _meant(visible: Sequence[Channel], words: str, *, is_whole: bool) -> list[Channel]:
    """`is_whole`: no part of what was written names a period, so that the words may have been meant as one."""
    try:
        return choose(visible, words)
    except DomainError as error:
        if error.code == "channel.unknown" and is_whole:
            raise DomainError("er.not_understood", text=words[:60]) from None
        raise
