"""What breaks: a token in a log. The two known leaks are made for real: a failed download, a lost keep-alive."""

import asyncio
import contextlib
import io
import json
import logging
import socket
import struct
import sys
import threading
import warnings

import pytest
import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.types import BufferedInputFile
from aiohttp import ClientResponseError
from hypothesis import given
from hypothesis import strategies as st

from bot.core.logs import RedactingHandler, redact, set_up_logs

TOKEN = "123456789:AAtest-token-of-nobody-0000000000000"
SECRET = TOKEN.partition(":")[2]


@pytest.fixture(params=[False, True], ids=["text", "json"])
def logs(request, monkeypatch, logging_restored):
    """Everything that the program writes to stderr, in either format."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs("DEBUG", as_json=request.param, secrets=["the-password"])
    return stream


class Server:
    """Answers one request and keeps the connection alive; `cut` breaks it, and returns when it is broken."""

    def __init__(self, status: str, body: bytes) -> None:
        self._head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        self._body = body
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._cut, self._is_cut = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._answer)
        self._thread.start()

    def cut(self) -> None:
        self._cut.set()
        assert self._is_cut.wait(10)

    def close(self) -> None:
        self._cut.set()
        self._thread.join(10)
        self._listener.close()

    def _answer(self) -> None:
        connection, _ = self._listener.accept()
        with connection:
            connection.recv(2**16)
            connection.sendall(self._head + self._body)
            self._cut.wait(10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._is_cut.set()


@contextlib.asynccontextmanager
async def answering(status: str, result: object):
    server = Server(status, json.dumps({"ok": True, "result": result}).encode())
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    try:
        async with Bot(TOKEN, session=session) as bot:
            yield bot, server
    finally:
        server.close()


async def test_a_failed_download_leaks_nothing(logs):
    async with answering("404 Not Found", None) as (bot, _):
        with pytest.raises(ClientResponseError) as caught:
            await bot.download_file("documents/gone.csv")
    assert SECRET in str(caught.value)  # the leak is there
    structlog.stdlib.get_logger("bot").error("unexpected error", exc_info=caught.value)
    logging.getLogger("aiogram.event").error("Cause exception: %s", caught.value, exc_info=caught.value)
    assert "gone.csv" in logs.getvalue()
    assert SECRET not in logs.getvalue()


async def test_a_lost_keep_alive_leaks_nothing(logs):
    me = {"id": 1, "is_bot": True, "first_name": "Otklik"}
    async with answering("200 OK", me) as (bot, server):
        await bot.get_me()
        server.cut()  # blocks: the event loop has not seen it when it writes the next request
        with pytest.raises(TelegramNetworkError) as caught:
            await bot.send_document(1, BufferedInputFile(bytes(2**20), "big.bin"))
    assert SECRET in str(caught.value)  # the leak is there
    logging.getLogger("aiogram.dispatcher").error("Failed: %s", caught.value, exc_info=caught.value)
    assert "Can not write request body" in logs.getvalue()
    assert SECRET not in logs.getvalue()


async def test_what_nobody_caught_leaks_nothing(logs):
    """A task, a thread, a finaliser and the program itself, each dying with an address in its words."""

    async def fail() -> None:
        raise RuntimeError(f"task at https://api.telegram.org/bot{TOKEN}/getMe")

    task = asyncio.ensure_future(fail())
    await asyncio.wait({task})
    del task  # the loop complains when a task goes whose failure nobody read
    thread = threading.Thread(target=lambda: int(f"thread {TOKEN}"))
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(f"program {TOKEN}"), None)
    with warnings.catch_warnings(action="always"):
        warnings.warn(f"warning {TOKEN}", stacklevel=1)
    written = logs.getvalue()
    assert [word for word in ("task", "thread", "program", "warning") if word not in written] == []
    assert SECRET not in written


def test_a_record_that_cannot_be_written_leaks_nothing(logs):
    handler = next(found for found in logging.getLogger().handlers if isinstance(found, RedactingHandler))
    record = logging.makeLogRecord(
        {"name": "library", "msg": "%s and %d", "args": (f"misfit {TOKEN}", "none")}
    )
    handler.handle(record)
    assert "a log record of library was lost" in logs.getvalue()
    assert SECRET not in logs.getvalue()


async def test_a_line_of_json_is_json(logs):
    structlog.stdlib.get_logger("bot.test").warning("сказано", chat=5, url=f"/bot{TOKEN}/x")
    line = logs.getvalue().splitlines()[-1]
    if line.startswith("{"):
        assert json.loads(line) | {"timestamp": ""} == {
            "event": "сказано",
            "chat": 5,
            "url": "/bot***/x",
            "level": "warning",
            "logger": "bot.test",
            "timestamp": "",
        }
    else:
        assert "сказано" in line


@given(  # letters of the secret stand nowhere else, or a find would prove nothing
    before=st.text("слово 1:/\n"),
    number=st.integers(10**5, 10**12 - 1),
    secret=st.text("abcXYZ_-", min_size=30, max_size=60),
    after=st.sampled_from(["", " ", "/getMe", '"', "\n", "?x=1", "'"]),
)
def test_a_token_never_survives(before, number, secret, after):
    assert secret not in redact(f"{before} {number}:{secret}{after}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("POST /bot42:short/getMe", "POST /bot***/getMe"),
        ("http://h/file/bot42:x/documents/a.csv", "http://h/file/bot***/documents/a.csv"),
        ("postgresql+asyncpg://otklik:hunter2@db/otklik", "postgresql+asyncpg://otklik:***@db/otklik"),
        ("at 12:30 the robot went to https://t.me/otklik", "at 12:30 the robot went to https://t.me/otklik"),
        ("mypass!", "***!"),
    ],
)
def test_what_is_hidden_and_what_is_not(text, shown):
    assert redact(text, ["mypass"]) == shown


@pytest.mark.parametrize(("error", "is_said"), [(asyncio.CancelledError, False), (ValueError, True)])
def test_a_transaction_that_was_told_to_stop_is_no_error_of_its_pool(logs, error, is_said):
    pool = logging.getLogger("sqlalchemy.pool.impl.AsyncAdaptedQueuePool")
    pool.error("Exception during reset or similar", exc_info=error("in the middle"))
    assert ("Exception during reset" in logs.getvalue()) == is_said
