"""Nobody but this machine's own programs and the page itself gets in, and the token gets nowhere."""

import json
import re
from pathlib import Path

import pytest
from aiogram.types import BufferedInputFile
from aiohttp import ClientSession

from bot import sandbox
from bot.demo.client import Sandbox
from bot.sandbox.server import Server
from tests.sandbox.conftest import png

PAGE = Path(sandbox.__file__).parent / "page"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.2", "example.org", "::", ""])
def test_only_loopback_can_be_listened_on(host):
    with pytest.raises(ValueError, match="loopback only"):
        Server(host=host)


async def test_it_listens_on_ipv6_loopback():
    async with Server(host="::1") as server, ClientSession() as session:
        async with session.get(f"{server.url}/sandbox/clock") as answer:
            assert (server.url.startswith("http://[::1]:"), answer.status) == (True, 200)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "sandbox.example.org"}, 403),
        ({"Host": "127.0.0.1.example.org"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
    ],
)
async def test_foreign_names_and_pages_are_refused(box, headers, status):
    async with ClientSession() as session, session.get(f"{box.url}/sandbox/chats", headers=headers) as answer:
        assert answer.status == status
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_the_page_may_load_nothing_from_elsewhere(box):
    async with ClientSession() as session:
        async with session.get(f"{box.url}/") as answer:
            policy, html = answer.headers["Content-Security-Policy"], await answer.text()
            assert policy.startswith("default-src 'none'; script-src 'self'")
        for name in sorted(path.name for path in PAGE.iterdir() if path.suffix in (".css", ".js")):
            async with session.get(f"{box.url}/page/{name}") as answer:
                assert answer.status == 200
                html += await answer.text()
        async with session.get(f"{box.url}/page/..%2fserver.py") as answer:
            assert answer.status == 404
    assert "innerHTML" not in html
    assert re.findall(r"""(?:src|href|url|from|import)\W{1,3}https?:""", html) == []


async def test_a_strangers_html_is_a_download_not_a_page(box, bot, ann):
    sent = await ann.send_file(b"<script>alert(1)</script>", "x.html")
    async with ClientSession() as session:
        async with session.get(f"{box.url}/sandbox/files/{sent.raw['document']['file_id']}") as answer:
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"] == "attachment"


async def test_the_record_holds_everything_but_the_token(tmp_path):
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    record = tmp_path / "wire.jsonl"
    async with Sandbox.started(record=record) as box:
        session = AiohttpSession(api=TelegramAPIServer.from_base(box.url))
        bot = Bot(box.token, session=session)
        async with await session.create_session():
            ann = await box.person("Ann")
            await ann.send(f"my token is {box.token}")
            await bot.get_updates(timeout=0)
            await bot.send_photo(ann.id, BufferedInputFile(png(10, 10), "p.png"), caption="chart")
        token = box.token
    text = record.read_text("utf-8")
    assert token not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["kind"], line["method"]) for line in lines] == [
        ("update", None),
        ("request", "getUpdates"),
        ("response", "getUpdates"),
        ("request", "sendPhoto"),
        ("response", "sendPhoto"),
    ]
    asked, answered = lines[3]["body"], lines[4]["body"]
    assert asked["photo"].startswith("attach://")
    assert (asked["chat_id"], asked["caption"]) == (ann.id, "chart")
    assert set(asked) == {"chat_id", "caption", "photo"}
    assert (answered["ok"], answered["result"]["caption"]) == (True, "chart")


async def test_an_internal_failure_is_no_leak(box):
    async with (
        ClientSession() as session,
        session.post(f"{box.url}/bot{box.token}/sendMessage", json=["not", "an", "object"]) as answer,
    ):
        assert (answer.status, box.token in await answer.text()) == (400, False)
