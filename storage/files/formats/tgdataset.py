"""TGDataset: channels by id, each with its subscribers and its messages by number. Nobody's views are in it."""

from typing import Any

from metrics.posts import AudienceReading, Post
from storage.files.formats.kinds import Format, Part, Recognition, channel
from storage.files.tables.dates import read_dates
from storage.files.tables.texts import read_texts
from storage.files.upload.assemble import posts_of
from storage.files.upload.notes import Notes

_LISTS = ("text_messages", "generic_media")


def recognise(value: Any) -> Recognition | None:
    channels = list(value.values()) if isinstance(value, dict) else []
    if channels and all(isinstance(found, dict) and _LISTS[0] in found for found in channels):
        return Recognition(0.97, "channels by id with text_messages")
    return None


def read(value: Any, notes: Notes) -> list[Part]:
    return [_read_channel(str(identity), found, notes) for identity, found in value.items()]


def _read_channel(identity: str, found: dict[str, Any], notes: Notes) -> Part:
    posts = [post for name in _LISTS for post in _read_messages(found.get(name), name, notes)]
    part = Part(
        channel("telegram", name=found.get("title"), handle=found.get("username"), external_id=identity),
        posts,
    )
    subscribers = found.get("n_subscribers")
    if isinstance(subscribers, int) and not isinstance(subscribers, bool):
        moment = max((post.published_at for post in posts), default=0) or notes.moment_of_page()
        part.audience = [AudienceReading(moment, subscribers, 0)]
    return part


def _read_messages(messages: Any, name: str, notes: Notes) -> list[Post]:
    if not isinstance(messages, dict):
        return []
    rows = [(str(number), message) for number, message in messages.items() if isinstance(message, dict)]
    dates = read_dates([message.get("date") for _, message in rows], notes.zone, name="date").values
    kept = [
        (number, message, at) for (number, message), at in zip(rows, dates, strict=True) if at is not None
    ]
    notes.skip("bad_date", count=len(rows) - len(kept))
    published = [at for _, _, at in kept]
    texts = read_texts([str(message.get("message") or message.get("title") or "") for _, message, _ in kept])
    return posts_of(
        {
            "external_id": [number for number, _, _ in kept],
            "published_at": published,
            "observed_at": [notes.observed(max(published, default=0))] * len(kept),
            "format": ["text" if name == _LISTS[0] else "other"] * len(kept),
            "text_length": texts.lengths,
            "hashtags": texts.hashtags,
            "is_ad": texts.ads,
            "is_forwarded": [bool(message.get("is_forwarded")) for _, message, _ in kept],
            "title": texts.titles,
        },
        len(kept),
    )


FORMAT = Format("tgdataset", "json", recognise, read)
