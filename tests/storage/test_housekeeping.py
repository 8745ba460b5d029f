"""What breaks: old rows stay, fresh ones go, a run that was cut off is lost, an answer or an undone import changes."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from sqlalchemy import func, insert, select, update

from bot.answers.drops.evaluation import evaluate_all
from bot.answers.drops.gather import gather as gather_drops
from bot.answers.gather import gather
from bot.core.clock import FixedClock
from bot.core.parsing.periods import PeriodChoice
from bot.features.check.compute import audit_of
from bot.features.check.gather import from_storage
from bot.features.engagement.compute import build_report as engagement
from bot.features.growth.compute import build_report as growth
from bot.features.growth.gather import gather as gather_growth
from bot.features.top.compute import build_report as top
from bot.features.top.request import TopRequest
from bot.notifications.housekeeping import keep_house
from metrics.drops.parameters import Rule
from metrics.durations import DAY_S, HOUR_S
from metrics.json_shape import shape
from metrics.posts import AudienceReading
from storage import retention
from storage.system import everywhere, outbox, thinning
from storage.system.sizes import sizes
from storage.tables import audience as audience_table
from storage.tables import channel, delivery, inbox, metadata, picture, post, question, quota, reading, tick
from storage.workspace import audience, channels, follows, imports, posts, workspaces
from tests.storage.places import NOW, a_post, enqueue, rows_of, settle, undo

CLOCK = FixedClock(datetime.fromtimestamp(NOW, UTC))
OLD_DAYS, POSTS_A_DAY = 200, 1
READ_AT_H = (1, 3, 6, *range(8, 100, 4), 168, 172, 240, 300, 400, 500, 600, 720)


async def _count(conn, table) -> int:
    return (await conn.execute(select(func.count()).select_from(table))).scalar_one()


async def test_every_row_goes_at_its_age_and_not_before(database):
    """Each table of the docs' list: a row that is just old enough, one that is not, one that must not go."""
    async with database.begin() as conn:
        place = await settle(conn, chat_id=10, word="наш", number=100)
        for table in (inbox, tick, quota, delivery, picture, question):
            await conn.execute(table.delete())
        of_chat = {"workspace_id": place.workspace_id}
        for name, old_s in (("old", 1), ("new", -1)):
            number = 1 if old_s > 0 else 2
            at = NOW - retention.UPDATES_S - old_s
            await everywhere.keep_updates(conn, [(number, 10, "{}"), (number + 2, 10, "{}")], now=at)
            await everywhere.finish_update(conn, number)
            at = NOW - retention.DELIVERIES_S - old_s
            sent = await enqueue(conn, place.workspace_id, subject=name, now=at)
            await enqueue(conn, place.workspace_id, subject=f"{name} waits", now=at)
            await outbox.finish(conn, sent, 77, NOW)
            of_process = {"id": everywhere.INSTANCES + number, "at": NOW - retention.TICKS_S - old_s}
            await conn.execute(insert(tick).values(of_process))
            spent = {"person": number, "kind": "check", "spent": 1, "at": NOW - retention.SPENT_S - old_s}
            await conn.execute(insert(quota).values(**of_chat, **spent))
            seen = {"key": name, "file_id": name, "created_at": NOW - retention.PICTURES_S - old_s}
            await conn.execute(insert(picture).values(**of_chat, **seen))
            asked = {"user_id": number, "kind": "x", "payload": "{}"}
            asked["asked_at"] = NOW - retention.QUESTIONS_S - old_s
            await conn.execute(insert(question).values(**of_chat, **asked))
    assert await keep_house(database, CLOCK)
    async with database.read() as conn:
        assert set((await conn.execute(select(inbox.c.update_id))).scalars()) == {2, 3, 4}
        left = set((await conn.execute(select(delivery.c.subject))).scalars())
        assert left == {"new", "old waits", "new waits"}
        for table in (tick, quota, picture, question):
            assert await _count(conn, table) == 1, table.name


