"""Telegram over MTProto with the bot's own token: messages of its channels by number, and nothing else.

Only channels.getMessages and channels.getFullChannel are asked, of channels that the bot administers. Nothing is pushed
to this session, and it never logs out: that would end the bot's other one.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from telethon import TelegramClient, errors
from telethon.crypto import rsa
from telethon.sessions import StringSession
from telethon.tl import functions, types

from bot.collection.exact.folding import counted, fold
from bot.collection.source import (
    Ability,
    Answer,
    AwayError,
    ClosedError,
    Counters,
    FoundPosts,
    HeldSession,
    NotGivenError,
    Place,
    RefusedError,
    SessionEndedError,
    SourceError,
    State,
    WaitError,
)
from bot.core.clock import Clock
from metrics.posts import AudienceReading
from storage.identity import TELEGRAM_CHANNEL_BASE

MOST_IDS = 200  # of one request: the server's own limit
CONNECT_S = 15.0  # key exchange included; the library itself would go on for ever
ANSWER_S = 15.0
CLOSE_S = 5.0
HOME = 2  # the data centre a new session begins at; Telegram names another where the bot lives there
NOWHERE = (errors.ChannelInvalidError, errors.ChannelPrivateError, errors.ChatAdminRequiredError)
ENDED = (
    errors.AuthKeyNotFound,
    errors.AuthKeyDuplicatedError,
    errors.AuthKeyUnregisteredError,
    errors.AuthKeyInvalidError,
    errors.SessionRevokedError,
    errors.SessionExpiredError,
    errors.UserDeactivatedError,
)
REFUSALS = (
    errors.ApiIdInvalidError,
    errors.ApiIdPublishedFloodError,
    errors.AccessTokenInvalidError,
    errors.AccessTokenExpiredError,
    errors.BotMethodInvalidError,
)
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Telegram:
    """Opens connections. `server_url`: the sandbox's, in place of Telegram's own servers."""

    api_id: int
    api_hash: str
    token: str
    clock: Clock
    server_url: str | None = None
    connect_s: float = CONNECT_S
    answer_s: float = ANSWER_S

    @asynccontextmanager
    async def connected(self, held: HeldSession) -> AsyncIterator["TelegramCounters"]:
        """Connects and logs in for the block. Raises what `SourceError` has below it.

        The session is kept before the token is shown, so that a crash between the two finds out what became
        of it instead of logging in twice.
        """
        client = await self._client(held)
        try:
            with _told():
                async with asyncio.timeout(self.connect_s):
                    await client.connect()
                _retrieve(client.disconnected)
                async with asyncio.timeout(self.connect_s):
                    await self._log_in(client, held)
            yield TelegramCounters(client, self.clock, self.answer_s)
        finally:
            await _close(client)

    async def _client(self, held: HeldSession) -> Any:
        session = StringSession(held.session)
        if self.server_url is not None:
            how = await _ask_the_sandbox(self.server_url)
            rsa.add_key(str(how["public_key"]).encode(), old=False)
            if not held.session:
                session.set_dc(HOME, str(how["host"]), int(how["port"]))
        return TelegramClient(
            session,
            self.api_id,
            self.api_hash,
            device_model="Otklik",
            receive_updates=False,
            flood_sleep_threshold=0,
            auto_reconnect=False,
            connection_retries=1,
            request_retries=1,  # once more after Telegram named another data centre
            raise_last_call_error=True,
            timeout=self.connect_s,
        )

    async def _log_in(self, client: Any, held: HeldSession) -> None:
        if held.logged_in:
            return
        await held.keep(client.session.save(), logged_in=False)
        if await client.get_me() is None:
            request = functions.auth.ImportBotAuthorizationRequest(
                flags=0, api_id=self.api_id, api_hash=self.api_hash, bot_auth_token=self.token
            )
            await client(request)
            log.info("logged in for exact counters")
        await held.keep(client.session.save(), logged_in=True)


@dataclass(frozen=True, slots=True)
class TelegramCounters:
    """One open connection. Raises what `SourceError` has below it."""

    client: Any
    clock: Clock
    answer_s: float = ANSWER_S
    abilities: frozenset[Ability] = frozenset({"read", "audience"})
    most_ids: int = MOST_IDS

    async def find(self, place: Place[int], since: int, cursor: str | None) -> FoundPosts:  # noqa: ARG002 - the protocol's
        """Raises NotGivenError: bots may not walk a history, they ask for numbers."""
        raise NotGivenError("find")

    async def read(self, place: Place[int], ids: Sequence[int]) -> Answer[int]:
        """Reads at most `most_ids` numbers in one request."""
        found = await self._ask(functions.channels.GetMessagesRequest(_channel(place), list(ids)))
        observed_at = int(self.clock.now().timestamp())
        shown = next((chat for chat in found.chats if isinstance(chat, types.Channel)), None)
        name = getattr(shown, "username", None) or place.handle
        messages = [one for one in found.messages if isinstance(one, types.Message)]
        own_id = TELEGRAM_CHANNEL_BASE - place.id
        return Answer(
            observed_at,
            tuple(map(_counters, found.messages)),
            tuple(fold(messages, observed_at, own_id=own_id, name=name)),
            is_admin=getattr(shown, "admin_rights", None) is not None,
            access=getattr(shown, "access_hash", None) or 0,
        )

    async def audience(self, place: Place[int]) -> AudienceReading:
        full = (await self._ask(functions.channels.GetFullChannelRequest(_channel(place)))).full_chat
        if full.participants_count is None:
            raise NotGivenError("audience")
        return AudienceReading(int(self.clock.now().timestamp()), int(full.participants_count), 0)

    async def _ask(self, request: Any) -> Any:
        with _told():
            async with asyncio.timeout(self.answer_s):
                return await self.client(request)


@contextmanager
def _told() -> Iterator[None]:
    """Raises the library's errors in the words of `source`; their own may quote what was sent."""
    try:
        yield
    except SourceError:
        raise
    except (errors.FloodWaitError, errors.FloodPremiumWaitError) as error:
        raise WaitError(int(error.seconds)) from None
    except NOWHERE as error:
        raise ClosedError(_name(error)) from None
    except ENDED as error:
        raise SessionEndedError(_name(error)) from None
    except REFUSALS as error:
        raise RefusedError(_name(error)) from None
    except errors.UnauthorizedError as error:
        raise SessionEndedError(_name(error)) from None
    except (errors.RPCError, OSError, EOFError, TimeoutError, ValueError, errors.SecurityError) as error:
        raise AwayError(_name(error)) from None
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise AwayError("disconnected") from None  # the library cancels what waits when a connection is cut


