"""/sandbox/people: what a person does."""

from typing import Any

from aiohttp import web

from bot.sandbox import inline, people, sharing
from bot.sandbox.limits import bad_request
from bot.sandbox.side.routing import Request, Side, shown


def routes(side: Side) -> list[web.AbstractRouteDef]:
    return [
        side.get("people", everybody),
        side.post("people", create),
        side.post("people/{person}", change),
        side.post("people/{person}/send", send),
        side.post("people/{person}/forward", forward),
        side.post("people/{person}/edit", edit),
        side.post("people/{person}/press", press),
        side.post("people/{person}/inline", ask_inline),
        side.post("people/{person}/choose", choose_inline),
        side.post("people/{person}/share", share),
        side.get("people/{person}/shareable", shareable),
        side.post("people/{person}/react", react),
        side.post("people/{person}/block", block),
        side.post("people/{person}/unblock", unblock),
    ]


async def everybody(request: Request) -> Any:
    return {"people": [user.body() for user in request.world.users.values() if not user.is_bot]}


async def create(request: Request) -> Any:
    values = request.params.values
    user = people.new_person(
        request.world,
        str(values["first_name"]),
        last_name=values.get("last_name"),
        username=values.get("username"),
        language=values.get("language"),
    )
    return user.body()


async def change(request: Request) -> Any:
    user = request.person
    values = request.params.values
    user.language_code = values.get("language", user.language_code)
    user.first_name = values.get("first_name", user.first_name)
    user.username = values.get("username", user.username)
    return user.body()


async def send(request: Request) -> Any:
    """Sends a text as JSON, or a form with a part named `file` for each file; shows the last message."""
    user, params = request.person, request.params
    chat = request.named_chat() if "chat_id" in params.values else request.world.chat(user.id)
    place = people.Place(chat, params.integer("thread_id") or None, params.integer("reply_to") or None)
    if not params.uploads:
        return shown(people.say(request.world, user, place, params.text("text")))
    stored = people.drop_files(
        request.world,
        user,
        place,
        params.uploads,
        caption=params.text("caption"),
        as_photo=params.text("as") == "photo",
    )
    return shown(stored[-1])


async def forward(request: Request) -> Any:
    place = people.Place(request.named_chat())
    source = request.named_chat("from_chat_id")
    message_id = request.params.integer("message_id")
    return shown(people.forward(request.world, request.person, place, source, message_id))


async def edit(request: Request) -> Any:
    params = request.params
    chat = request.named_chat()
    stored = people.edit(
        request.world, request.person, chat, params.integer("message_id"), params.text("text")
    )
    return shown(stored)


async def press(request: Request) -> Any:
    """Presses by `row` and `col`, by `text` of the button, or with any `data`."""
    params, chat = request.params, request.named_chat()
    message_id = params.integer("message_id")
    stored = chat.messages.get(message_id)
    if stored is None:
        raise bad_request("message to press not found")
    data = params.values.get("data")
    if data is None:
        row, col = _place_of(request, stored.raw) or (params.integer("row"), params.integer("col"))
        data = people.button_data(stored, row, col)
    query = people.press(request.world, request.person, chat, message_id, str(data))
    return {"query_id": query.id, "last_message_id": chat.last_id, **shown(stored)}


async def ask_inline(request: Request) -> Any:
    return {"query_id": inline.ask(request.world, request.person, request.params.text("query")).id}


async def choose_inline(request: Request) -> Any:
    """Chooses for the chat `chat_id`, which the bot need not be in."""
    params = request.params
    query = request.world.inline_queries[params.text("query_id")]
    chat = request.named_chat()
    return shown(inline.choose(request.world, request.person, query, params.text("result_id"), chat))


async def share(request: Request) -> Any:
    private = request.named_chat()
    wanted = sharing.request_button(private, request.params.values.get("button"))
    shared = request.named_chat("shared_chat_id")
    return shown(sharing.share(request.world, request.person, private, wanted, shared))


async def shareable(request: Request) -> Any:
    """Tells which of the person's chats the chooser lists for `button`."""
    user = request.person
    private = request.world.chat(user.id)
    wanted = sharing.request_button(private, request.params.values.get("button"))
    fitting = [
        chat.body()
        for chat in request.world.chats.values()
        if sharing.refusal(request.world, user, wanted, chat) is None
    ]
    return {"chats": fitting, "request": wanted}


async def react(request: Request) -> Any:
    emoji = [str(one) for one in request.params.items("emoji") or []]
    message_id = request.params.integer("message_id")
    people.react(request.world, request.person, request.named_chat(), message_id, emoji)
    return {"ok": True}


async def block(request: Request) -> Any:
    people.block(request.world, request.person, blocked=True)
    return {"ok": True}


async def unblock(request: Request) -> Any:
    people.block(request.world, request.person, blocked=False)
    return {"ok": True}


def _place_of(request: Request, raw: dict[str, Any]) -> tuple[int, int] | None:
    label = request.params.text("text")
    if not label:
        return None
    for row, line in enumerate(raw.get("reply_markup", {}).get("inline_keyboard", [])):
        for col, button in enumerate(line):
            if button["text"] == label:
                return row, col
    raise bad_request(f"there is no button {label!r}")
