"""/sandbox/chats: groups and channels made and changed."""

from typing import Any

from aiohttp import web

from bot.sandbox import discussions, people, places, publishing
from bot.sandbox.side.routing import Request, Side, shown


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.post("chats", create),
        side.post("chats/{chat}", change),
        side.post("chats/{chat}/bot", set_bot),
        side.post("chats/{chat}/members", set_member),
        side.post("chats/{chat}/topics", open_topic),
        side.post("chats/{chat}/migrate", migrate),
        side.post("chats/{chat}/posts", publish),
        side.post("chats/{chat}/posts/{message}", edit_post),
        side.post("chats/{chat}/posts/{message}/comments", comment),
        side.post("chats/{chat}/reactions", set_reactions),
        side.delete("chats/{chat}/messages/{message}", delete),
    ]


async def create(request: Request) -> Any:
    values = request.params.values
    chat = places.new_chat(
        request.world,
        str(values["type"]),
        str(values["title"]),
        request.named_user("owner"),
        username=values.get("username"),
        members=[request.world.user(int(number)).id for number in request.params.items("members") or []],
        is_forum=request.params.flag("is_forum"),
        subscribers=values.get("subscribers"),
    )
    return chat.body()


async def change(request: Request) -> Any:
    """Changes `subscribers`, `title`, `username`, `description`, `muted`; `discussion`: a group's id."""
    chat, values = request.chat, request.params.values
    chat.subscribers = values.get("subscribers", chat.subscribers)
    chat.title = values.get("title", chat.title)
    chat.username = values.get("username", chat.username)
    chat.description = values.get("description", chat.description)
    chat.is_muted = bool(values.get("muted", chat.is_muted))
    if "discussion" in values:
        discussions.link(chat, request.named_chat("discussion"))
    request.world.touch(chat)
    return chat.body()


async def set_bot(request: Request) -> Any:
    values = request.params.values
    by = request.named_user("by")
    places.set_bot(request.world, request.chat, by, str(values["status"]), values.get("rights"))
    return {"ok": True}


async def set_member(request: Request) -> Any:
    values = request.params.values
    places.set_member(
        request.world,
        request.chat,
        request.named_user("user_id"),
        request.named_user("by"),
        str(values["status"]),
        values.get("rights"),
        values.get("invite_link"),
    )
    return {"ok": True}


async def open_topic(request: Request) -> Any:
    thread_id = places.open_topic(
        request.world, request.chat, request.named_user("by"), request.params.text("name")
    )
    return {"message_thread_id": thread_id}


async def migrate(request: Request) -> Any:
    return places.migrate(request.world, request.chat).body()


async def publish(request: Request) -> Any:
    """Publishes `text`, and for each photo a part of a form; `forward_from` a channel."""
    params = request.params
    source = request.named_chat("forward_from") if "forward_from" in params.values else None
    posts = publishing.publish(
        request.world, request.chat, params.text("text"), params.uploads, forward_from=source
    )
    return {"message_ids": [post.id for post in posts]}


async def edit_post(request: Request) -> Any:
    publishing.edit_post(request.world, request.chat, request.number("message"), request.params.text("text"))
    return {"ok": True}


async def set_reactions(request: Request) -> Any:
    totals = {name: int(count) for name, count in (request.params.table("totals") or {}).items()}
    message_id = request.params.integer("message_id")
    late = request.params.flag("late")
    publishing.set_reactions(request.world, request.chat, message_id, totals, late=late)
    return {"ok": True}


async def comment(request: Request) -> Any:
    """Writes the comment `text` of `by` under the post, or in answer to the comment `reply_to`."""
    group = request.world.chat(request.chat.linked_id or 0)
    copy = discussions.copy_of(group, request.number("message"))
    place = people.Place(group, reply_to=request.params.integer("reply_to") or copy.id)
    return shown(people.say(request.world, request.named_user("by"), place, request.params.text("text")))


async def delete(request: Request) -> Any:
    publishing.delete(request.world, request.chat, request.number("message"))
    return {"ok": True}
