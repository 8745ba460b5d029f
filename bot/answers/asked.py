"""What the words behind a command ask for: which of the workspace's channels, over which period."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.parsing.names import choose
from bot.core.parsing.periods import PeriodChoice, split_request
from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from storage.workspace import channels
from storage.workspace.channels import Channel


@dataclass(frozen=True, slots=True)
class ChannelsAsked:
    channels: list[Channel]  # that may be meant, the surest first
    period: PeriodChoice | None


async def asked(chat: Conversation, words: str | None) -> ChannelsAsked:
    """Returns the channels and the period that are asked for.

    Raises what `choose` and `split_request` raise, and DomainError("er.not_understood").
    """
    async with chat.read() as conn:
        every = await channels.visible(conn, chat.workspace.id, watched=True)
    name, period = split_request(words or "", chat.today, [one.title for one in every])
    visible = every if name else [one for one in every if one.is_listed]
    return ChannelsAsked(_meant(visible, name, is_whole=period is None), period)


def _meant(visible: Sequence[Channel], words: str, *, is_whole: bool) -> list[Channel]:
    """Returns the channels that are meant.

    `is_whole`: no words name a period, so that all may be meant as one.
    """
    try:
        return choose(visible, words)
    except DomainError as error:
        if error.code == "channel.unknown" and is_whole:
            raise DomainError("er.not_understood", text=words[:60]) from None
        raise
