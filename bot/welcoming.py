"""A channel that has just come gets its first figures at once, from wherever they can be had without a file."""

from dataclasses import dataclass

import structlog
from aiogram import Bot

from bot.access import Seen, look_up
from bot.added import known_facts
from bot.clock import Clock
from bot.collect.following import FIRST_LOOK, Following
from bot.keys import keyboards
from bot.locales import Html, Translator
from bot.lookups import Lookups, Question
from bot.typed.periods import PeriodChoice
from metrics.errors import DomainError
from storage import exact_progress, live
from storage.channels import Channel
from storage.engine import Database
from storage.exact_progress import Progress
from storage.workspaces import Workspace

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Welcoming:
    """`reads_exact`: views come by the numbers of posts, where the bot is an admin."""

    bot: Bot
    database: Database
    clock: Clock
    following: Following
    lookups: Lookups
    reads_exact: bool

    async def words(self, workspace: Workspace, channel: Channel, t: Translator) -> Html:
        """What is known of the channel, and what comes next: its history, a forwarded post, or a file."""
        facts = await known_facts(self.database, workspace, channel, t)
        progress = await self._progress(workspace.id, channel)
        key = "channels.added"
        if progress is not None:
            key = "exact.added_waits" if progress.is_waiting else "exact.added"
        text = t(key, title=channel.title, facts=facts)
        if await self._lacks_discussion(workspace.id, channel):
            text = Html(f"{text}\n\n{t('channels.offer_discussion')}")
        return text

    async def read_page(self, question: Question, channel: Channel) -> None:
        """Of a public channel; in silence where that gives nothing, for the channel was added all the same."""
        try:
            found = await self._read(question, channel)
        except DomainError as error:
            log.info("a page gave nothing", channel=channel.id, code=error.code)
            return
        if found:
            t = question.t
            text = t("pages.taken", title=channel.title, posts=t.plural("er.posts", found))
            markup = keyboards.show_engagement(t, channel, PeriodChoice(days=30))
            await question.beside.answer(text, reply_markup=markup)

    async def fetch(self, question: Question, channel: Channel) -> None:
        """Posts for a channel that has none. Raises DomainError("er.history_waits"), ("er.history_begun"), ("er.no_data")."""
        try:
            if await self._read(question, channel):
                return
        except DomainError as error:
            log.info("a page gave nothing", channel=channel.id, code=error.code)
        progress = await self._progress(question.workspace.id, channel)
        if progress is None or progress.done_at is not None:
            raise DomainError("er.no_data", title=channel.title)
        raise DomainError(
            "er.history_waits" if progress.is_waiting else "er.history_begun", title=channel.title
        )

    async def _read(self, question: Question, channel: Channel) -> int:
        """How many posts its page shows; 0 for a channel that has none. Raises DomainError("page.…"), ("limit.…")."""
        if not self._has_page(channel):
            return 0
        to_read = self.lookups.pages.to_read(channel.handle, depth=FIRST_LOOK)
        async with self.lookups.waiting(question, "limit.follow", [to_read]):
            await self.following.require_room(question.workspace.id, channel.handle)
            seen = await self.following.begin(question.workspace.id, channel)
        return len(seen.posts)

    def _has_page(self, channel: Channel) -> bool:
        is_own = channel.platform == "telegram" and channel.level == "own"
        return is_own and channel.handle is not None and self.lookups.pages.is_on

    async def _progress(self, workspace_id: int, channel: Channel) -> Progress | None:
        """Of a history that is read, or will be from now on; None: nothing is read of this channel by number."""
        if not (self.reads_exact and channel.bot_is_admin and channel.level == "own"):
            return None
        async with self.database.begin() as conn:
            now = int(self.clock.now().timestamp())
            return await exact_progress.begin(conn, workspace_id, channel.id, now)

    async def _lacks_discussion(self, workspace_id: int, channel: Channel) -> bool:
        """Comments are under its posts, and the bot does not see them."""
        if not channel.bot_is_admin:
            return False
        async with self.database.read() as conn:
            group = await live.discussion_of(conn, workspace_id, channel.id)
        if group is None:
            return False
        return await look_up(self.bot, group, self.bot.id) in (Seen.OUTSIDE, Seen.CLOSED)
