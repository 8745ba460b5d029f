"""Who may still read what, once a right in a channel is lost: every reading function, private and public channels."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from bot.answers import gather as engagement
from bot.answers.drops import gather as alerts
from bot.collection.collector import Collector
from bot.collection.counting import Counting
from bot.collection.proving import Proving
from bot.core.clock import FixedClock
from bot.core.parsing.periods import PeriodChoice
from bot.features.check import gather as check
from bot.features.compare import gather as compare
from bot.features.export import gather as export
from bot.features.export.request import POSTS, READINGS
from bot.features.export.spooled import open_spooled
from bot.features.placements import gather as ledger
from bot.features.summaries import gather as digest
from bot.features.top.request import TopRequest
from metrics.drops.parameters import Rule
from metrics.errors import DomainError
from storage.system.everywhere import KeptUpdate
from storage.workspace import audience, channels, live, placements, workspaces
from tests.storage.places import NOW

CHAT, GROUP_OF_COMMENTS, OWNER, BOB, TEAM, BOT = -1001, -1002, 10, 20, -30, 1
HOUR, DAY = 3600, 86_400
AS_OF = NOW + 3 * DAY
MONTH = PeriodChoice(days=30)
LINK = "https://t.me/+bob"
SUBSCRIBERS = {"before": 4_111, "after": 7_222}
BEFORE, BOTH, NOTHING = {"before"}, {"before", "after"}, set()


class Telegram:
    """What the Bot API says of the channel at this moment."""

    subscribers = SUBSCRIBERS["before"]
    bobs_status = "administrator"

    async def get_chat_member_count(self, _chat_id):
        return self.subscribers

    async def get_chat_member(self, _chat_id, person):
        return SimpleNamespace(status=self.bobs_status if person == BOB else "creator")


class World:
    def __init__(self, database, *, is_public):
        self.database = database
        self.name = {"username": "tea"} if is_public else {}
        self.chat = {"id": CHAT, "type": "channel", "title": "Tea", **self.name}
        self.telegram, self.clock, self.updates = Telegram(), FixedClock(_moment(NOW)), 0
        self.collector = Collector(database, self.clock, BOT, "1:token")
        self.places = {}

    async def settle(self):
        """The owner and Bob collect the channel; Bob advertises it by a link and shows it to the team."""
        async with self.database.begin() as conn:
            for name, chat_id in (("owner", OWNER), ("bob", BOB), ("team", TEAM)):
                kind = "private" if chat_id > 0 else "group"
                self.places[name] = await workspaces.ensure(
                    conn, chat_id=chat_id, kind=kind, title=name, language="en", zone="UTC", now=NOW
                )
            known = {}
            for name in ("owner", "bob"):
                known[name] = await channels.add(
                    conn,
                    self.places[name].id,
                    platform="telegram",
                    title="Tea",
                    handle=self.name.get("username"),
                    chat_id=CHAT,
                    bot_is_admin=True,
                    now=NOW,
                )
                how, person = live.CollectionTerms(GROUP_OF_COMMENTS), self.places[name].chat_id
                await live.begin(conn, self.places[name].id, known[name].id, how, NOW, person=person)
                bought = {"price": 5, "channel_id": known[name].id, "invite_link": LINK, "link": name}
                row = {**bought, "added_by": person, "created_at": NOW}
                await placements.add(conn, self.places[name].id, row)
            await channels.grant(
                conn, self.places["bob"].id, known["bob"].id, reader_workspace_id=self.places["team"].id
            )
            self.channels = {"owner": known["owner"].id, "bob": known["bob"].id, "team": known["bob"].id}

    async def live_on(self, when, at):
        """A post, a comment on it, somebody who joins, and a count of subscribers."""
        number = 1 if when == "before" else 2
        self.clock.moment = _moment(at)
        post = {"message_id": number, "date": at, "chat": self.chat, "text": f"title-{when}"}
        copied = {
            "message_id": 10 + number,
            "date": at,
            "chat": {"id": GROUP_OF_COMMENTS, "type": "supergroup"},
            "is_automatic_forward": True,
            "forward_origin": {"type": "channel", "chat": self.chat, "message_id": number},
        }
        said = {
            "message_id": 20 + number,
            "date": at,
            "chat": copied["chat"],
            "message_thread_id": 10 + 1,  # of the first post: who lost the right still knows its thread
        }
        joined = {**_changed(100 + number, at, "left", "member"), "chat": self.chat}
        joined["invite_link"] = {"invite_link": LINK}
        told = [{"channel_post": post}, {"message": copied}, {"message": said}, {"chat_member": joined}]
        await self.collector.take([self.update(one) for one in told])
        self.telegram.subscribers = SUBSCRIBERS[when]
        await Counting(self.telegram, self.database, self.clock).count_due()

    def update(self, told):
        self.updates += 1
        return KeptUpdate(self.updates, 0, json.dumps({"update_id": self.updates, **told}))

    async def told(self, kind, person, by, before, after):
        changed = {**_changed(person, NOW + HOUR, before, after), "chat": self.chat, "from": _user(by)}
        kept = self.update({kind: changed})
        for take in (self.collector.take_one, self.collector.note_loss, self.collector.take_beside):
            await take(kept)

    async def read(self, who, how):
        """Of which time the channel's life is shown."""
        async with self.database.read() as conn:
            channel = await channels.get(conn, self.places[who].id, self.channels[who])
            if channel is None:
                return NOTHING
            try:
                found = await READING[how](conn, self.places[who], channel)
            except DomainError:
                return NOTHING
        return {when for when in BOTH if f"title-{when}" in repr(found)} if how in OF_POSTS else found


