"""The schema, one for SQLite and PostgreSQL. Every time is unix seconds in UTC.

Everything hangs on `workspace` or, through `channel`, on the workspace that owns the channel, and goes with it.
"""

from storage.tables.asked import looking, quota
from storage.tables.base import ID, metadata
from storage.tables.collected import (
    collection,
    comment,
    follow,
    gap,
    live_message,
    member_event,
    proof,
    thread,
)
from storage.tables.drops import drop_fit, episode, standing, track
from storage.tables.exact import exact_account, exact_channel
from storage.tables.kept import (
    READING_COLUMNS,
    audience,
    channel,
    channel_access,
    column_choice,
    import_,
    inbox,
    picture,
    post,
    question,
    reading,
    thinning,
    tick,
    workspace,
)
from storage.tables.keys import repost, tgstat_channel, workspace_key
from storage.tables.networks import network_channel, network_key
from storage.tables.outgoing import delivery, lease, mute, schedule
from storage.tables.placed import placement, placement_reading
from storage.tables.planned import goal, note
from storage.tables.replicas import chat_claim, replica, schema_window

__all__ = [
    "ID",
    "READING_COLUMNS",
    "audience",
    "channel",
    "channel_access",
    "chat_claim",
    "collection",
    "column_choice",
    "comment",
    "delivery",
    "drop_fit",
    "episode",
    "exact_account",
    "exact_channel",
    "follow",
    "gap",
    "goal",
    "import_",
    "inbox",
    "lease",
    "live_message",
    "looking",
    "member_event",
    "metadata",
    "mute",
    "network_channel",
    "network_key",
    "note",
    "picture",
    "placement",
    "placement_reading",
    "post",
    "proof",
    "question",
    "quota",
    "reading",
    "replica",
    "repost",
    "schedule",
    "schema_window",
    "standing",
    "tgstat_channel",
    "thinning",
    "thread",
    "tick",
    "track",
    "workspace",
    "workspace_key",
]
