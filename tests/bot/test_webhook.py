"""What breaks: an update lost because it was acknowledged first, a stranger who is believed, a switch that deafens the bot."""

import io
import json
import socket
import sqlite3
from contextlib import closing

import aiohttp
import pytest

from bot.core.answering_settings import WebhookSettings
from bot.telegram.raw_updates import ALLOWED_UPDATES
from bot.telegram.webhook import BODY_BYTES, SECRET_HEADER, secret_of
from metrics.errors import DomainError
from storage.engine import UnavailableError
from storage.system import everywhere


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def env(env, port) -> dict[str, str]:
    return env | {"WEBHOOK_URL": f"http://127.0.0.1:{port}/updates", "WEBHOOK_PORT": str(port)}


@pytest.fixture
async def listening(running, box):
    """The running bot, once it has told where it listens."""
    await box.wait_for_calls("setWebhook")
    return running


@pytest.fixture
def post(settings, box):
    """The status of an answer to a body sent there, with the right secret unless another is given."""

    async def send(body: bytes, secret: str | None = None) -> int:
        shown = secret_of(settings.webhook, box.token) if secret is None else secret
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                str(settings.webhook.webhook_url), data=io.BytesIO(body), headers={SECRET_HEADER: shown}
            ) as answer,
        ):
            return answer.status

    return send


@pytest.fixture
def inbox_rows(tmp_path):
    def read() -> list[tuple[int, str]]:
        with closing(sqlite3.connect(tmp_path / "otklik.db")) as conn:
            return conn.execute("SELECT update_id, state FROM inbox").fetchall()

    return read


async def test_a_person_is_answered(listening, box, settled):
    ann = await box.person("Ann", language="en")
    await ann.send("/help")
    assert "What I can do" in (await ann.wait_for_answer()).text
    await settled()
    (call,) = await box.calls("setWebhook")
    assert call["params"]["allowed_updates"] == list(ALLOWED_UPDATES)
    assert await box.calls("getUpdates") == []


async def test_what_can_not_be_kept_is_not_acknowledged_and_comes_again(listening, box, monkeypatch):
    keep, refused = everywhere.keep_updates, []
    monkeypatch.setattr("bot.telegram.webhook.BUSY_S", 0)

    async def fail_once(conn, rows, now):
        if not refused:
            refused.append(rows)
            raise UnavailableError("the disk is full")
        return await keep(conn, rows, now)

    monkeypatch.setattr(everywhere, "keep_updates", fail_once)
    ann = await box.person("Ann", language="en")
    await ann.send("/help")
    assert "What I can do" in (await ann.wait_for_answer(timeout_s=40)).text
    assert len(refused) == 1
    assert len([message for message in await ann.messages() if message.is_from_bot]) == 1


@pytest.mark.parametrize("secret", ["", "guess", "é"])
async def test_a_stranger_is_not_believed(listening, post, inbox_rows, secret):
    assert await post(json.dumps({"update_id": 5, "message": {}}).encode(), secret) == 401
    assert inbox_rows() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b'{"update_id": "5"}', 400),
        (b"x" * (BODY_BYTES + 1), 413),
        (b'{"update_id": 5, "of_a_kind_to_come": {"chat": {"id": 7}}}', 200),
    ],
)
async def test_only_updates_are_taken(listening, post, inbox_rows, body, status):
    assert await post(body) == status
    assert [row[0] for row in inbox_rows()] == ([5] if status == 200 else [])


async def test_an_update_sent_twice_is_handled_once(listening, post, box, settled):
    ann = await box.person("Ann", language="en")
    message = await ann.send("/help")
    await ann.wait_for_answer()
    again = {"update_id": box.server.world.updates.newest_id, "message": message.raw}
    assert await post(json.dumps(again).encode()) == 200
    await settled()
    assert len([shown for shown in await ann.messages() if shown.is_from_bot]) == 1


async def test_when_too_much_waits_telegram_is_asked_to_come_later(listening, post, monkeypatch):
    monkeypatch.setattr("bot.telegram.inbox.FULL", 0)
    assert await post(b'{"update_id": 5}') == 503


async def test_an_address_telegram_refuses_is_said_at_once(starting, box):
    await box.fault("setWebhook", status=400, description="Bad Request: bad webhook: IP address is reserved")
    with pytest.raises(DomainError, match=r"webhook\.refused"):
        async with starting() as running:
            await running.serving


async def test_a_port_in_use_is_said_at_once(starting, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(DomainError, match=r"webhook\.port_taken"):
            async with starting() as running:
                await running.serving


def test_the_secret_follows_from_the_token_unless_it_is_set(monkeypatch):
    assert secret_of(WebhookSettings(), "1:a") == secret_of(WebhookSettings(), "1:a")
    assert secret_of(WebhookSettings(), "1:a") != secret_of(WebhookSettings(), "1:b")
    assert "1:a" not in secret_of(WebhookSettings(), "1:a")
    monkeypatch.setenv("WEBHOOK_SECRET", "a-secret-of-my-own")
    assert secret_of(WebhookSettings(), "1:a") == "a-secret-of-my-own"
