"""What the server knows how to answer: who the bot is, its channels, their messages by number."""

import struct
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from telethon.tl import functions, types

from bot.sandbox.chats import Chat
from bot.sandbox.mtproto.messages import CHANNEL_BASE, access_hash, channel, messages_of
from bot.sandbox.mtproto.troubles import Troubles
from bot.sandbox.world import World

VECTOR = 0x1CB5C415
MOST_IDS = 200  # of one request
FREE = frozenset({"GetConfigRequest", "ImportBotAuthorizationRequest"})  # answered to who has not logged in


class RefusedError(Exception):
    """An error of Telegram: a number and its name."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(name)
        self.code = code
        self.name = name


class Answers:
    """`logged_in`: keys whose holders have shown the bot's token."""

    def __init__(self, world: World, troubles: Troubles) -> None:
        self._world = world
        self._troubles = troubles
        self.logged_in: set[int] = set()
        self.address = ("127.0.0.1", 0)

    def to(self, request: Any, key_id: int) -> bytes:
        """Returns the serialized answer. Raises RefusedError."""
        name = type(request).__name__
        if key_id not in self.logged_in and name not in FREE:
            raise RefusedError(401, "AUTH_KEY_UNREGISTERED")
        if name == "ImportBotAuthorizationRequest":
            return bytes(self._log_in(request, key_id))
        answer = self._known().get(type(request))
        if answer is None:
            raise RefusedError(400, "BOT_METHOD_INVALID")
        return answer(request)

    def _known(self) -> dict[Any, Callable[[Any], bytes]]:
        return {
            functions.help.GetConfigRequest: lambda _: bytes(self._config()),
            functions.users.GetUsersRequest: lambda _: _vector([self._me()]),
            functions.updates.GetStateRequest: lambda _: bytes(self._state()),
            functions.updates.GetDifferenceRequest: lambda _: bytes(self._difference()),
            functions.channels.GetChannelsRequest: lambda asked: bytes(self._channels(asked)),
            functions.channels.GetMessagesRequest: lambda asked: bytes(self._messages(asked)),
            functions.channels.GetFullChannelRequest: lambda asked: bytes(self._full(asked)),
        }

    def _log_in(self, request: Any, key_id: int) -> Any:
        if request.bot_auth_token != self._world.token:
            raise RefusedError(400, "ACCESS_TOKEN_INVALID")
        self.logged_in.add(key_id)
        return types.auth.Authorization(user=self._me())

    def _me(self) -> Any:
        user = self._world.bot.user
        return types.User(
            id=user.id,
            is_self=True,
            bot=True,
            first_name=user.first_name,
            username=user.username,
            access_hash=11,
            bot_info_version=1,
        )

    def _config(self) -> Any:
        """Returns what the constructor asks for; a client takes the data centres' addresses from here."""
        host, port = self.address
        here = types.DcOption(id=2, ip_address=host, port=port)
        now = datetime.now(UTC)
        numbers = (
            "chat_size_max", "megagroup_size_max", "forwarded_count_max", "online_update_period_ms",
            "offline_blur_timeout_ms", "offline_idle_timeout_ms", "online_cloud_timeout_ms", "notify_cloud_delay_ms",
            "notify_default_delay_ms", "push_chat_period_ms", "push_chat_limit", "edit_time_limit", "revoke_time_limit",
            "revoke_pm_time_limit", "rating_e_decay", "stickers_recent_limit", "channels_read_media_period",
            "call_receive_timeout_ms", "call_ring_timeout_ms", "call_connect_timeout_ms", "call_packet_timeout_ms",
            "caption_length_max", "message_length_max", "webfile_dc_id",
        )  # fmt: skip
        return types.Config(
            date=now,
            expires=now,
            test_mode=False,
            this_dc=2,
            dc_options=[here],
            dc_txt_domain_name="localhost",
            me_url_prefix="https://t.me/",
            **dict.fromkeys(numbers, 1),
        )

    def _state(self) -> Any:
        return types.updates.State(pts=1, qts=0, date=self._world.clock.now(), seq=0, unread_count=0)

    def _difference(self) -> Any:
        return types.updates.DifferenceEmpty(date=self._world.clock.now(), seq=0)

    def _channels(self, asked: Any) -> Any:
        return types.messages.Chats(chats=[self._shown(self._chat(one)) for one in asked.id])

    def _messages(self, asked: Any) -> Any:
        chat = self._chat(asked.channel)
        ids = [one.id for one in asked.id][:MOST_IDS]
        found = messages_of(self._world, chat, ids, self._troubles)
        return types.messages.ChannelMessages(
            pts=1, count=len(found), messages=found, topics=[], chats=[self._shown(chat)], users=[]
        )

    def _full(self, asked: Any) -> Any:
        chat = self._chat(asked.channel)
        full = types.ChannelFull(
            id=CHANNEL_BASE - chat.id,
            about="",
            read_inbox_max_id=0,
            read_outbox_max_id=0,
            unread_count=0,
            chat_photo=types.PhotoEmpty(0),
            notify_settings=types.PeerNotifySettings(),
            bot_info=[],
            pts=1,
            participants_count=chat.count(),
        )
        return types.messages.ChatFull(full_chat=full, chats=[self._shown(chat)], users=[])

    def _shown(self, chat: Chat) -> Any:
        return channel(chat, is_admin=chat.member(self._world.bot.user.id).is_admin)

    def _chat(self, asked: Any) -> Chat:
        """Returns the chat of a number.

        Bots need not know the access hash, but a wrong one is refused.
        """
        chat = self._world.chats.get(CHANNEL_BASE - int(asked.channel_id))
        if chat is None or chat.type != "channel" or asked.access_hash not in (0, access_hash(chat)):
            raise RefusedError(400, "CHANNEL_INVALID")
        if not chat.member(self._world.bot.user.id).is_admin:
            raise RefusedError(400, "CHANNEL_PRIVATE")
        return chat


def refusal(code: int, name: str) -> bytes:
    return bytes(types.RpcError(error_code=code, error_message=name))


def _vector(items: Iterable[Any]) -> bytes:
    listed = [bytes(item) for item in items]
    return struct.pack("<Ii", VECTOR, len(listed)) + b"".join(listed)
