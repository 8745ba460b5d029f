"""getChat and everything else about a chat and who is in it."""

from bot.sandbox.chats import Chat, InviteLink
from bot.sandbox.deliver import tell_member
from bot.sandbox.destinations import KIND, bot_member, joined_chat, known_chat
from bot.sandbox.limits import ApiError, bad_request, forbidden
from bot.sandbox.membership import Json, Member, chat_member
from bot.sandbox.methods.registry import method
from bot.sandbox.params import Params
from bot.sandbox.world import World


@method("getChat")
def get_chat(world: World, params: Params) -> Json:
    return known_chat(world, params).full_body()


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> Json:
    chat = known_chat(world, params)
    user_id = params.integer("user_id")
    if user_id not in world.users:
        raise bad_request("invalid user_id specified")
    user = world.users[user_id]
    if chat.is_private:
        return chat_member(user.body(), Member("member"), chat.type)
    _must_see_members(world, chat, user_id)
    return chat_member(user.body(), chat.member(user_id), chat.type)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """Returns the admins; bots are left out, but for this one, as Telegram does unless asked."""
    chat = known_chat(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    if not bot_member(world, chat).is_inside:
        raise bad_request("member list is inaccessible")
    return [
        chat_member(world.users[user_id].body(), member, chat.type)
        for user_id, member in chat.members.items()
        if member.is_admin
    ]


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> int:
    chat = known_chat(world, params)
    return 2 if chat.is_private else chat.count()


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    chat = joined_chat(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    tell_member(world, chat, world.bot.user, Member("left"), world.bot.user)
    return True


@method("createChatInviteLink")
def create_invite_link(world: World, params: Params) -> Json:
    chat = joined_chat(world, params)
    if not bot_member(world, chat).can("can_invite_users"):
        raise bad_request("not enough rights to manage chat invite link")
    name = params.text("name") or None
    if name and len(name) > 32:
        raise bad_request("chat invite link name is too long")
    url = f"https://t.me/+sandbox{world.next_number():06d}"
    chat.links[url] = InviteLink(url, name, world.bot.user.body())
    return chat.links[url].body()


def _must_see_members(world: World, chat: Chat, user_id: int) -> None:
    """Raises ApiError where others may not be seen: only an admin bot is sure to be told about them."""
    me = bot_member(world, chat)
    if me.is_admin or user_id == world.bot.user.id or (chat.type != "channel" and me.is_inside):
        return
    if me.status == "kicked":
        raise forbidden(f"bot was kicked from the {KIND[chat.type]}")
    raise ApiError(400, "Bad Request: member list is inaccessible")
