"""A channel of a network is followed: the first look when somebody asks; `reading` goes on from there."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.collection.networks.keeping import PostsLook, keep_audience, keep_look, keep_posts
from bot.collection.networks.reading import HISTORY_S, OpenNetwork
from bot.collection.networks.registry import SOURCES
from bot.collection.networks.source import ChannelProfile
from bot.collection.seen import PublicChannel
from bot.collection.source import (
    AwayError,
    ClosedError,
    FoundPosts,
    RefusedError,
    SourceError,
    SpentError,
    WaitError,
)
from bot.core.clock import Clock
from bot.core.limits import FOLLOWS
from metrics.durations import HOUR_S
from metrics.errors import DomainError
from storage.engine import Database
from storage.files.tables.links import OwnerLink
from storage.system import networks
from storage.workspace import channels, network_progress
from storage.workspace.channels import Channel
from storage.workspace.network_progress import NetworkProgress

MINUTE_S = 60
CLOSED = {
    "private": "network.private",
    "gone": "network.gone",
    "blocked": "network.blocked",
    "nobody": "network.nobody",
    "person": "network.person",
    "not_admin": "network.not_admin",
    "no_channel": "network.no_channel",
}


@dataclass(frozen=True, slots=True)
class FollowedChannel:
    """`is_whole`: there is no more history than what the first look showed.

    `before`: the channel as it stood in the chat; None where it is new there. `was_read`: with a key, before this.
    `loads_since`: how far back a history is that is still being read.
    """

    channel: Channel
    seen: PublicChannel
    is_whole: bool
    before: Channel | None = None
    was_read: bool = False
    loads_since: int | None = None


@dataclass(frozen=True, slots=True)
class Networks:
    """`opened`: the networks whose key is set."""

    database: Database
    clock: Clock
    opened: Mapping[str, OpenNetwork]

    @property
    def titles(self) -> list[str]:
        """Of the networks that can be read."""
        return [opened.source.title for opened in self.opened.values()]

    async def look(self, link: OwnerLink) -> PublicChannel:
        """Returns a channel as it stands now, with its newest posts. Raises DomainError("network.…")."""
        if link.platform in SOURCES and not SOURCES[link.platform].shows_strangers:
            raise DomainError("network.own_only", network=SOURCES[link.platform].title)
        shown, found = await self._look(link)
        return self._as_seen(link, shown, found)

    async def follow(self, workspace_id: int, link: OwnerLink, *, person: int) -> FollowedChannel:
        """Registers the channel, keeps what it shows and has its history and its posts at their ages read.

        Raises DomainError("network.…"), ("limit.follows"), ("limit.channels").
        """
        self._opened(link)
        shown, found = await self._look(link)
        seen, is_whole = self._as_seen(link, shown, found), found.cursor is None
        before, progress = await self._standing(workspace_id, link, shown)
        if before is not None and before.level != "own":  # another chat reads it, and shows it to this one
            return FollowedChannel(before, seen, is_whole, before, was_read=progress is not None)
        await self._require_room(workspace_id, shown)
        channel = await self._keep(workspace_id, link, shown, found, person)
        loads = progress is not None and progress.done_at is None
        return FollowedChannel(
            channel,
            seen,
            is_whole,
            before,
            was_read=progress is not None,
            loads_since=progress.oldest_at if loads and progress else None,
        )

    async def find(self, workspace_id: int, link: OwnerLink) -> Channel | None:
        """Returns the chat's channel of that address, read or from files; nothing is asked of the network."""
        async with self.database.read() as conn:
            return of_link(await channels.visible(conn, workspace_id, watched=True), link)

    async def _standing(
        self, workspace_id: int, link: OwnerLink, shown: ChannelProfile
    ) -> tuple[Channel | None, NetworkProgress | None]:
        async with self.database.read() as conn:
            before = await channels.find(
                conn,
                workspace_id,
                handle=shown.handle,
                external_id=shown.place.id,
                platform=link.platform,
            )
            if before is None:
                return None, None
            return before, await network_progress.get(conn, workspace_id, before.id)

    async def _require_room(self, workspace_id: int, shown: ChannelProfile) -> None:
        async with self.database.read() as conn:
            known = await network_progress.places(conn, workspace_id)
        if shown.place.id not in known and len(known) >= FOLLOWS:
            raise DomainError("limit.follows_networks", most=FOLLOWS)

    async def _look(self, link: OwnerLink) -> tuple[ChannelProfile, FoundPosts]:
        opened = self._opened(link)
        async with _in_words(link, opened), opened.account.noting():
            shown = await opened.source.look_up(link.name)
            return shown, await opened.source.find(shown.place, self._now() - HISTORY_S, None)

    async def _keep(
        self, workspace_id: int, link: OwnerLink, shown: ChannelProfile, found: FoundPosts, person: int
    ) -> Channel:
        network, now = link.platform, self._now()
        source = self._opened(link).source
        async with self.database.begin() as conn:
            channel = await channels.add(
                conn,
                workspace_id,
                platform=network,
                title=shown.title,
                handle=shown.handle,
                external_id=shown.place.id,
                added_by=person,
                now=now,
            )
            progress = await network_progress.begin(
                conn, workspace_id, channel.id, network=network, place=shown.place.id, now=now
            )
            await keep_audience(conn, workspace_id, channel.id, shown.subscribers, now)
            if progress.cursor is None and progress.done_at is None:
                await keep_posts(conn, workspace_id, channel.id, found.posts, now)
                await networks.note_history(
                    conn, channel.id,
                    cursor=found.cursor,
                    found=len(found.posts),
                    oldest_at=min((post.published_at for post in found.posts), default=None),
                    done_at=None if found.cursor else now,
                )  # fmt: skip
            seen = PostsLook(now, found.posts)
            await keep_look(conn, workspace_id, channel.id, seen, source.ages_h, shown.place.id)
        return channel

    def require_key(self, link: OwnerLink) -> None:
        """Raises DomainError("network.no_key")."""
        self._opened(link)

    def _opened(self, link: OwnerLink) -> OpenNetwork:
        """Returns the opened network of a link. Raises DomainError("network.no_key")."""
        opened = self.opened.get(link.platform)
        if opened is None:
            source = SOURCES[link.platform]
            raise DomainError("network.no_key", network=source.title, setting=source.setting)
        return opened

    def _as_seen(self, link: OwnerLink, shown: ChannelProfile, found: FoundPosts) -> PublicChannel:
        return PublicChannel(
            handle=link.address,
            title=shown.title,
            posts=tuple(sorted(found.posts, key=lambda post: (post.published_at, post.external_id))),
            subscribers=shown.subscribers,
            chat_id=None,
            read_at=self._now(),
            platform=link.platform,
            external_id=shown.place.id,
        )

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def of_link(among: Sequence[Channel], link: OwnerLink) -> Channel | None:
    """Finds the channel that an address on its network names, by its number or its name there."""
    names = {link.name.removeprefix("club"), link.name.lstrip("@").lower()}
    mine = (one for one in among if one.platform == link.platform)
    return next((one for one in mine if {one.external_id, one.handle} & names), None)


@asynccontextmanager
async def _in_words(link: OwnerLink, opened: OpenNetwork) -> AsyncIterator[None]:
    """Raises what fails as a sentence for who asked."""
    about = {"network": opened.source.title, "address": link.address}
    try:
        yield
    except SpentError as error:
        hours = max(1, round(error.seconds / HOUR_S))
        raise DomainError("network.spent", hours=hours, **about) from None
    except WaitError as error:
        minutes = max(1, round(error.seconds / MINUTE_S))
        raise DomainError("network.wait", minutes=minutes, **about) from None
    except RefusedError as error:
        code = "network.wrong_key" if str(error) == "wrong key" else "network.bad_key"
        raise DomainError(code, setting=opened.source.setting, **about) from None
    except ClosedError as error:
        if str(error) == "not_admin":
            about["bot"] = await _bot_name(opened)
        raise DomainError(CLOSED[str(error)], **about) from None
    except (AwayError, SourceError):
        raise DomainError("network.away", **about) from None


async def _bot_name(opened: OpenNetwork) -> str:
    """Returns what the network calls the bot; the network's own name where it does not say."""
    try:
        return await opened.source.bot_name()
    except SourceError:
        return opened.source.title