async def test_a_checked_channel_that_nobody_reads_goes_to_the_last_row_and_no_other_does(database):
    """In parts; whoever adds the channel again meanwhile begins anew."""
    async with database.begin() as conn:
        place = await settle(conn, chat_id=10, word="наш", number=100)
        kept = await rows_of(conn, place)
        of = {"platform": "telegram", "added_by": 5, "now": NOW, "is_watched": True}
        names = ("gone", "followed", "fresh")
        added = {
            name: await channels.add(conn, place.workspace_id, title=name, handle=name, **of)
            for name in names
        }
        for one in added.values():
            rows = [a_post(str(number)) for number in range(45)]
            await posts.store(conn, place.workspace_id, one.id, rows, import_id=None, source="page", now=NOW)
        await follows.begin(conn, place.workspace_id, added["followed"].id, handle="followed", next_at=NOW)
        ids = [added[name].id for name in names[:2]]
        long_ago = NOW - retention.WATCHED_S - 1
        await conn.execute(update(channel).where(channel.c.id.in_(ids)).values(changed_at=long_ago))
    assert not await keep_house(database, CLOCK, budget_s=-1)
    async with database.begin() as conn:
        assert await channels.get(conn, place.workspace_id, added["gone"].id) is None
        assert (await channels.add(conn, place.workspace_id, title="anew", handle="gone", **of)).id not in ids
    assert await keep_house(database, CLOCK)
    async with database.begin() as conn:
        assert not (await conn.execute(select(post.c.id).where(post.c.channel_id == ids[0]))).all()
        for one in await channels.visible(conn, place.workspace_id, watched=True):
            if one.id != place.channel_id:
                await channels.remove(conn, place.workspace_id, one.id)
        left = await rows_of(conn, place)
        del left["thinning"], kept["thinning"]  # the chat's own channel was looked at
        assert {name: len(rows) for name, rows in left.items()} == {
            name: len(rows) for name, rows in kept.items()
        }


