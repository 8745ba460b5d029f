"""What breaks: an unchanged Telethon that can't log in, an exact counter that is not, a failure nobody can rehearse."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from telethon import TelegramClient, errors
from telethon.crypto import AuthKey, rsa
from telethon.sessions import StringSession
from telethon.tl import functions, types
from telethon.tl.types import InputChannel

from bot.demo.client import Sandbox
from bot.sandbox.mtproto import secrets
from tests.sandbox.conftest import png


@pytest.fixture
async def box():
    async with Sandbox.started() as box:
        yield box


@pytest.fixture
async def channel(box):
    """A private channel of a photo album, a forwarded post, a service message and a plain post; the bot is its admin."""
    ann = await box.person("Ann")
    channel = await box.channel("Closed", owner=ann, subscribers=4_321)
    await channel.add_bot()
    await channel.change_page(
        posts=[
            {"id": 5, "published_at": 1_790_000_000, "text": "an album", "views": 1_234, "photos": 3, "forwards": 7,
             "comments": 4, "reactions": {"🔥": 9, "paid": 2}},
            {"id": 9, "published_at": 1_790_003_600, "text": "of others", "views": 12_345, "forwarded_from": "Others"},
            {"id": 10, "published_at": 1_790_003_700, "is_service": True},
        ]
    )  # fmt: skip
    (plain,) = await channel.post("plain")
    assert plain == 11
    await channel.set_views(plain, 1_001, forwards=3)
    await channel.react(plain, {"👍": 5})
    return channel


@asynccontextmanager
async def connected(box, session="", key=None):
    how = await box.wire.get("/sandbox/mtproto")
    rsa.add_key(how["public_key"].encode(), old=False)
    kept = StringSession(session)
    if not session:
        kept.set_dc(2, how["host"], how["port"])
        kept.auth_key = key
    client = TelegramClient(
        kept, 1, "hash", receive_updates=False, flood_sleep_threshold=0, auto_reconnect=False,
        connection_retries=1, request_retries=1, raise_last_call_error=True, timeout=2,
    )  # fmt: skip
    try:
        async with asyncio.timeout(5):
            await client.connect()
        yield client
    finally:
        await client.disconnect()


def asked(channel) -> InputChannel:
    return InputChannel(-(10**12) - channel.id, 0)


async def read(client, channel, ids):
    found = await client(functions.channels.GetMessagesRequest(asked(channel), ids))
    return {message.id: message for message in found.messages}


async def test_a_bot_logs_in_by_its_token_and_reads_exact_counters_by_number(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        found = await read(client, channel, list(range(1, 201)))
        assert len(found) == 200
        album = [found[number] for number in (5, 6, 7)]
        assert [one.views for one in album] == [1_234, 1_234, 1_234]
        assert len({one.grouped_id for one in album}) == 1
        assert (album[0].forwards, album[0].replies.replies) == (7, 4)
        assert {(type(one.reaction).__name__, one.count) for one in album[0].reactions.results} == {
            ("ReactionEmoji", 9),
            ("ReactionPaid", 2),
        }
        assert (found[9].views, found[9].fwd_from.from_name) == (12_345, "Others")
        assert isinstance(found[10], types.MessageService)
        assert (found[11].message, found[11].views, found[11].forwards) == ("plain", 1_001, 3)
        assert isinstance(found[12], types.MessageEmpty)
        full = await client(functions.channels.GetFullChannelRequest(asked(channel)))
        assert full.full_chat.participants_count == 4_321
    told = await box.mtproto.asked("GetMessages")
    assert [(one["no_updates"], one["numbers"]) for one in told] == [(True, 200)]


async def test_pictures_and_deletions_are_seen_message_by_message(box, channel):
    pictures = await channel.post("three", photos=[png(8, 8)] * 3)
    await channel.delete(9)
    await channel.delete(pictures[1])
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        found = await read(client, channel, [9, *pictures])
    assert [type(found[number]).__name__ for number in (9, *pictures)] == [
        "MessageEmpty",
        "Message",
        "MessageEmpty",
        "Message",
    ]


async def test_a_session_is_good_for_another_connection_and_until_it_is_forgotten(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        session = client.session.save()
    async with connected(box, session) as client:
        assert await client.is_user_authorized()
    await box.mtproto.forget()
    async with connected(box, session) as client:
        assert not await client.is_user_authorized()
    assert len(await box.mtproto.asked("ImportBotAuthorization")) == 1
    await box.mtproto.forget(keys=True)
    with pytest.raises(errors.AuthKeyNotFound):
        async with connected(box, session):
            pass


async def test_a_token_of_somebody_else_opens_nothing(box, channel):
    async with connected(box) as client:
        with pytest.raises(errors.AccessTokenInvalidError):
            await client.start(bot_token="700000001:AAa-token-of-somebody-else-entirely-00")


async def test_only_channels_where_the_bot_is_an_admin_are_shown(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        with pytest.raises(errors.ChannelInvalidError):
            await client(functions.channels.GetChannelsRequest([InputChannel(1, 0)]))
        with pytest.raises(errors.ChannelInvalidError):
            await client(functions.channels.GetChannelsRequest([InputChannel(asked(channel).channel_id, 3)]))
        (shown,) = (await client(functions.channels.GetChannelsRequest([asked(channel)]))).chats
        assert shown.admin_rights is not None
        known = InputChannel(shown.id, shown.access_hash)
        assert (await client(functions.channels.GetMessagesRequest(known, [11]))).messages[0].views == 1_001
        await channel.remove_bot()
        with pytest.raises(errors.ChannelPrivateError):
            await read(client, channel, [11])


async def test_what_bots_may_not_ask_is_refused(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        with pytest.raises(errors.BotMethodInvalidError):
            await client(
                functions.messages.GetMessagesViewsRequest(types.InputPeerSelf(), [1], increment=False)
            )


async def test_failures_come_when_they_are_asked_for(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        await box.mtproto.trouble("flood", "7", method="GetMessages")
        with pytest.raises(errors.FloodWaitError) as told:
            await read(client, channel, [11])
        assert told.value.seconds == 7
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        await box.mtproto.trouble("error", "500 INTERNAL", method="GetMessages", skip=1)
        assert (await read(client, channel, [11]))[11].views == 1_001
        await box.mtproto.hide("views", "replies")
        await box.mtproto.trouble("silent")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await read(client, channel, [11])


async def test_fields_are_withheld_until_they_are_shown_again(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        await box.mtproto.hide("views", "reactions")
        withheld = (await read(client, channel, [5]))[5]
        assert (withheld.views, withheld.forwards, withheld.reactions) == (None, None, None)
        assert withheld.replies.replies == 4
        await box.mtproto.hide()
        assert (await read(client, channel, [5]))[5].views == 1_234


async def test_a_connection_that_is_cut_or_closed_at_once_is_an_error_of_the_connection(box, channel):
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        session = client.session.save()
        await box.mtproto.trouble("drop", method="GetMessages")
        with pytest.raises((ConnectionError, asyncio.CancelledError)):
            await read(client, channel, [11])
        client.disconnected.exception()
    await box.mtproto.trouble("close")
    with pytest.raises((ConnectionError, TimeoutError, asyncio.CancelledError)):
        async with connected(box, session):
            pass


async def test_a_client_with_an_old_salt_is_told_the_new_one_and_goes_on(box, channel):
    await box.mtproto.trouble("salt")
    async with connected(box) as client:
        await client.start(bot_token=box.token)
        assert (await read(client, channel, [11]))[11].views == 1_001


@pytest.mark.parametrize("length", [254, 255, 256])
def test_a_key_that_begins_with_a_zero_is_known_when_a_stored_session_brings_it_back(length):
    """One login in 256: the client drops the zero, and its session as text has one behind instead."""
    agreed = AuthKey(b"\1" * length)
    session = StringSession()
    session.set_dc(2, "127.0.0.1", 443)
    session.auth_key = agreed
    brought_back = StringSession(session.save()).auth_key
    known = {one.key_id: one.key for one in secrets.as_kept(agreed)}
    assert known[agreed.key_id] == agreed.key
    assert known[brought_back.key_id] == brought_back.key


@pytest.mark.parametrize("length", [254, 255, 256])
async def test_who_logged_in_by_such_a_key_is_logged_in_when_it_is_brought_back(box, channel, length):
    agreed = AuthKey(b"\1" * length)
    (await box.server.mtproto()).remember(agreed)
    async with connected(box, key=agreed) as client:
        await client.start(bot_token=box.token)
        session = client.session.save()
    async with connected(box, session) as client:
        assert (await read(client, channel, [11]))[11].views == 1_001
    assert len({one["key_id"] for one in await box.mtproto.asked()}) == 1
