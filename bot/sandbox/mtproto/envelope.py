"""The envelope of MTProto: frames over TCP, messages in the clear, and encrypted ones in both directions.

Described at https://core.telegram.org/mtproto/description and /mtproto-transports#full.
"""

import asyncio
import os
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from zlib import crc32

from telethon.crypto import AES
from telethon.extensions import BinaryReader
from telethon.tl.core import GzipPacked

CONTAINER = 0x73F1F8DC
RPC_RESULT = 0xF35C6D01
UNKNOWN_KEY = struct.pack("<i", -404)  # the transport's answer to an encrypted message of a key nobody knows
GZIP_FROM = 512  # bytes of an answer
LONGEST_FRAME = 1 << 20


class Frames:
    """Whole payloads over one TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._sent = 0

    async def read(self) -> bytes:
        """Reads a frame.

        Raises asyncio.IncompleteReadError at the end, ConnectionError for a frame that is none.
        """
        head = await self._reader.readexactly(8)
        length, _ = struct.unpack("<ii", head)
        if not 12 < length <= LONGEST_FRAME:
            raise ConnectionError("a frame of an impossible length")
        body = await self._reader.readexactly(length - 8)
        if crc32(head + body[:-4]) != struct.unpack("<I", body[-4:])[0]:
            raise ConnectionError("a frame with a wrong sum")
        return body[:-4]

    async def write(self, payload: bytes) -> None:
        framed = struct.pack("<ii", len(payload) + 12, self._sent) + payload
        self._sent += 1
        self._writer.write(framed + struct.pack("<I", crc32(framed)))
        await self._writer.drain()

    async def close(self) -> None:
        self._writer.close()


class MessageIds:
    """Numbers of messages that the server sends: its time, odd, each greater than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        seconds, rest = divmod(time.time(), 1)
        self._last = max(int(seconds) << 32 | int(rest * (1 << 30)) << 2, self._last + 4)
        return self._last | 1


@dataclass(frozen=True, slots=True)
class ClientMessage:
    """One message of a client, out of its container and its packing."""

    message_id: int
    sequence: int
    body: Any


@dataclass(frozen=True, slots=True)
class OpenedEnvelope:
    """What an encrypted payload held."""

    salt: int
    session_id: int
    said: list[ClientMessage]


@dataclass(frozen=True, slots=True)
class Sending:
    """A message of the server. `counts`: the client has to acknowledge it."""

    body: bytes
    counts: bool = True


def in_clear(message_id: int, said: Any) -> bytes:
    body = bytes(said)
    return struct.pack("<qqi", 0, message_id, len(body)) + body


def read_clear(payload: bytes) -> Any:
    return _read_object(payload[20:])


def open_sealed(payload: bytes, key: Any) -> OpenedEnvelope:
    """Returns what the client sent under this key."""
    plain = AES.decrypt_ige(payload[24:], *_keys(key.key, payload[8:24], of_client=True))
    salt, session_id, message_id, sequence, length = struct.unpack("<qqqii", plain[:32])
    return OpenedEnvelope(salt, session_id, list(_unpack(message_id, sequence, plain[32 : 32 + length])))


class Sealer:
    """Encrypts for one session of a client, with its numbers and sequence."""

    def __init__(self, key: Any, session_id: int, salt: int) -> None:
        self._key = key
        self._session_id = session_id
        self._salt = salt
        self._counted = 0

    def seal(self, ids: MessageIds, messages: Sequence[Sending]) -> bytes:
        """Returns one message sealed as it is, several in a container."""
        numbered = [(ids.next(), self._sequence(one.counts), one.body) for one in messages]
        if len(numbered) == 1:
            return self._encrypt(*numbered[0])
        inner = b"".join(struct.pack("<qii", *head, len(body)) + body for *head, body in numbered)
        container = struct.pack("<Ii", CONTAINER, len(numbered)) + inner
        return self._encrypt(ids.next(), self._sequence(counts=False), container)

    def _sequence(self, counts: bool) -> int:
        number = 2 * self._counted + int(counts)
        self._counted += int(counts)
        return number

    def _encrypt(self, message_id: int, sequence: int, body: bytes) -> bytes:
        plain = struct.pack("<qqqii", self._salt, self._session_id, message_id, sequence, len(body)) + body
        plain += os.urandom(-(len(plain) + 12) % 16 + 12)
        message_key = sha256(self._key.key[96:128] + plain).digest()[8:24]
        sealed: bytes = AES.encrypt_ige(plain, *_keys(self._key.key, message_key, of_client=False))
        return struct.pack("<Q", self._key.key_id) + message_key + sealed


def result(request_id: int, body: bytes) -> Sending:
    """Returns the answer to a request; a long one is packed."""
    packed = bytes(GzipPacked(body)) if len(body) > GZIP_FROM else body
    return Sending(struct.pack("<Iq", RPC_RESULT, request_id) + min(packed, body, key=len))


def _keys(key: bytes, message_key: bytes, *, of_client: bool) -> tuple[bytes, bytes]:
    x = 0 if of_client else 8
    a = sha256(message_key + key[x : x + 36]).digest()
    b = sha256(key[x + 40 : x + 76] + message_key).digest()
    return a[:8] + b[8:24] + a[24:32], b[:8] + a[8:24] + b[24:32]


def _unpack(message_id: int, sequence: int, body: bytes) -> Iterator[ClientMessage]:
    (kind,) = struct.unpack("<I", body[:4])
    if kind != CONTAINER:
        yield ClientMessage(message_id, sequence, _read_object(body))
        return
    (count,) = struct.unpack("<i", body[4:8])
    at = 8
    for _ in range(count):
        inner_id, inner_sequence, length = struct.unpack("<qii", body[at : at + 16])
        yield ClientMessage(inner_id, inner_sequence, _read_object(body[at + 16 : at + 16 + length]))
        at += 16 + length


def _read_object(body: bytes) -> Any:
    read = BinaryReader(body).tgread_object()
    return BinaryReader(read.data).tgread_object() if isinstance(read, GzipPacked) else read
