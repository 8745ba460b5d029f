"""A channel that has just come: what is said of it, and its first figures at once, from wherever they can be had."""

from dataclasses import dataclass

import structlog

from bot.collection.arrival import heading, is_new, moment_of
from bot.collection.following import FIRST_LOOK, Following
from bot.collection.lookups import Lookups
from bot.core.locales import Html
from bot.core.parsing.periods import PeriodChoice
from bot.telegram import keyboards
from bot.telegram.access import MemberStatus, look_up
from bot.telegram.conversation import Conversation
from metrics.errors import DomainError
from storage.workspace import exact_progress, live
from storage.workspace.channels import Channel
from storage.workspace.exact_progress import Progress

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Welcoming:
    """`reads_exact`: views come by the numbers of posts, where the bot is an admin."""

    following: Following
    lookups: Lookups
    reads_exact: bool

    async def words(self, chat: Conversation, channel: Channel, before: Channel | None) -> Html:
        """Says what is known of the channel and what comes next: its history, a forwarded post, a file."""
        head = await heading(chat, channel, before)
        progress = await self._progress(chat, channel)
        if progress is not None:
            text = _of_history(chat, progress, head, was_here=not is_new(before))
        elif channel.posts and channel.observed_at and not is_new(before):
            moment, posts = moment_of(chat, channel.observed_at), chat.t.plural("er.posts", channel.posts)
            text = chat.t("channels.here_data", head=head, moment=moment, posts=posts)
        else:
            key = "channels.added_with_page" if self._has_page(channel) else "channels.added"
            text = chat.t(key, head=head)
        if await _lacks_discussion(chat, channel):
            text = Html(f"{text}\n\n{chat.t('channels.offer_discussion')}")
        return text

    async def read_page(self, chat: Conversation, channel: Channel) -> None:
        """Reads a public channel's page, and says nothing where it gives nothing: the channel was added."""
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
        """Fetches posts for a channel without any.

        Raises DomainError("er.history_waits"), ("er.history_begun"), ("er.no_data").
        """
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
        """Returns how many posts the page shows, 0 without one. Raises DomainError("page.…"), ("limit.…")."""
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
        """Returns the progress of a history that is read from now on at the latest.

        None: nothing is read of this channel by number.
        """
        if not (self.reads_exact and channel.bot_is_admin and channel.level == "own"):
            return None
        async with chat.begin() as conn:
            return await exact_progress.begin(conn, chat.workspace.id, channel.id, chat.now)


def _of_history(chat: Conversation, progress: Progress, head: Html, *, was_here: bool) -> Html:
    t = chat.t
    if progress.is_waiting:
        return t("exact.added_waits", head=head)
    if not was_here or (progress.oldest_at is None and progress.done_at is None):
        return t("exact.added", head=head)
    if progress.oldest_at is None:
        return t("exact.here_empty", head=head)
    since = t.date(chat.date_of(progress.oldest_at), year=True)
    key = "exact.here_loading" if progress.done_at is None else "exact.here_loaded"
    return t(key, head=head, posts=t.plural("er.posts", progress.found), since=since)


async def _lacks_discussion(chat: Conversation, channel: Channel) -> bool:
    """Tells whether comments are under its posts, and the bot does not see them."""
    if not channel.bot_is_admin:
        return False
    async with chat.read() as conn:
        group = await live.discussion_of(conn, chat.workspace.id, channel.id)
    if group is None:
        return False
    return await look_up(chat.bot, group, chat.bot.id) in (MemberStatus.OUTSIDE, MemberStatus.CLOSED)
