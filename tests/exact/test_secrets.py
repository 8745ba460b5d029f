"""What breaks: a key, a session or a token in a log, an exception, an export, or readable in the database."""

import asyncio
import base64
import signal

import pytest

from bot.core.sealing import Sealing
from tests.exact.conftest import API_HASH

pytestmark = pytest.mark.timeout(300)


async def test_no_secret_is_written_anywhere_whatever_fails(
    box, ann, private, living, rows, eventually, tmp_path
):
    channel = await private(ann, posts=450)
    for kind, detail, method in (
        ("close", "", None),
        ("drop", "", "ImportBotAuthorization"),
        ("drop", "", "GetMessages"),
        ("error", "500 INTERNAL", "GetMessages"),
        ("error", "400 CHANNEL_INVALID", "GetMessages"),
        ("error", "420 FLOOD_WAIT_30", "GetMessages"),
    ):
        await box.mtproto.trouble(kind, detail, method=method)
    async with living(LOG_FORMAT="json") as process:
        await channel.add_bot(rights=["can_invite_users"])
        await ann.wait_for("перешлите сюда", timeout_s=90)
        await channel.post("свежий")
        await box.wait_until_read()
        for _ in range(12):
            await box.advance(7 * 3600, wait=True)
            if rows("SELECT done_at IS NOT NULL FROM exact_channel") == [(1,)]:
                break
        await eventually("SELECT found, cursor FROM exact_channel", (451, 0))
        (sealed,) = rows("SELECT session FROM exact_account")[0]
        await box.mtproto.forget(keys=True)
        await box.advance(7 * 3600, wait=True)
        await ann.send("/export")
        export = await (
            await ann.wait_for(lambda told: told.document_name is not None, timeout_s=90)
        ).file_bytes()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 40) == 0
    session = Sealing(box.token, "session").open(sealed)
    assert session is not None
    key = base64.urlsafe_b64decode(session[1:])[-256:]
    secrets = [session, session[40:120], key.hex(), API_HASH, box.token]
    raw = [key, key[:16], API_HASH.encode(), box.token.encode(), session.encode()]
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("otklik.db*"))
    log = (tmp_path / "log").read_text("utf-8")
    assert "exact counters" in log
    assert [secret for secret in secrets if secret in log] == []
    assert [secret for secret in raw if secret in kept] == []
    assert [secret for secret in raw if secret in export] == []


def test_what_is_sealed_opens_under_the_same_token_only():
    sealed = Sealing("1:a", "session").seal("a session")
    assert "a session" not in sealed
    assert sealed != Sealing("1:a", "session").seal("a session")
    assert Sealing("1:a", "session").open(sealed) == "a session"
    assert Sealing("1:b", "session").open(sealed) is None
    assert Sealing("1:a", "session").open(sealed[:-4] + "AAAA") is None
    assert Sealing("1:a", "session").open("пустое") is None
