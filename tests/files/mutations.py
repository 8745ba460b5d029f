"""Damage done to files: bytes flipped, ends cut off, lines shuffled, columns dropped, words replaced, structures bent."""

import json
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

_WORDS = [
    b"2025",
    b"2024",
    b'"',
    b",",
    b";",
    b"id",
    b":",
    b"date",
    b"views",
    b"null",
    b"[",
    b"{",
    b"\n",
    b"count",
    b"class",
]
_STRANGE_WORDS = [
    b"",
    b"null",
    b"[]",
    b"\xff",
    b"-1",
    b'{"a":1}',
    b"99999999999999999999",
    b"1e400",
    b"NaN",
    b"\x00",
    b'"',
    b"\xd0\x9f",
]
_STRANGE_VALUES: list[Any] = [
    None, True, -1, 0, 1e300, 10**30, float("nan"), "", "x", "2025-01-01", "\ud800", [], {}, [None], [[]], {"_": None}, {"count": "x"}, [{"count": None}],
]  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    ways = [*_BYTES, *([_bend_json] if data[:1] in b"[{" else [])]
    return chance.choice(ways)(data, chance)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _flip(data: bytes, chance: random.Random) -> bytes:
    noisy = bytearray(data)
    for _ in range(chance.randrange(1, 30)):
        noisy[chance.randrange(len(noisy))] = chance.randrange(256)
    return bytes(noisy)


def _shuffle_lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _drop_a_column(data: bytes, chance: random.Random) -> bytes:
    delimiter, place = chance.choice([b",", b";", b"\t"]), chance.randrange(6)
    rows = [line.split(delimiter) for line in data.split(b"\n")]
    return b"\n".join(delimiter.join(row[:place] + row[place + 1 :]) for row in rows)


def _drop_lines(data: bytes, chance: random.Random) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if chance.random() < 0.8)


def _replace_words(data: bytes, chance: random.Random) -> bytes:
    return data.replace(chance.choice(_WORDS), chance.choice(_STRANGE_WORDS), chance.choice([1, 3, -1]))


def _repeat_a_piece(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 200)]
    return data[:start] + piece * chance.randrange(2, 30) + data[start:]


def _bend_json(data: bytes, chance: random.Random) -> bytes:
    """A JSON that stays one, with values of the wrong kind in it."""
    try:
        value = json.loads(data)
    except ValueError:
        return _flip(data, chance)
    for _ in range(chance.randrange(1, 6)):
        _bend(value, chance)
    return json.dumps(value).encode()


def _bend(value: Any, chance: random.Random) -> None:
    """Walk down at random, and change what is there."""
    while True:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not places:
            return
        place = chance.choice(places)
        inner = value[place]
        if isinstance(inner, dict | list) and chance.random() < 0.75:
            value = inner
            continue
        if chance.random() < 0.3:
            del value[place]
        else:
            value[place] = deepcopy(chance.choice(_STRANGE_VALUES))
        return


_BYTES: list[Callable[[bytes, random.Random], bytes]] = [
    _cut, _flip, _shuffle_lines, _drop_a_column, _drop_lines, _replace_words, _repeat_a_piece,
]  # fmt: skip
