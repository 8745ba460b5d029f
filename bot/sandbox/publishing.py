"""What happens in channels: posts, albums, edits, deletions, reaction totals."""

from collections.abc import Mapping, Sequence

from bot.sandbox import discussions
from bot.sandbox.chats import Chat, StoredMessage, User
from bot.sandbox.content import media_content, said_by_person
from bot.sandbox.deliver import tell_message
from bot.sandbox.files import Upload
from bot.sandbox.limits import bad_request
from bot.sandbox.membership import Json
from bot.sandbox.people import reaction
from bot.sandbox.world import World


def publish(
    world: World, chat: Chat, text: str, photos: Sequence[Upload], forward_from: Chat | None = None
) -> list[StoredMessage]:
    """Publishes one post, or an album of as many as there are photos, its caption on the first."""
    _must_be_channel(chat)
    author = _owner(world, chat)
    origin: Json = {}
    if forward_from is not None:
        first = forward_from.last_id or 1
        origin = {
            "forward_origin": {
                "type": "channel",
                "chat": forward_from.body(),
                "message_id": first,
                "date": world.clock.unix(),
            }
        }
    contents = _contents(world, text, photos)
    group = {"media_group_id": str(13_000_000_000 + world.next_number())} if len(contents) > 1 else {}
    posts = [world.store(chat, author, {**origin, **group, **content}) for content in contents]
    for post in posts:
        tell_message(world, chat, post)
        discussions.copy_post(world, chat, post)
    return posts


def edit_post(world: World, chat: Chat, message_id: int, text: str) -> StoredMessage:
    """Corrects a post's text or caption: edited_channel_post."""
    stored = _post(chat, message_id)
    is_caption = "text" not in stored.raw
    dropped = {"caption", "caption_entities"} if is_caption else {"text", "entities"}
    kept = {name: value for name, value in stored.raw.items() if name not in dropped}
    said = said_by_person(text, caption=is_caption)
    world.replace(chat, stored, {**kept, "edit_date": world.clock.unix(), **said})
    tell_message(world, chat, stored, edited=True)
    return stored


def set_reactions(
    world: World, chat: Chat, message_id: int, totals: Mapping[str, int], *, late: bool = False
) -> None:
    """Sets the totals of a post: message_reaction_count, if the bot is an admin.

    `late` plays what Telegram does at the first reaction to an old post: edited_channel_post without an edit.
    """
    stored = _post(chat, message_id)
    chat.page.reactions[message_id] = dict(totals)
    world.touch(chat)
    if late:
        tell_message(world, chat, stored, edited=True)
    if not chat.member(world.bot.user.id).is_admin:
        return
    counts = [{"type": reaction(name), "total_count": count} for name, count in totals.items() if count > 0]
    world.updates.push(
        "message_reaction_count",
        {"chat": chat.body(), "message_id": message_id, "date": world.clock.unix(), "reactions": counts},
    )


def delete(world: World, chat: Chat, message_id: int) -> None:
    """Deletes a post, and the bot is told nothing."""
    left = [post for post in chat.page.posts if post["id"] != message_id]
    if len(left) < len(chat.page.posts):
        chat.page.posts[:] = left
        world.touch(chat)
        return
    if message_id not in chat.messages:
        raise bad_request("message to delete not found")
    world.remove(chat, message_id)


def _contents(world: World, text: str, photos: Sequence[Upload]) -> list[Json]:
    if not photos:
        content = said_by_person(text)
        if not content["text"]:
            raise bad_request("message text is empty")
        return [content]
    contents = [media_content("photo", world.files.add_photo(upload)) for upload in photos]
    if text:
        contents[0] |= said_by_person(text, caption=True)
    return contents


def _post(chat: Chat, message_id: int) -> StoredMessage:
    _must_be_channel(chat)
    if message_id not in chat.messages:
        raise bad_request("there is no such post")
    return chat.messages[message_id]


def _must_be_channel(chat: Chat) -> None:
    if chat.type != "channel":
        raise bad_request("only a channel has posts")


def _owner(world: World, chat: Chat) -> User:
    return next(
        world.users[user_id] for user_id, member in chat.members.items() if member.status == "creator"
    )