async def _settle_year(conn) -> Any:
    """A channel read by its page for months: a post a day, some of them in a file, too; and a fall of views."""
    chance = random.Random(3)
    chat = await workspaces.ensure(
        conn, chat_id=1, kind="private", title="a", language="ru", zone="Europe/Moscow", now=NOW
    )
    added = await channels.add(
        conn, chat.id, platform="telegram", title="Кухня", handle="food", added_by=5, now=NOW
    )
    upload = await imports.begin(
        conn, chat.id, requested_by=5, chat_id=1, message_id=1, file_ids=["f"], file_names=["f.csv"], now=NOW
    )
    rows, told = [], []
    for day in range(OLD_DAYS):
        published = NOW - (OLD_DAYS - day) * DAY_S + chance.randrange(DAY_S // 2)
        most = chance.lognormvariate(8, 0.2) * (0.6 if 100 < day < 125 else 1)
        for age_h in READ_AT_H:
            at = published + age_h * HOUR_S + chance.randrange(600)
            if at < NOW:
                views = int(most * min(1.3, 0.35 + 0.13 * np.log(age_h)))
                one = a_post(str(day), published_at=published, observed_at=at, views=views)
                rows.append(one._replace(reactions=views // 40, forwards=views // 90))
        if day % 3 == 0:
            told.append(rows[-1]._replace(observed_at=published + 60 * HOUR_S, comments=9))
    await posts.store(conn, chat.id, added.id, rows, import_id=None, source="page", now=NOW)
    await posts.store(conn, chat.id, added.id, told, import_id=upload.id, source="file", now=NOW)
    counts = [
        AudienceReading(at, 9000 + (at - NOW) // 9000 + at % 3, 0)
        for at in range(NOW - OLD_DAYS * DAY_S, NOW, 4 * HOUR_S)
    ]
    await audience.store(conn, chat.id, added.id, counts, source="page", now=NOW)
    await imports.finish(conn, chat.id, upload.id, sha256="a", format="csv", understood={}, now=NOW)
    return chat, await channels.get(conn, chat.id, added.id), upload.id


def _day(days_ago: int) -> date:
    return datetime.fromtimestamp(NOW - days_ago * DAY_S, UTC).date()


async def _answers(database, chat, one) -> dict[str, Any]:
    """Of `/er`, `/top`, `/growth` of a recent and an old period, of the audit and of the rule of drops then."""
    found = {}
    async with database.read() as conn:
        for ends, begins in ((1, 30), (40, 70), (130, 160)):
            asked = PeriodChoice(first=_day(begins), last=_day(ends))
            request = replace(await gather(conn, chat, one, asked, NOW, draw=False), detailed=False)
            found[f"er {ends}"] = (engagement(request).data, engagement(request).text)
            found[f"top {ends}"] = top(TopRequest(request, "food")).text
            found[f"growth {ends}"] = growth(await gather_growth(conn, chat, one, asked, NOW)).data
        found["audit"] = shape(audit_of(await from_storage(conn, chat, one, None, NOW)))
        for ago in (0, 60, 70, 80):
            drops = await gather_drops(conn, chat, [one], {}, Rule(), NOW - ago * DAY_S)
            found[f"drops {ago}"] = [(row.decision, row.usual_views) for row in evaluate_all(drops).judged]
    return found


def _close(one: Any, other: Any, where: str) -> None:
    """Alike to the last digits of a sum; subscribers between two counts to a thousandth."""
    if isinstance(one, dict):
        assert one.keys() == other.keys(), where
        for name in one:
            _close(one[name], other[name], f"{where} {name}")
    elif isinstance(one, (list, tuple)):
        assert len(one) == len(other), where
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            _close(left, right, f"{where} {number}")
    elif isinstance(one, float):
        assert other == pytest.approx(one, rel=1e-3, nan_ok=True), where
    else:
        assert one == other, where


async def test_answers_stay_what_they_were_and_an_import_is_taken_back_as_if_it_had_never_been(database):
    """A run that was cut off goes on; a second one finds nothing; then the file goes, and the posts show the page's counts."""
    async with database.begin() as conn:
        chat, one, import_id = await _settle_year(conn)
        before_rows = await _count(conn, reading)
        counts = await _count(conn, audience_table)
    before = await _answers(database, chat, one)
    async with database.read() as conn:
        [due] = await thinning.due_channels(conn, thinning.AGES, NOW)
        part = await thinning.next_part(conn, thinning.AGES, due, NOW)
    assert part.ids
    assert not part.is_last
    while not await keep_house(database, CLOCK, budget_s=0.05):
        pass
    _close(before, await _answers(database, chat, one), "")
    async with database.read() as conn:
        left = await _count(conn, reading)
        assert left < 0.8 * before_rows
        assert await _count(conn, audience_table) < 0.6 * counts
        assert not await thinning.due_channels(conn, thinning.AGES, NOW)
    async with database.begin() as conn:
        await undo(conn, chat.id, import_id, NOW)
        assert await _count(conn, reading) == left - len(range(0, OLD_DAYS, 3))
        shown = (await conn.execute(select(post.c.comments, post.c.views))).all()
        assert {row.comments for row in shown} == {None}
        assert len(shown) == OLD_DAYS


async def test_sizes_tell_the_rows_and_bytes_of_every_table(database):
    async with database.begin() as conn:
        await settle(conn, chat_id=10, word="наш", number=100)
    async with database.read() as conn:
        found = await sizes(conn)
        assert {one.name for one in found.tables} == {table.name for table in metadata.sorted_tables}
        for one in found.tables:
            assert one.rows == await _count(conn, metadata.tables[one.name]), one.name
            assert one.size_bytes, one.name
    assert found.whole_bytes >= sum(one.size_bytes for one in found.tables)
