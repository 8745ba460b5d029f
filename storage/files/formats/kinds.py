"""What a format is: a code, the kind of content it reads, a recogniser that says how sure it is and why, a reader."""

from collections.abc import Callable
from typing import Any, NamedTuple

from metrics.posts import AudienceReading, Post
from storage.files.decode.contents import Kind
from storage.files.upload.notes import Notes
from storage.files.upload.understood import FoundChannel
from storage.workspace.post_columns import PostColumns


class Recognition(NamedTuple):
    sure: float  # 0..1; the surest format reads the file
    why: str  # for the log, in English


class PostKey(NamedTuple):
    channel_key: str
    external_id: str
    published_at: int


class Part:
    """One channel's part of one file. What came as columns becomes rows when somebody asks for them."""

    def __init__(
        self,
        channel: FoundChannel,
        posts: list[Post] | PostColumns | None = None,
        audience: list[AudienceReading] | None = None,
        *,
        days: tuple[int, int] | None = None,
        is_series: bool = False,
        channels_by_key: dict[str, FoundChannel] | None = None,
        posts_by_key: dict[str, PostKey] | None = None,
    ) -> None:
        self.channel = channel
        self._posts = [] if posts is None else posts
        self.audience = [] if audience is None else audience
        self.days = days  # first and last day of a series that holds no posts
        self.is_series = is_series  # several readings of one post belong side by side
        self.file = 0  # by its place in the upload
        # What other files of the same upload refer to by numbers of their own, as tables of a database do.
        self.channels_by_key = channels_by_key or {}
        self.posts_by_key = posts_by_key or {}

    @property
    def posts(self) -> list[Post]:
        if isinstance(self._posts, PostColumns):
            self._posts = self._posts.rows()
        return self._posts

    @posts.setter
    def posts(self, posts: list[Post]) -> None:
        self._posts = posts

    def moments(self) -> set[int]:
        """Returns the newest moment at which the source says its counters were read, in a set of one.

        The set is empty where the source does not say so of every post.
        """
        columns = self.columns
        exact = columns.column("observed_exact")
        return {max(columns.column("observed_at"))} if len(columns) and all(exact) else set()

    @property
    def columns(self) -> PostColumns:
        return self._posts if isinstance(self._posts, PostColumns) else PostColumns.of(self._posts)


class Format(NamedTuple):
    code: str
    kind: Kind
    recognise: Callable[[Any], Recognition | None]
    read: Callable[[Any, Notes], list[Part]]


def channel(
    platform: str, *, name: object = None, handle: object = None, external_id: str | None = None
) -> FoundChannel:
    """Builds a channel whose key is the strongest thing known of it: handle, then id, then name.

    A name that is no text is none.
    """
    name = " ".join(name.split())[:128] if isinstance(name, str) else None
    handle = clean_handle(handle) if isinstance(handle, str) else None
    strongest = handle.casefold() if handle else external_id or (name.casefold() if name else "")
    return FoundChannel(
        f"{platform}:{strongest}" if strongest else "", platform, name or None, handle, external_id
    )


def clean_handle(text: str) -> str | None:
    """Returns the bare handle: `@name`, `https://t.me/name`, `t.me/s/name/12` -> `name`.

    None if it is empty.
    """
    last = (
        text.strip().removeprefix("https://").removeprefix("http://").removeprefix("t.me/").removeprefix("s/")
    )
    return last.strip("@/ ").split("/")[0].split("?")[0][:64] or None
