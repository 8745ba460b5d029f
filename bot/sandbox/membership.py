"""Who may do what in a chat: members, their rights, and how the Bot API tells them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.limits import bad_request

Json = dict[str, Any]

EVERYWHERE = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
IN_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
IN_GROUPS = ("can_pin_messages", "can_manage_topics")
ALL_RIGHTS = frozenset({*EVERYWHERE, *IN_CHANNELS, *IN_GROUPS, "is_anonymous"})
INSIDE = frozenset({"creator", "administrator", "member", "restricted"})


@dataclass(frozen=True, slots=True)
class Member:
    """`status` is the Bot API's: creator, administrator, member, left, kicked. Rights only matter to admins."""

    status: str
    rights: frozenset[str] = frozenset()

    @property
    def is_inside(self) -> bool:
        return self.status in INSIDE

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def can(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)


STRANGER = Member("left")


def rights_of(names: Iterable[str] | Json | None, chat_type: str) -> frozenset[str]:
    """Returns full right names of a list (with or without `can_`), of an object of booleans, or all."""
    fitting = {*EVERYWHERE, *(IN_CHANNELS if chat_type == "channel" else IN_GROUPS)}
    if names is None:
        return frozenset(fitting)
    if isinstance(names, dict):
        names = [name for name, granted in names.items() if granted]
    full = {name if name in ALL_RIGHTS else f"can_{name}" for name in names}
    if unknown := full - ALL_RIGHTS:
        raise bad_request(f"unknown right {min(unknown)}")
    # An admin with any right at all has this one.
    return frozenset(full & {*fitting, "is_anonymous"} | {"can_manage_chat"})


def chat_member(user: Json, member: Member, chat_type: str, *, editable: bool = False) -> Json:
    """Returns the ChatMember object."""
    body: Json = {"user": user, "status": member.status}
    if member.status == "creator":
        return {**body, "is_anonymous": False}
    if member.status == "kicked":
        return {**body, "until_date": 0}
    if member.status != "administrator":
        return body
    names = (*EVERYWHERE, *(IN_CHANNELS if chat_type == "channel" else IN_GROUPS))
    granted = {name: name in member.rights for name in names}
    return {**body, "can_be_edited": editable, **granted, "is_anonymous": "is_anonymous" in member.rights}
