"""What breaks: a right that is remembered. Each is asked for again; trouble on the way is no loss, an answer is."""

import pytest
from sqlalchemy import select

from bot.collection.proving import AT_ONCE, Proving
from bot.core.settings import TelegramSettings
from bot.opening import make_bot
from bot.telegram.access import MemberStatus, look_up
from bot.telegram.retries import Retries
from storage.system import rights
from storage.tables import delivery
from storage.workspace import channels, live, workspaces

DAY = {"days": 1}


@pytest.fixture
async def bot(box):
    settings = TelegramSettings.model_validate({"bot_token": box.token, "telegram_api_url": box.url})
    async with make_bot(settings, Retries(attempts=1)) as bot:
        yield bot


@pytest.fixture
def proving(bot, database, clock):
    return Proving(bot, database, clock)


@pytest.fixture
async def bob(box):
    return await box.person("Bob", language="ru")


@pytest.fixture
async def secret(box, ann, bob):
    """Ann's private channel; Bob is an admin of it, and so is the bot."""
    channel = await box.channel("Secret", owner=ann)
    await channel.add(bob, admin=True)
    await channel.add_bot(rights=["can_invite_users"])
    return channel


@pytest.fixture
def register(database, clock, secret):
    """The channel in a chat, where these people proved to be admins of it."""

    async def begin(chat_id, *people):
        now = int(clock.moment.timestamp())
        async with database.begin() as conn:
            made = await workspaces.ensure(
                conn,
                chat_id=chat_id,
                kind="private" if chat_id > 0 else "group",
                title="Team",
                language="ru",
                zone="UTC",
                now=now,
            )
            known = await channels.add(
                conn,
                made.id,
                platform="telegram",
                title="Secret",
                chat_id=secret.id,
                added_by=people[0].id,
                bot_is_admin=True,
                now=now,
            )
            for person in people:
                await live.begin(conn, made.id, known.id, live.CollectionTerms(), now, person=person.id)
        return made.id, known.id

    return begin


@pytest.fixture
def collects(database):
    async def look(where):
        async with database.read() as conn:
            known = await channels.get(conn, *where)
            return known.bot_is_admin, await rights.persons(conn, where[1])

    return look


async def test_who_is_no_admin_any_more_is_found_out_within_a_day(
    ann, bob, secret, register, proving, collects, pass_time
):
    his, hers = await register(bob.id, bob), await register(ann.id, ann)
    await secret.remove(bob)
    await proving.prove_due()
    assert await collects(his) == (True, [bob.id])  # proved less than a day ago
    await pass_time(**DAY)
    await proving.prove_due()
    assert await collects(his) == (False, [])
    assert await collects(hers) == (True, [ann.id])


async def test_a_row_goes_on_while_another_of_its_people_is_an_admin(
    ann, bob, secret, register, proving, collects, pass_time
):
    team = await register(-5, bob, ann)
    await secret.remove(bob)
    await pass_time(**DAY)
    await proving.prove_due()
    assert await collects(team) == (True, [ann.id])
    await secret.remove_bot()
    await pass_time(**DAY)
    await proving.prove_due()
    assert await collects(team) == (False, [])


@pytest.mark.parametrize("trouble", [{"status": 502}, {"retry_after_s": 1}, {"drop": True}], ids=str)
async def test_trouble_on_the_way_is_no_loss_and_is_asked_again_in_an_hour(
    box, bob, secret, register, proving, collects, pass_time, trouble
):
    his = await register(bob.id, bob)
    await secret.remove(bob)
    await pass_time(**DAY)
    await box.fault("getChatMember", times=9, **trouble)
    await proving.prove_due()
    assert await collects(his) == (True, [bob.id])
    await box.clear_faults()
    await proving.prove_due()
    assert await collects(his) == (True, [bob.id])
    await pass_time(hours=1)
    await proving.prove_due()
    assert await collects(his) == (False, [])


async def test_before_a_file_leaves_the_right_is_proved_at_once(
    bob, secret, register, proving, collects, database
):
    his = await register(bob.id, bob)
    await secret.remove(bob)
    async with database.read() as conn:
        known = await channels.get(conn, *his)
    await proving.prove(known)
    assert await collects(his) == (False, [])


async def test_what_telegram_says_of_a_person_is_told_from_what_it_says_of_the_bot(
    box, bot, ann, bob, secret
):
    eve = await box.person("Eve")
    assert await look_up(bot, secret.id, ann.id) is MemberStatus.ADMIN
    assert await look_up(bot, secret.id, eve.id) is MemberStatus.OUTSIDE
    assert await look_up(bot, secret.id, 1) is MemberStatus.OUTSIDE
    await secret.add(eve)
    assert await look_up(bot, secret.id, eve.id) is MemberStatus.INSIDE
    await secret.remove_bot()
    assert await look_up(bot, secret.id, ann.id) is MemberStatus.CLOSED
    assert await look_up(bot, -100999, ann.id) is MemberStatus.CLOSED


async def test_a_person_is_asked_about_once_however_many_chats_know_the_channel(
    box, ann, secret, register, proving, pass_time
):
    for number in range(AT_ONCE + 5):
        await register(-100 - number, ann)
    await pass_time(**DAY)
    await proving.prove_due()
    assert len(await box.calls("getChatMember")) == 1  # one question for all rows of one person


@pytest.fixture
async def team(box, ann, bob):
    return await box.group("Team", owner=ann, members=[bob])


@pytest.fixture
def shown(database, bob, secret, register, team, clock):
    """Bob's channel, shown to the group: the ids of the reader and of the channel."""

    async def show():
        home, channel_id = await register(bob.id, bob)
        async with database.begin() as conn:
            group = await workspaces.ensure(
                conn, chat_id=team.id, kind="group", title="Team", language="ru", zone="UTC", now=0
            )
            await channels.grant(conn, home, channel_id, reader_workspace_id=group.id)
        return group.id, channel_id

    return show


@pytest.fixture
def reads(database):
    async def look(where):
        async with database.read() as conn:
            known = await channels.get(conn, *where)
            return known is not None, await channels.grant_ends_at(conn, *where)

    return look


LEAVING = {
    "the group": lambda bob, team, secret: team.remove(bob),
    "the channel": lambda bob, team, secret: secret.remove(bob),
}
RETURNING = {
    "the group": lambda bob, team, secret: team.add(bob),
    "the channel": lambda bob, team, secret: secret.add(bob, admin=True),
}


@pytest.mark.parametrize("lost", LEAVING)
@pytest.mark.parametrize("comes_back", [False, True])
async def test_a_grant_ends_a_day_after_its_owner_left(
    bob, team, secret, shown, reads, proving, database, pass_time, lost, comes_back
):
    where = await shown()
    await proving.look_at_grants()
    assert await reads(where) == (True, None)
    await LEAVING[lost](bob, team, secret)
    now = await pass_time(**DAY)
    await proving.prove_due()
    await proving.look_at_grants()
    assert await reads(where) == (True, now + 86_400)
    if comes_back:
        await RETURNING[lost](bob, team, secret)
        async with database.begin() as conn:
            await rights.regain(conn, secret.id, now + 5, person=bob.id)
    await pass_time(hours=23)
    await proving.look_at_grants()
    assert (await reads(where))[0]
    await pass_time(hours=1)
    await proving.look_at_grants()
    assert (await reads(where))[0] is comes_back
    async with database.read() as conn:
        told = (await conn.execute(select(delivery.c.kind, delivery.c.workspace_id))).all()
    assert [one for one in told if one.workspace_id == where[0]] == [("grant_ends", where[0])]
