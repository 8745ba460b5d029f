"""A channel that has just come: what is said of it, and its first figures at once, from wherever they can be had."""

from dataclasses import dataclass

import structlog

from bot.collection.following import FIRST_LOOK, Following
from bot.collection.lookups import Lookups
from bot.core.locales import Html
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from bot.telegram.access import MemberStatus, look_up
from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from storage.workspace import audience, exact_progress, live
from storage.workspace.channels import Channel
from storage.workspace.exact_progress import Progress

log = structlog.stdlib.get_logger(__name__)


async def known_facts(chat: Conversation, channel: Channel) -> Html:
    t = chat.t
    async with chat.read() as conn:
        newest = await audience.newest(conn, chat.workspace.id, channel.id)
    facts = (
        t("channels.added_subscribers", subscribers=t.number(newest.subscribers, approximate=newest.step > 0))
        if newest
        else Html("")
    )
    return Html(facts + t("channels.added_admin")) if channel.bot_is_admin else facts


@dataclass(frozen=True, slots=True)
class Welcoming:
    """`reads_exact`: views come by the numbers of posts, where the bot is an admin."""

    following: Following
    lookups: Lookups
    reads_exact: bool

    async def words(self, chat: Conversation, channel: Channel) -> Html:
        """What is known of the channel, and what comes next: its history, a forwarded post, or a file."""
        facts = await known_facts(chat, channel)
        progress = await self._progress(chat, channel)
        key = "channels.added_with_page" if self._has_page(channel) else "channels.added"
        if progress is not None:
            key = "exact.added_waits" if progress.is_waiting else "exact.added"
        text = chat.t(key, title=channel.title, facts=facts)
        if await _lacks_discussion(chat, channel):
            text = Html(f"{text}\n\n{chat.t('channels.offer_discussion')}")
        return text

    async def read_page(self, chat: Conversation, channel: Channel) -> None:
        """Of a public channel; in silence where that gives nothing, for the channel was added all the same."""
        try:
            found = await self._read(chat, channel)
        except DomainError as error:
            log.info("a page gave nothing", channel=channel.id, code=error.code)
            return
        if found:
            t = chat.t
            text = t("pages.taken", title=channel.title, posts=t.plural("er.posts", found))
            await chat.reply(text, keyboards.show_engagement(t, channel, PeriodChoice(days=30)))

    async def fetch(self, chat: Conversation, channel: Channel) -> None:
        """Posts for a channel that has none. Raises DomainError("er.history_waits"), ("er.history_begun"), ("er.no_data")."""
        try:
            if await self._read(chat, channel):
                return
        except DomainError as error:
            log.info("a page gave nothing", channel=channel.id, code=error.code)
        progress = await self._progress(chat, channel)
        if progress is None or progress.done_at is not None:
            raise DomainError("er.no_data", title=channel.title)
        raise DomainError(
            "er.history_waits" if progress.is_waiting else "er.history_begun", title=channel.title
        )

    async def _read(self, chat: Conversation, channel: Channel) -> int:
        """How many posts its page shows; 0 for a channel that has none. Raises DomainError("page.…"), ("limit.…")."""
        if not self._has_page(channel):
            return 0
        to_read = self.lookups.pages.to_read(channel.handle, depth=FIRST_LOOK)
        async with self.lookups.waiting(chat, "limit.follow", [to_read]):
            await self.following.require_room(chat.workspace.id, channel.handle)
            seen = await self.following.begin(chat.workspace.id, channel)
        return len(seen.posts)

    def _has_page(self, channel: Channel) -> bool:
        is_own = channel.platform == "telegram" and channel.level == "own"
        return is_own and channel.handle is not None and self.lookups.pages.is_on

    async def _progress(self, chat: Conversation, channel: Channel) -> Progress | None:
        """Of a history that is read, or will be from now on; None: nothing is read of this channel by number."""
        if not (self.reads_exact and channel.bot_is_admin and channel.level == "own"):
            return None
        async with chat.begin() as conn:
            return await exact_progress.begin(conn, chat.workspace.id, channel.id, chat.now)


async def _lacks_discussion(chat: Conversation, channel: Channel) -> bool:
    """Comments are under its posts, and the bot does not see them."""
    if not channel.bot_is_admin:
        return False
    async with chat.read() as conn:
        group = await live.discussion_of(conn, chat.workspace.id, channel.id)
    if group is None:
        return False
    return await look_up(chat.bot, group, chat.bot.id) in (MemberStatus.OUTSIDE, MemberStatus.CLOSED)