def _moment(at):
    return datetime.fromtimestamp(at, UTC)


def _user(person):
    return {"id": person, "is_bot": False, "first_name": "Somebody"}


def _changed(person, at, before, after):
    return {
        "from": _user(person),
        "date": at,
        "old_chat_member": {"user": _user(person), "status": before},
        "new_chat_member": {"user": _user(person), "status": after},
    }


async def _top(conn, workspace, channel):
    return TopRequest(await engagement.gather(conn, workspace, channel, MONTH, AS_OF), channel.handle)


async def _digest(conn, workspace, channel):
    first, last = _moment(NOW - DAY).date(), _moment(AS_OF).date()
    return await digest.gather(
        conn, workspace, [channel], {}, frequency="weekly", first=first, last=last, as_of=AS_OF
    )


async def _placements(conn, workspace, _channel):
    shown = await ledger.gather(conn, workspace, AS_OF)
    return {
        when
        for when, people in zip(("before", "after"), range(1, 3), strict=True)
        if shown and shown[0].people.joined >= people
    }


async def _export(conn, workspace, channel):
    """The spooled rows by kind, as the worker reads them."""
    with TemporaryDirectory() as folder:
        database = SimpleNamespace(read=lambda: nullcontext(conn))
        request = await export.gather(database, workspace, channel, "csv", AS_OF, Path(folder))
        spooled = open_spooled(request)
        return {which: list(spooled.rows(which)) for which in (POSTS, READINGS)}


async def _comments(conn, workspace, channel):
    found = (await _export(conn, workspace, channel))[POSTS]
    first = next(row for row in found if row.title == "title-before")
    return {when for when, said in (("before", 1), ("after", 2)) if (first.comments or 0) >= said}


async def _channels(conn, workspace, channel):
    newest = await audience.newest(conn, workspace.id, channel.id)
    return {when for when, count in SUBSCRIBERS.items() if newest.subscribers >= count}


