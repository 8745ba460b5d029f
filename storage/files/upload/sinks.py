"""Sinks: where an importer hands its rows."""

from collections.abc import Sequence

from metrics.posts import AudienceReading, Post
from storage.workspace.post_columns import PostColumns


class MemorySink:
    """Keeps everything: one row a post (the newest reading of it), and every audience reading by time."""

    def __init__(self) -> None:
        self._posts: dict[str, dict[str, Post]] = {}
        self._audience: dict[str, dict[int, AudienceReading]] = {}

    def take_posts(self, channel_key: str, posts: PostColumns) -> None:
        known = self._posts.setdefault(channel_key, {})
        for row in posts.rows():
            before = known.get(row.external_id)
            if before is None or before.observed_at <= row.observed_at:
                known[row.external_id] = row

    def take_audience(self, channel_key: str, rows: Sequence[AudienceReading]) -> None:
        self._audience.setdefault(channel_key, {}).update({row.observed_at: row for row in rows})

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys([*self._posts, *self._audience]))

    def posts(self, channel_key: str) -> list[Post]:
        """Returns the posts of a channel, oldest first."""
        return sorted(self._posts.get(channel_key, {}).values(), key=lambda post: post.published_at)

    def audience(self, channel_key: str) -> list[AudienceReading]:
        """Returns the readings of a channel's audience, oldest first."""
        return [row for _, row in sorted(self._audience.get(channel_key, {}).items())]


class HistorySink(MemorySink):
    """Keeps every reading of every post as well: what growth is seen in."""

    def __init__(self) -> None:
        super().__init__()
        self._readings: dict[str, list[Post]] = {}

    def take_posts(self, channel_key: str, posts: PostColumns) -> None:
        super().take_posts(channel_key, posts)
        self._readings.setdefault(channel_key, []).extend(posts.rows())

    def readings(self, channel_key: str) -> list[Post]:
        """Returns the readings of a channel in the order they came."""
        return self._readings.get(channel_key, [])
