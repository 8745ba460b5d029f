"""What breaks: a token, a key or somebody's words that leave for another company's server with an error."""

import asyncio
import gzip
import json
import logging

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.core.settings import read_settings
from bot.health.reporting import ReportingHandler, event_of
from metrics.errors import DomainError
from tests.kit.processes import life_of_bot

MARK = "сокровенное"
SECRET = "what-keys-are-encrypted-with-0123456789"


@pytest.fixture
async def sentry():
    """Where errors arrive: its address, and the bodies of what came, as they were sent."""
    came: list[str] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        came.append((gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode())
        return web.json_response({})

    app = web.Application()
    app.router.add_post("/api/7/envelope/", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://public@{host}:{port}/7", came
    await runner.cleanup()


async def test_of_a_real_error_its_place_and_id_arrive_and_nothing_that_is_anybodys(
    box, env, tmp_path, sentry
):
    """An update of a shape that the library refuses, quoting it in the exception's text."""
    dsn, came = sentry
    ann = await box.person(f"{MARK} Аня", language="ru")
    settings = env | {"SENTRY_DSN": dsn, "SECRET_KEY": SECRET, "LOG_LEVEL": "DEBUG"}
    async with life_of_bot(settings, tmp_path / "log") as process:
        await ann.send("/help")
        await ann.wait_for_answer(timeout_s=40)
        number = await box.inject({"message": {"text": MARK, "chat": {"id": ann.id}}})
        while "an update failed" not in (tmp_path / "log").read_text("utf-8"):
            await asyncio.sleep(0.02)
        process.terminate()
        await asyncio.wait_for(process.wait(), 30)
    told = "\n".join(came)
    assert "an update failed" in told
    assert '"ValidationError"' in told
    assert f'"u:{number}"' in told
    assert '"bot/telegram/inbox.py"' in told
    for secret in (MARK, "\\u0441\\u043e\\u043a", str(ann.id), box.token, SECRET, str(tmp_path), "vars"):
        assert secret not in told


async def test_whatever_a_line_holds_only_codes_of_it_leave(sentry):
    dsn, came = sentry
    handler = ReportingHandler(dsn, [SECRET])
    failed = ValueError(f"{MARK} {SECRET}")
    failed.__cause__ = KeyError(MARK)
    own = {"event": "failed", "reason": MARK, "id": "u:5", "kind": MARK, "exc_info": failed}
    for name, msg, args in (
        ("bot.x", own, ()),
        ("lib", f"no %s /bot{SECRET}/\n{MARK}", (MARK,)),
        ("lib", MARK, ()),
    ):
        record = logging.LogRecord(name, logging.ERROR, __file__, 1, msg, args, None)
        await asyncio.to_thread(handler.handle, record)
    await asyncio.to_thread(handler.close)
    told = "\n".join(came)
    assert len(came) == 3
    assert '"u:5"' in told
    assert '"ValueError"' in told
    assert '"KeyError"' in told
    for secret in (MARK, json.dumps(MARK)[1:10], SECRET):
        assert secret not in told


@given(st.text(min_size=1), st.sampled_from(["reason", "title", "text", "id"]))
def test_a_text_of_people_is_never_a_tag(text, field):
    record = logging.LogRecord("bot", logging.ERROR, "", 1, {"event": "failed", field: f"{text}яя"}, (), None)
    assert event_of(record)["tags"] == {}


@pytest.mark.parametrize("dsn", ["nonsense", "https://sentry.example/7", "https://key@sentry.example/"])
def test_an_address_that_is_none_is_refused_without_repeating_it(dsn, monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "123456789:AAtest-token-of-nobody-0000000000000")
    monkeypatch.setenv("SENTRY_DSN", dsn)
    with pytest.raises(DomainError) as caught:
        read_settings(None)
    assert "SENTRY_DSN" in str(caught.value.params["names"])
    assert dsn not in str(caught.value.params["names"])
