"""What a message of Telegram's own protocol is, whether it comes from a dump or over a connection. Light: the bot loads it."""

from collections.abc import Sequence

_KINDS = {
    "MessageMediaPhoto": "photo",
    "MessageMediaPoll": "poll",
    "MessageMediaStory": "story",
    "MessageMediaWebPage": "link",
}
_DOCUMENT_KINDS = {"video": "video", "audio": "audio"}


def kind_of(media: str, mime_type: str, *, is_voice: bool) -> str:
    """`media`: the name of its constructor, empty for none; the other two of a document."""
    if media in ("", "MessageMediaEmpty"):
        return "text"
    if media != "MessageMediaDocument":
        return _KINDS.get(media, "other")
    return "voice" if is_voice else _DOCUMENT_KINDS.get(mime_type.split("/", maxsplit=1)[0], "file")


def fill_absent(values: Sequence[int | None], published: Sequence[int]) -> list[int | None]:
    """From the first post (by time) that carries a field on, absence is 0; before it, None."""
    carried = [at for at, value in zip(published, values, strict=True) if value is not None]
    if not carried:
        return list(values)
    first = min(carried)
    return [
        0 if value is None and at >= first else value for at, value in zip(published, values, strict=True)
    ]
