"""What the chat's own channels know of a number that /money asks for: the churn of the last 30 days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.answers.gather import people_are_known
from bot.features.money.reckoning import Reckoning
from bot.features.money.typed import TypedAmounts
from bot.telegram.conversation import Conversation
from metrics import periods
from metrics.followers import Movement, followers
from storage.engine import Connection
from storage.workspace import audience, channels, members
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

DAYS = 30
MOST = 3  # channels, the largest first
ASKED = ("churn", "left", "started")  # inputs that a suggestion answers


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`left` of `started` subscribers in DAYS days, every one of which was seen."""

    channel: Channel
    left: int
    started: int
    churn_percent: float


async def suggestions(chat: Conversation, reckoning: Reckoning) -> Sequence[Suggestion]:
    """Returns suggestions of the channels whose joins and leaves are known; none for another number."""
    one = reckoning.missing
    if one is None or one.code not in ASKED:
        return ()
    async with chat.read() as conn:
        listed = [row for row in await channels.visible(conn, chat.workspace.id) if row.bot_is_admin]
        found = [await _known(conn, chat.workspace, channel, chat.now) for channel in listed]
    known = [row for row in found if row is not None]
    return sorted(known, key=lambda row: -row.started)[:MOST]


async def suggested_by(chat: Conversation, channel_id: int) -> Suggestion | None:
    """Looks a suggestion up again: a button proves nothing. None: there is none any more."""
    async with chat.read() as conn:
        channel = await channels.get(conn, chat.workspace.id, channel_id)
        return None if channel is None else await _known(conn, chat.workspace, channel, chat.now)


def taken(reckoning: Reckoning, of: Suggestion) -> Reckoning:
    """Returns the reckoning with the suggestion's numbers in place of those that are missing."""
    known = {"churn": of.churn_percent, "left": float(of.left), "started": float(of.started)}
    wanted = [one.code for one in reckoning.formula.inputs if one.code in known]
    missing = {code: known[code] for code in wanted if code not in reckoning.told.amounts}
    return replace(reckoning, told=reckoning.told.with_more(TypedAmounts(missing, sure=frozenset(missing))))


async def _known(conn: Connection, workspace: Workspace, channel: Channel, as_of: int) -> Suggestion | None:
    period = periods.last_days(DAYS, as_of, ZoneInfo(workspace.zone))
    of = (conn, workspace.id, channel.id)
    if not await people_are_known(conn, workspace, channel, period, as_of):
        return None
    leaves = await members.leaves(*of, period.start_unix, period.end_unix)
    readings = await audience.window(*of, period.start_unix, period.end_unix)
    found = followers(readings, Movement(period.start_unix, (), leaves), period=period, as_of=as_of)
    if not found.churn_percent or found.start is None or found.start.is_rough:
        return None
    return Suggestion(channel, len(leaves), round(found.start.subscribers), found.churn_percent)