async def _close(client: Any) -> None:
    """Closes a connection and never raises: what was read stands, whatever its end was."""
    try:
        async with asyncio.timeout(CLOSE_S):
            await client.disconnect()
    except (OSError, EOFError, TimeoutError, errors.RPCError) as error:
        log.info("a connection for exact counters ended badly", reason=_name(error))


def _retrieve(disconnected: "asyncio.Future[Any]") -> None:
    """Takes the error of a cut connection, which the waiting request tells; nobody asks this future."""
    disconnected.add_done_callback(lambda ended: ended.cancelled() or ended.exception())


async def _ask_the_sandbox(url: str) -> dict[str, Any]:
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=CONNECT_S)) as session,
            session.get(url) as response,
        ):
            response.raise_for_status()
            told: dict[str, Any] = await response.json()
            return told
    except (ClientError, TimeoutError) as error:
        raise AwayError(_name(error)) from None


def _counters(message: Any) -> Counters[int]:
    if isinstance(message, types.MessageEmpty):
        return Counters(message.id, State.GONE)
    if not isinstance(message, types.Message):
        return Counters(message.id, State.SERVICE, int(message.date.timestamp()))
    return counted(message)


def _channel(place: Place[int]) -> Any:
    """Returns how a bot may name its channels without knowing how its account does: with 0."""
    return types.InputChannel(TELEGRAM_CHANNEL_BASE - place.id, place.access)


def _name(error: BaseException) -> str:
    return type(error).__name__.removesuffix("Error")
