"""A public channel by its pages: the one view source that asks nobody's permission, and counters are all it takes."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar, TypeVarTuple

from bot.collection.fetching import Fetcher
from bot.collection.seen import PublicChannel
from bot.collection.turns import Turns
from bot.core.clock import Clock
from bot.core.workers import Workers, WorkerTimeoutError
from metrics.errors import DomainError
from metrics.posts import AudienceReading, Post
from storage.files.page_facts import Landing, Preview, landing_of, preview_of

Args = TypeVarTuple("Args")
T = TypeVar("T")
PARSE_S = 5.0
MAX_DEPTH = 5  # pages of about 20 posts
_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_NOT_CHANNELS = {
    "group": "page.is_group",
    "bot": "page.is_bot",
    "person": "page.is_person",
    "nobody": "page.nobody",
}
SubscriberCount = Callable[[str], Awaitable[int | None]]


class Pages:
    """The view source of public pages."""

    def __init__(
        self, fetcher: Fetcher | None, workers: Workers, clock: Clock, count_subscribers: SubscriberCount
    ) -> None:
        self._fetcher = fetcher
        self._workers = workers
        self._clock = clock
        self._count_subscribers = count_subscribers

    @property
    def is_on(self) -> bool:
        return self._fetcher is not None

    @property
    def turns(self) -> Turns | None:
        return self._fetcher.turns if self._fetcher else None

    def to_read(self, handle: str | None, *, depth: int = 1) -> int:
        """Returns how many pages `read` has to wait for: at most so many, none where it was read lately."""
        return depth if self._waits_for(handle, "") else 0

    def to_read_before(self, handle: str | None, post_id: int | None) -> int:
        """Returns how many pages a look at what stands before that post waits for.

        The newest one is among them, for where that is empty.
        """
        return 2 if post_id is not None and self._waits_for(handle, f"?before={post_id}") else 0

    def _waits_for(self, handle: str | None, query: str) -> bool:
        if self._fetcher is None or handle is None:
            return False
        return not self._fetcher.is_fresh(f"s/{handle.lower()}{query}")

    async def read(self, handle: str, *, depth: int = 1) -> PublicChannel:
        """Reads `depth` pages of about 20 posts, newest first.

        Raises DomainError: ("channel.bad_name"), ("page.off"), ("page.away"), ("page.busy"), ("page.unreadable"),
        ("page.no_preview") for a channel that shows none, ("page.is_group"), ("page.is_bot"), ("page.is_person"),
        ("page.nobody").
        """
        name = checked_handle(handle)
        newest = await self._preview(name, None)
        if newest is None:
            raise await self._why_no_preview(name)
        pages, older = [newest], newest.older
        while older is not None and len(pages) < min(depth, MAX_DEPTH):
            page = await self._preview(name, older)
            if page is None:
                break
            pages.append(page)
            older = page.older if page.older is not None and page.older < older else None
        return PublicChannel(
            handle=name,
            title=newest.title or f"@{name}",
            posts=_joined(pages),
            subscribers=await self._exact(name, newest.subscribers),
            chat_id=_chat_id(newest.external_id),
            read_at=self._now(),
        )

    async def before(self, handle: str, post_id: int) -> tuple[Post, ...]:
        """Returns the page of posts right before that id, oldest first."""
        page = await self._preview(checked_handle(handle), post_id)
        return page.posts if page else ()

    async def _preview(self, name: str, before: int | None) -> Preview | None:
        data = await self._page(f"s/{name}" if before is None else f"s/{name}?before={before}")
        return None if data is None else await self._parsed(preview_of, data, self._now())

    async def _landing(self, name: str) -> Landing | None:
        data = await self._page(name)
        return None if data is None else await self._parsed(landing_of, data)

    async def _page(self, path: str) -> bytes | None:
        if self._fetcher is None:
            raise DomainError("page.off")
        return await self._fetcher.page(path)

    async def _parsed(self, function: Callable[[*Args], T], *args: *Args) -> T:
        try:
            return await self._workers.run(function, *args, timeout_s=PARSE_S)
        except WorkerTimeoutError:
            raise DomainError("page.unreadable") from None

    async def _why_no_preview(self, name: str) -> DomainError:
        landing = await self._landing(name)
        kind = landing.kind if landing else "nobody"
        return DomainError(_NOT_CHANNELS.get(kind, "page.no_preview"), name=name)

    async def _exact(self, name: str, counted: AudienceReading | None) -> AudienceReading | None:
        """Returns the exact count: the page rounds from a thousand on, the other two sources do not.

        They are the Bot API and the landing page.
        """
        if counted is not None and counted.step == 0:
            return counted
        exact = await self._count_subscribers(name)
        if exact is None:
            landing = await self._landing(name)
            exact = landing.subscribers if landing else None
        return counted if exact is None else AudienceReading(self._now(), exact, 0)

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def checked_handle(handle: str) -> str:
    """Returns a handle, all of a person's words that gets into an address.

    Raises DomainError("channel.bad_name").
    """
    if _HANDLE.fullmatch(handle) is None:
        raise DomainError("channel.bad_name", name=handle[:60])
    return handle.lower()


def _joined(pages: list[Preview]) -> tuple[Post, ...]:
    """Returns one row a post, oldest first.

    From the channel's first reactions on, a post without any has none.
    """
    by_id = {post.external_id: post for page in reversed(pages) for post in page.posts}
    posts = sorted(by_id.values(), key=lambda post: (post.published_at, int(post.external_id)))
    unread = {external_id for page in pages for external_id in _unread(page)}
    seen = False
    for place, post in enumerate(posts):
        seen = seen or post.reactions is not None
        if seen and post.reactions is None and post.external_id not in unread:
            posts[place] = post._replace(reactions=0)
    return tuple(posts)


def _unread(page: Preview) -> Iterator[str]:
    """Yields posts whose reactions are there and can't be read.

    A page itself gives none to those after its first reactions.
    """
    first = min((post.published_at for post in page.posts if post.reactions is not None), default=None)
    if first is not None:
        yield from (
            post.external_id for post in page.posts if post.reactions is None and post.published_at > first
        )


def _chat_id(external_id: str | None) -> int | None:
    from_page = external_id or ""
    return -(10**12) - int(from_page) if from_page.isdecimal() and from_page.isascii() else None