OF_POSTS = {
    "er": lambda c, w, one: engagement.gather(c, w, one, MONTH, AS_OF),
    "top": _top,
    "compare": lambda c, w, one: compare.gather(c, w, [one], MONTH, "er", AS_OF, total=1),
    "export": _export,
    "digest": _digest,
    "alerts": lambda c, w, one: alerts.gather(c, w, [one], {}, Rule(), AS_OF),
    "check": lambda c, w, one: check.from_storage(c, w, one, None, AS_OF),
}
READING = {**OF_POSTS, "placements": _placements, "comments": _comments, "channels": _channels}
OF_ADMINS = {"placements"}  # who joins is for admins, of a public channel as well


async def _nothing(world):
    """The right is not lost."""


async def _kicked(world):
    await world.told("chat_member", BOB, OWNER, "administrator", "kicked")


async def _demoted(world):
    await world.told("chat_member", BOB, OWNER, "administrator", "member")


async def _unheard(world):
    """Telegram told the bot nothing of it: the daily proof finds it out."""
    world.telegram.bobs_status = "kicked"
    world.clock.moment = _moment(NOW + DAY)
    await Proving(world.telegram, world.database, world.clock).prove_due()


async def _bot_comes_back_without_bob(world):
    await world.told("my_chat_member", BOT, OWNER, "administrator", "kicked")
    await world.told("my_chat_member", BOT, OWNER, "left", "administrator")


async def _withdrawn(world):
    async with world.database.begin() as conn:
        home, team = world.places["bob"].id, world.places["team"].id
        await channels.withdraw(conn, home, world.channels["bob"], reader_workspace_id=team)


async def _noticed(world):
    """Bob was kicked, the group was told, and the day is over."""
    await _kicked(world)
    for day in (1, 2):
        world.clock.moment = _moment(NOW + day * DAY)
        await Proving(world.telegram, world.database, world.clock).look_at_grants()


async def _left_the_team(world):
    world.telegram.bobs_status = "left"
    for day in (1, 2):
        world.clock.moment = _moment(NOW + day * DAY)
        await Proving(world.telegram, world.database, world.clock).look_at_grants()


LOST = (_kicked, _demoted, _unheard, _bot_comes_back_without_bob)
# What each still reads of a private channel; of a public one everybody reads both, but for whom nothing is shown to.
TABLE = {
    _nothing: {"owner": BOTH, "bob": BOTH, "team": BOTH},
    # As long as the notice lasts, the team reads what Bob does.
    **{lost: {"owner": BOTH, "bob": BEFORE, "team": BEFORE} for lost in LOST},
    _noticed: {"owner": BOTH, "bob": BEFORE, "team": NOTHING},
    _withdrawn: {"owner": BOTH, "bob": BOTH, "team": NOTHING},
    _left_the_team: {"owner": BOTH, "bob": BOTH, "team": NOTHING},
}
TAKEN_FROM_THE_TEAM = (_withdrawn, _left_the_team)


def _expected(lost, who, *, is_public):
    is_seen = is_public and not (who == "team" and lost in TAKEN_FROM_THE_TEAM)
    expected = dict.fromkeys(READING, BOTH if is_seen else TABLE[lost][who])
    if who == "team":
        return expected | dict.fromkeys(OF_ADMINS, NOTHING)  # placements belong to the chat that bought them
    if who == "bob" and lost in (*LOST, _noticed):
        return expected | dict.fromkeys(OF_ADMINS, BEFORE)
    return expected


@pytest.mark.parametrize("is_public", [False, True], ids=["private", "public"])
@pytest.mark.parametrize("lost", TABLE)
async def test_what_may_still_be_read(database, lost, is_public):
    world = World(database, is_public=is_public)
    await world.settle()
    await world.live_on("before", NOW + 60)
    await lost(world)
    await world.live_on("after", max(NOW + 12 * HOUR, int(world.clock.moment.timestamp()) + HOUR))
    for who in TABLE[lost]:
        expected = _expected(lost, who, is_public=is_public)
        assert {how: await world.read(who, how) for how in READING} == expected, who
