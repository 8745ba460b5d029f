"""Which of a workspace's channels a person means by a few words."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from bot.core.parsing.typos import in_russian_layout, is_one_slip, sound_of
from metrics.errors import DomainError
from storage.files.tables.links import handle_of, is_private_link, read_owner_link


class Named(Protocol):
    @property
    def title(self) -> str: ...

    @property
    def handle(self) -> str | None: ...

    @property
    def platform(self) -> str: ...


C = TypeVar("C", bound=Named)
_WORDS = re.compile(r"\w+")
_ENDING = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ою|ею|ом|ем|ам|ям|ах|ях|ов|ев|ый|ий|ая|яя|ую|юю|ы|и|а|я|у|ю|е|о|ь)$"
)
_STEM_CHARS = 3
_SURE_CHARS = 4  # shorter words with a letter changed are other words


def named_handle(text: str) -> str:
    """Returns the handle as `handle_of`, for a person who is asked for a channel.

    Raises DomainError("channel.bad_name"), ("channel.private_link").
    """
    if is_private_link(text):
        raise DomainError("channel.private_link")
    handle = handle_of(text)
    if handle is None:
        raise DomainError("channel.bad_name", name=text[:60])
    return handle


def choose(channels: Sequence[C], words: str, *, with_slips: bool = True) -> list[C]:
    """Returns the channels that `words` may mean, the surest reading first; all of them for no words.

    Parts, another case, and titles without their emoji are understood; `with_slips` also one wrong letter a word, which
    serves for endings: «кухню», the other alphabet: “kuhnya”, and the other layout: «re[yz». An address is never
    guessed at.
    Raises DomainError("channel.none") where the workspace has no channel, ("channel.unknown") where none fits.
    """
    if not channels:
        raise DomainError("channel.none")
    if not words:
        return list(channels)
    handle, wanted = handle_of(words), words.casefold().strip("«»\"' ")
    parts = () if "@" in wanted or "/" in wanted else _parts(wanted)
    for fits in (
        [channel for channel in channels if handle and channel.handle == handle],
        [channel for channel in channels if _is_linked(channel, words)],
        [channel for channel in channels if channel.title.casefold() == wanted],
        [channel for channel in channels if wanted in channel.title.casefold()],
        [channel for channel in channels if parts and _parts(channel.title) == parts],
        [channel for channel in channels if parts and _holds(channel, parts, with_slips=False)],
        [channel for channel in channels if parts and with_slips and _holds(channel, parts, with_slips=True)],
        [channel for channel in channels if len(parts) > 1 and _begins(channel, parts)],
        [channel for channel in channels if parts and with_slips and _is_sounded(channel, parts)],
        [channel for channel in channels if parts and with_slips and _sounds(channel, parts)],
        [channel for channel in channels if with_slips and _holds_keys(channel, wanted)],
    ):
        if fits:
            return fits
    raise DomainError("channel.unknown", name=words[:60])


def called(channels: Sequence[C], words: str) -> list[C]:
    """Returns the channels called so by whole words or their beginnings, where nobody said channel."""
    parts = _parts(words)
    for fits in (
        [channel for channel in channels if parts and _parts(channel.title) == parts],
        [channel for channel in channels if parts and _holds(channel, parts, with_slips=False)],
        [
            channel
            for channel in channels
            if parts and _holds(channel, parts, with_slips=True) and _is_sure(channel, parts)
        ],
        [channel for channel in channels if parts and _is_sounded(channel, parts)],
    ):
        if fits:
            return fits
    return []


def _is_sure(channel: Named, parts: Sequence[str]) -> bool:
    """Tells whether no short word has a wrong letter: “come” is not “Code” where nobody said channel."""
    short = [part for part in parts if len(part) <= _SURE_CHARS]
    titled = _parts(channel.title)
    return all(
        any(_fits(part, word, with_slips=False) or is_one_word(part, word) for word in titled)
        for part in short
    )


def _is_linked(channel: Named, words: str) -> bool:
    """Tells whether the words are the channel's address on another network than Telegram."""
    link = read_owner_link(words)
    return link is not None and (channel.platform, channel.handle) == (
        link.platform,
        link.name.lstrip("@").lower(),
    )


@lru_cache(maxsize=2048)
def _parts(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(text.casefold().replace("ё", "е")))


def _holds(channel: Named, parts: Sequence[str], *, with_slips: bool) -> bool:
    """Tells whether each of the words begins a word of the title, or is one with a slip."""
    titled = _parts(channel.title)
    return all(any(_fits(part, word, with_slips=with_slips) for word in titled) for part in parts)


def _begins(channel: Named, parts: Sequence[str]) -> bool:
    """Tells whether each of several words, short ones too, begins a word of the title: together they leave little doubt."""
    titled = _parts(channel.title)
    return all(any(word.startswith(part) for word in titled) for part in parts)


def _is_sounded(channel: Named, parts: Sequence[str]) -> bool:
    """Tells whether each word sounds as a whole word of the title or of its address: «кофе», “kitchen”."""
    titled = {sound_of(word) for word in (*_parts(channel.title), (channel.handle or "").split("_")[0])}
    return all(len(part) >= _SURE_CHARS and not titled.isdisjoint(_sounds_of(part)) for part in parts)


def _sounds_of(part: str) -> set[str]:
    """Returns the sound of a word, and without its Russian ending: «маркетингу» is “Marketing”."""
    stem = _ENDING.sub("", part)
    return (
        {sound_of(part), sound_of(stem)}
        if len(stem) >= _SURE_CHARS and not part.isascii()
        else {sound_of(part)}
    )


def _sounds(channel: Named, parts: Sequence[str]) -> bool:
    """Tells whether each of the words sounds like one of the title, or its beginning, in whichever alphabet."""
    titled, said = ([sound_of(word) for word in words] for words in (_parts(channel.title), parts))
    return all(any(_fits(part, word, with_slips=False) for word in titled) for part in said)


def _holds_keys(channel: Named, wanted: str) -> bool:
    """Tells whether the words were typed in the other layout."""
    parts = _parts(in_russian_layout(wanted))
    return bool(parts) and _holds(channel, parts, with_slips=False)


def _fits(part: str, word: str, *, with_slips: bool) -> bool:
    if word == part or len(part) < _SURE_CHARS:
        return word == part
    return word.startswith(part) or (with_slips and (is_one_slip(part, word) or is_one_word(part, word)))


def is_one_word(one: str, other: str) -> bool:
    """Tells whether they differ by case, or by a Russian ending alone: «кухня» and «Кухней», «люди» and «людях»."""
    one, other = (word.casefold().replace("ё", "е") for word in (one, other))
    stem = _ENDING.sub("", one)
    return one == other or (len(stem) >= _STEM_CHARS and stem == _ENDING.sub("", other))
