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
    """Returns the kind of a message.

    `media`: its constructor's name, empty for none; the others: a document's.
    """
    if media in ("", "MessageMediaEmpty"):
        return "text"
    if media != "MessageMediaDocument":
        return _KINDS.get(media, "other")
    return "voice" if is_voice else _DOCUMENT_KINDS.get(mime_type.split("/", maxsplit=1)[0], "file")


def fill_absent(values: Sequence[int | None], published: Sequence[int]) -> list[int | None]:
    """Returns the values with 0 for None from the first post (by time) on that carries the field.

    Before it None stays.
    """
    carried = [at for at, value in zip(published, values, strict=True) if value is not None]
    if not carried:
        return list(values)
    first = min(carried)
    return [
        0 if value is None and at >= first else value for at, value in zip(published, values, strict=True)
    ]
