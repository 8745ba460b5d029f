"""What a person sees: chats, messages, answers to presses, files."""

from typing import Any

from aiohttp import web

from bot.sandbox.chats import Chat, StoredMessage
from bot.sandbox.limits import ApiError, bad_request
from bot.sandbox.membership import Json, chat_member
from bot.sandbox.side.routing import Request, Side, shown
from bot.sandbox.world import World

# Everything else is sent as a download: a stranger's HTML must not run in the page's origin.
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
TYPING_S = 5


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.get("chats", chats),
        side.get("chats/{chat}", one_chat),
        side.get("chats/{chat}/messages", messages),
        side.get("chats/{chat}/messages/{message}", one_message),
        side.get("callbacks/{query}", callback),
        side.get("inline/{query}", inline_answer),
        side.get("events", events),
        side.get("files/{file}", file),
    ]


async def chats(request: Request) -> Any:
    """Returns all chats, or those `person` is in, the latest changed first."""
    person = request.params.integer("person")
    found = [
        described(request.world, chat)
        for chat in request.world.chats.values()
        if not person or _sees(chat, person)
    ]
    return {
        "chats": sorted(found, key=lambda chat: -int(chat["changed_at"])),
        "revision": request.world.revision,
    }


async def one_chat(request: Request) -> Any:
    return described(request.world, request.chat)


async def messages(request: Request) -> Any:
    """Returns messages changed after revision `after`, waiting up to `wait` for one.

    They are those from message id `from_id` on.
    """
    chat, after = request.chat, request.params.integer("after")
    first = request.params.integer("from_id")
    await request.world.changed.until(lambda: bool(_changed(chat, after, first)), request.wait_s)
    return {
        "revision": request.world.revision,
        "messages": [shown(stored) for stored in _changed(chat, after, first)],
        "deleted": [message_id for revision, message_id in chat.deleted if revision > after],
    }


async def one_message(request: Request) -> Any:
    stored = request.chat.messages.get(request.number("message"))
    if stored is None:
        raise ApiError(404, "there is no such message")
    return shown(stored)


async def callback(request: Request) -> Any:
    query = request.world.queries.get(request.http.match_info["query"])
    if query is None:
        raise bad_request("nothing was pressed under this id")
    await request.world.changed.until(lambda: query.answer is not None, request.wait_s)
    nothing = {"text": None, "show_alert": False, "url": None}
    return {"answered": query.answer is not None, **(query.answer or nothing)}


async def inline_answer(request: Request) -> Any:
    query = request.world.inline_queries.get(request.http.match_info["query"])
    if query is None:
        raise bad_request("nothing was asked under this id")
    await request.world.changed.until(lambda: query.answer is not None, request.wait_s)
    return {"answered": query.answer is not None, **(query.answer or {})}


async def events(request: Request) -> Any:
    """Tells which chats changed after revision `after`; waits up to `wait` for one."""
    world, after = request.world, request.params.integer("after")
    await world.changed.until(lambda: world.revision > after, request.wait_s)
    changed = [chat.id for chat in world.chats.values() if chat.changed_at > after]
    return {"revision": world.revision, "chats": changed}


async def file(request: Request) -> Any:
    stored = request.world.files.get(request.http.match_info["file"])
    if stored is None:
        raise ApiError(404, "there is no such file")
    inline = stored.mime in SHOWN_INLINE
    if stored.photo:
        inline, stored_mime = True, stored.mime if stored.mime in SHOWN_INLINE else "image/jpeg"
    else:
        stored_mime = stored.mime if inline else "application/octet-stream"
    headers = {} if inline else {"Content-Disposition": "attachment"}
    return web.Response(
        body=request.world.files.read(stored), content_type=stored_mime.split(";")[0], headers=headers
    )


def described(world: World, chat: Chat) -> Json:
    """Returns a chat with what only the sandbox knows of it."""
    last = next(reversed(chat.messages.values()), None)
    typing = chat.action is not None and world.clock.unix() - chat.action[1] <= TYPING_S
    return {
        **chat.body(),
        "changed_at": chat.changed_at,
        "subscribers": None if chat.is_private else chat.count(),
        "bot": chat.member(world.bot.user.id).status if not chat.is_private else "member",
        "is_started": chat.is_started,
        "is_blocked": chat.is_blocked,
        "migrated_to": chat.migrated_to,
        "topics": [{"message_thread_id": number, "name": name} for number, name in chat.topics.items()],
        "members": [
            chat_member(world.users[user_id].body(), member, chat.type)
            for user_id, member in chat.members.items()
        ],
        "pinned": chat.pinned,
        "action": chat.action[0] if chat.action and typing else None,
        "last": shown(last) if last else None,
    }


def _sees(chat: Chat, person_id: int) -> bool:
    if chat.migrated_to is not None:
        return False
    return chat.id == person_id if chat.is_private else chat.member(person_id).is_inside


def _changed(chat: Chat, after: int, first: int) -> list[StoredMessage]:
    if chat.changed_at <= after:
        return []
    found = []
    for stored in reversed(chat.messages.values()):
        if stored.id < first:
            break
        if stored.revision > after:
            found.append(stored)
    return found[::-1]
