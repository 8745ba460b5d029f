"""What a person does: write, drop a file, forward, edit, press, block."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox import discussions
from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.content import media_content, said_by_person
from bot.sandbox.deliver import tell_block, tell_message
from bot.sandbox.files import StoredFile, Upload
from bot.sandbox.images import image_size
from bot.sandbox.limits import CAPTION_UTF16, TEXT_UTF16, bad_request, forbidden, utf16_length
from bot.sandbox.membership import Json
from bot.sandbox.methods.copying import content_of, origin_of
from bot.sandbox.world import Query, World


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person writes: a chat, perhaps a topic of it, perhaps in reply."""

    chat: Chat
    thread_id: int | None = None
    reply_to: int | None = None


def new_person(
    world: World, first_name: str, *, last_name: str | None, username: str | None, language: str | None
) -> User:
    """Makes a user and their private chat with the bot, not opened yet."""
    user = User(
        world.next_number("person"),
        first_name,
        last_name=last_name,
        username=username,
        language_code=language,
    )
    world.users[user.id] = user
    world.chats[user.id] = Chat(user.id, "private", user=user, username=username)
    world.touch(world.chats[user.id])
    return user


def say(world: World, user: User, place: Place, text: str) -> StoredMessage:
    """Says a person's text; in a channel where they may post it is a post."""
    content = said_by_person(text)
    if not content["text"]:
        raise bad_request("message text is empty")
    if utf16_length(content["text"]) > TEXT_UTF16:
        raise bad_request("message is too long")
    return _put(world, user, place, content)


def drop_files(
    world: World, user: User, place: Place, uploads: Sequence[Upload], *, caption: str, as_photo: bool
) -> list[StoredMessage]:
    """Drops files; several are messages of one media group, the caption on the last.

    Clients put it there on documents.
    """
    contents = [_file_content(world, upload, as_photo=as_photo) for upload in uploads]
    if caption:
        said = said_by_person(caption, caption=True)
        if utf16_length(said["caption"]) > CAPTION_UTF16:
            raise bad_request("message caption is too long")
        contents[-1] |= said
    group = {"media_group_id": str(13_000_000_000 + world.next_number())} if len(contents) > 1 else {}
    return [_put(world, user, place, {**group, **content}) for content in contents]


def _file_content(world: World, upload: Upload, *, as_photo: bool) -> Json:
    """Returns a document, or a photo when asked and the bytes are a picture."""
    is_photo = as_photo and image_size(upload.data) is not None
    file: StoredFile = (
        world.files.add_photo(upload) if is_photo else world.files.add_document(upload, may_be_empty=True)
    )
    return media_content("photo" if is_photo else "document", file)


def forward(world: World, user: User, place: Place, source: Chat, message_id: int) -> StoredMessage:
    original = source.messages.get(message_id)
    if original is None:
        raise bad_request("message to forward not found")
    _must_be_in(source, user)
    return _put(world, user, place, {"forward_origin": origin_of(source, original), **content_of(original)})


def edit(world: World, user: User, chat: Chat, message_id: int, text: str) -> StoredMessage:
    """Edits a person's own text: edited_message."""
    stored = chat.messages.get(message_id)
    if stored is None or stored.author_id != user.id:
        raise bad_request("message can't be edited")
    caption = "text" not in stored.raw
    dropped = {"caption", "caption_entities"} if caption else {"text", "entities"}
    kept = {name: value for name, value in stored.raw.items() if name not in dropped}
    edited = {**kept, "edit_date": world.clock.unix(), **said_by_person(text, caption=caption)}
    world.replace(chat, stored, edited)
    tell_message(world, chat, stored, edited=True)
    return stored


def press(world: World, user: User, chat: Chat, message_id: int, data: str) -> Query:
    """Presses an inline button that carries `data`: callback_query."""
    _must_be_in(chat, user)
    stored = chat.messages.get(message_id)
    if stored is None or stored.author_id != world.bot.user.id:
        raise bad_request("there is no message of the bot with that id")
    query = Query(str(4_000_000_000_000_000 + world.next_number()), world.clock.unix())
    world.queries[query.id] = query
    body: Json = {
        "id": query.id,
        "from": user.body(),
        "message": stored.raw,
        "chat_instance": str(abs(chat.id) * 7919),
        "data": data,
    }
    world.updates.push("callback_query", body)
    return query


def button_data(stored: StoredMessage, row: int, col: int) -> str:
    """Returns callback_data of the inline button at `row`, `col`. Raises ApiError when it has none."""
    rows = stored.raw.get("reply_markup", {}).get("inline_keyboard", [])
    if not (0 <= row < len(rows) and 0 <= col < len(rows[row])):
        raise bad_request(f"there is no button at row {row}, column {col}")
    button = rows[row][col]
    if "callback_data" not in button:
        raise bad_request(f"button {button['text']!r} is not answered by the bot")
    return str(button["callback_data"])


def block(world: World, user: User, *, blocked: bool) -> None:
    chat = world.chats[user.id]
    if chat.is_started and chat.is_blocked != blocked:
        tell_block(world, chat, blocked=blocked)


def react(world: World, user: User, chat: Chat, message_id: int, emoji: list[str]) -> None:
    """Sets a person's own reactions in a group: message_reaction. In a channel they only count."""
    _must_be_in(chat, user)
    if message_id not in chat.messages:
        raise bad_request("message to react not found")
    by_user = chat.reactions.setdefault(message_id, {})
    old, by_user[user.id] = by_user.get(user.id, []), emoji
    world.touch(chat)
    if chat.type == "channel" or not chat.member(world.bot.user.id).is_admin:
        return
    world.updates.push(
        "message_reaction",
        {
            "chat": chat.body(),
            "message_id": message_id,
            "user": user.body(),
            "date": world.clock.unix(),
            "old_reaction": [reaction(one) for one in old],
            "new_reaction": [reaction(one) for one in emoji],
        },
    )


def reaction(name: str) -> Json:
    """Returns a ReactionType: an emoji, or `paid` for stars, or a custom emoji's id."""
    if name == "paid":
        return {"type": "paid"}
    return (
        {"type": "custom_emoji", "custom_emoji_id": name}
        if name.isdigit()
        else {"type": "emoji", "emoji": name}
    )


def _put(world: World, user: User, place: Place, content: Json) -> StoredMessage:
    chat = place.chat
    _must_be_in(chat, user)
    if chat.type == "channel" and not chat.member(user.id).can("can_post_messages"):
        raise forbidden("this person can't post in the channel")
    _open(world, user, chat)
    head: Json = {}
    if place.thread_id:
        if place.thread_id not in chat.topics:
            raise bad_request("message thread not found")
        head = {"message_thread_id": place.thread_id, "is_topic_message": True}
    if place.reply_to:
        replied = chat.messages.get(place.reply_to)
        if replied is None:
            raise bad_request("message to be replied not found")
        head |= discussions.thread_of(replied)
        head["reply_to_message"] = {
            name: value for name, value in replied.raw.items() if name != "reply_to_message"
        }
    stored = world.store(chat, user, {**head, **content})
    tell_message(world, chat, stored)
    return stored


def _open(world: World, user: User, chat: Chat) -> None:
    """Opens the private chat at the first message; a message to a stopped bot starts it again."""
    if chat.is_private and chat.id == user.id:
        chat.is_started = True
        if chat.is_blocked:
            tell_block(world, chat, blocked=False)


def _must_be_in(chat: Chat, user: User) -> None:
    is_in = chat.id == user.id if chat.is_private else chat.member(user.id).is_inside
    if not is_in and not (chat.type == "channel" and chat.username):
        raise forbidden("this person is not in the chat")
