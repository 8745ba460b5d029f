"""Tables of one database, sent together: readings get the channels and the posts that the other tables tell of."""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics.errors import DomainError
from metrics.posts import Post
from storage.files.formats.kinds import Part, PostKey, channel
from storage.files.upload.assemble import filled, posts_of
from storage.files.upload.notes import Notes
from storage.files.upload.understood import FoundChannel


def join_panel(parts: Sequence[Part], notes: Notes) -> list[Part]:
    """Returns the parts with readings joined to the channels and posts of the other tables.

    Raises DomainError when the upload is nothing but the tables others refer to: file.no_counters,
    file.channel_list.
    """
    channels = {key: found for part in parts for key, found in part.channels_by_key.items()}
    posts = {key: post for part in parts for key, post in part.posts_by_key.items()}
    if not channels and not posts:
        return list(parts)
    rest = [part for part in parts if not part.channels_by_key and not part.posts_by_key]
    if not rest:
        raise DomainError(
            "file.no_counters" if posts else "file.channel_list",
            found="id, channel_id, date" if posts else "id, username",
        )
    joined = [found for part in rest for found in _join(part, posts, channels, notes)]
    _fill_last_readings(joined)
    if any(part.is_series for part in joined):
        joined.extend(_without_readings(joined, posts, channels, notes))
    return joined


def _join(
    part: Part, posts: Mapping[str, PostKey], channels: Mapping[str, FoundChannel], notes: Notes
) -> list[Part]:
    known = [(post, posts[post.external_id]) for post in part.posts if post.external_id in posts]
    if part.channel.key or len(known) * 2 <= len(part.posts):
        part.channel = channels.get(part.channel.external_id or "", part.channel)
        return [part]
    notes.withdraw("published_by_first_reading")
    notes.skip("no_date", count=len(part.posts) - len(known))
    own: dict[str, Part] = {}
    for post, key in known:
        target = own.setdefault(
            key.channel_key, Part(_channel(key.channel_key, channels), is_series=part.is_series)
        )
        target.posts.append(
            post._replace(external_id=key.external_id, published_at=key.published_at, time_known=True)
        )
    return list(own.values())


def _channel(key: str, channels: Mapping[str, FoundChannel]) -> FoundChannel:
    return channels.get(key) or channel("telegram", external_id=key)


def _fill_last_readings(parts: Sequence[Part]) -> None:
    """Moves counters read once, such as reactions beside a series of views, to a post's last reading."""
    last: dict[tuple[str, str], tuple[Part, int]] = {}
    for part in (part for part in parts if part.is_series):
        for row, post in enumerate(part.posts):
            place = (part.channel.key, post.external_id)
            before = last.get(place)
            if before is None or before[0].posts[before[1]].observed_at <= post.observed_at:
                last[place] = (part, row)
    for part in (part for part in parts if not part.is_series):
        kept = []
        for post in part.posts:
            series, row = last.get((part.channel.key, post.external_id), (None, 0))
            if series is None:
                kept.append(post)
            else:
                series.posts[row] = filled(series.posts[row], post)
        part.posts = kept


def _without_readings(
    joined: Sequence[Part], posts: Mapping[str, PostKey], channels: Mapping[str, FoundChannel], notes: Notes
) -> list[Part]:
    """Returns the posts that the database knows and never read: they were published all the same."""
    read = {(part.channel.key, post.external_id) for part in joined for post in part.posts}
    left: dict[str, list[PostKey]] = {}
    for key in posts.values():
        if (_channel(key.channel_key, channels).key, key.external_id) not in read:
            left.setdefault(key.channel_key, []).append(key)
    newest = notes.observed(max(key.published_at for key in posts.values()))
    return [
        Part(_channel(owner, channels), _bare_posts(keys, newest), is_series=True)
        for owner, keys in left.items()
    ]


def _bare_posts(keys: Sequence[PostKey], observed: int) -> list[Post]:
    columns: dict[str, Sequence[Any]] = {
        "external_id": [key.external_id for key in keys],
        "published_at": [key.published_at for key in keys],
        "observed_at": [observed] * len(keys),
    }
    return posts_of(columns, len(keys))
