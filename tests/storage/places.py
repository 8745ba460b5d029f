"""Workspaces with something in every table, and all rows of a workspace, for tests that compare them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from metrics.drops.compared import Fit
from metrics.drops.episodes import Episode, Step, Track
from metrics.drops.spans import Span
from metrics.placement import People, Reading
from metrics.posts import AudienceReading, Post
from metrics.reposts import Repost
from storage.engine import Connection
from storage.files.upload.notes import HeaderMeanings
from storage.system import everywhere, rights, thinning
from storage.tables import channel, exact_channel, gap, import_, metadata, post, tgstat_channel, workspace
from storage.upload_steps import Step as UploadStep
from storage.workspace import (
    absences,
    audience,
    channels,
    column_choices,
    deliveries,
    episodes,
    fits,
    follows,
    goals,
    imports,
    keys,
    live,
    looking,
    members,
    network_progress,
    notes,
    pictures,
    placements,
    posts,
    questions,
    quotas,
    reposts,
    schedules,
    standing,
    workspaces,
)
from storage.workspace.news import Comment, MemberEvent, Message, News, ReactionTotals, Thread
from storage.workspace.schedules import Schedule

NOW = 1_760_000_000
DAY = 86_400
PUBLISHED = NOW - 30 * DAY
MARK = 777_777  # a number that only the second place keeps
NOBODYS = (
    "tick",
    "lease",
    "replica",
    "chat_claim",
    "schema_window",
    "exact_account",
    "network_key",
)  # of the program itself
SECRET = "секрет"  # a word that only the second place keeps
A_DROP = Episode(
    metric="views",
    basis="exact",
    state="warning",
    opened=date(2026, 11, 20),
    window_first=date(2026, 11, 17),
    window_last=date(2026, 11, 19),
    history=Span(date(2026, 9, 22).toordinal(), date(2026, 11, 16).toordinal()),
    drop_percent=31.0,
    z=3.4,
    n=11,
    deepest_percent=34.5,
)


@dataclass(frozen=True)
class Place:
    workspace_id: int
    chat_id: int
    channel_id: int
    import_id: int
    waiting_id: int
    message_id: int
    episode_id: int
    placement_id: int
    goal_id: int
    note_id: int
    user_id: int = 5


def a_post(external_id: str = "1", **fields: Any) -> Post:
    """A post of a month ago, read now, with views only."""
    known = {
        "external_id": external_id,
        "published_at": PUBLISHED,
        "observed_at": NOW,
        "observed_exact": True,
        "time_known": True,
        "is_ad": False,
        "is_forwarded": False,
        "views": 100,
    }
    return Post(**{**dict.fromkeys(Post._fields), **known, **fields})


def a_schedule(kind: str = "digest", **fields: Any) -> Schedule:
    """Every day at nine, set by the person 5; off unless it is said when it is due."""
    known = {"set_by": 5, "changed_at": NOW, "thread_id": 3, "is_on": fields.get("next_due_at") is not None}
    return Schedule(**{"kind": kind, **known, **fields})


async def enqueue(conn: Connection, workspace_id: int, **fields: Any) -> int | None:
    """A digest that is due now, to the topic 3."""
    known = {"kind": "digest", "subject": "day", "due_at": NOW, "payload": {}, "thread_id": 3}
    return await deliveries.enqueue(conn, workspace_id, **{**known, "not_before": NOW, "now": NOW, **fields})


async def undo(conn: Connection, workspace_id: int, import_id: int, now: int) -> imports.Undone | None:
    """All the steps of an undo, which the bot takes in a transaction each, in one."""
    if not await imports.begin_undo(conn, workspace_id, import_id, now):
        return None
    undone = imports.Undone(0, 0, 0)
    while (
        some := await imports.take_back_some(conn, workspace_id, import_id, now, rows_at_most=1000)
    ) is not None:
        undone += some
    newest = await imports.newest_left(conn, workspace_id, import_id)
    gone = await imports.settle(conn, workspace_id, import_id, newest)
    assert gone is not None
    return undone + imports.Undone(0, 0, 0, gone)


async def settle_two(conn: Connection) -> tuple[Place, Place]:
    return (
        await settle(conn, chat_id=10, word="наш", number=100),
        await settle(conn, chat_id=20, word=SECRET, number=MARK),
    )


async def settle(conn: Connection, *, chat_id: int, word: str, number: int) -> Place:
    """Something in every table, all of it telling `word` or `number`."""
    made = await workspaces.ensure(
        conn, chat_id=chat_id, kind="private", title=word, language="ru", zone="Europe/Moscow", now=NOW
    )
    added = await channels.add(
        conn, made.id, platform="telegram", title=word, handle="news", chat_id=-1001, added_by=5, now=NOW
    )
    done = await _begin(conn, made.id, chat_id, chat_id + 1, word)
    origin: dict[str, Any] = {"import_id": done.id, "source": "file", "now": NOW}
    rows = [a_post("1", views=number, title=word), a_post("2", views=number, title=word, steps="views:1000")]
    await posts.store(conn, made.id, added.id, rows, **origin)
    await posts.store(conn, made.id, added.id, rows[:1], import_id=None, source="bot", now=NOW)
    await audience.store(conn, made.id, added.id, [AudienceReading(NOW, number, 0)], **origin)
    await imports.finish(
        conn, made.id, done.id, sha256="same", format="csv", understood={"word": word}, now=NOW
    )
    waiting = await _begin(conn, made.id, chat_id, chat_id + 2, word)
    await imports.move(conn, made.id, waiting.id, UploadStep.COLUMNS)
    await questions.ask(conn, made.id, 5, "which_channel", {"word": word}, NOW)
    await looking.begin(conn, made.id, f"message {word}", number)
    await quotas.spend(conn, made.id, number, "limit.check", number, an_hour=number, now=NOW)
    news = News(
        messages=[Message(7, PUBLISHED, None, PUBLISHED, 1, "text", number, word, False, False, word, word)],
        reacted=[ReactionTotals(7, NOW, 2, number, number)],
        threads=[Thread(-77, number, 7)],
        comments=[Comment(-77, number + 1, number, NOW)],
    )
    await live.store(conn, made.id, added.id, news, NOW)
    await members.store(conn, made.id, added.id, [MemberEvent(word, NOW, True, word, word)], NOW)
    await conn.execute(
        insert(gap).values(channel_id=added.id, reason="away", started_at=0, ended_at=NOW + number)
    )
    await rights.prove(conn, added.id, number, NOW)
    await follows.begin(conn, made.id, added.id, handle=word, next_at=NOW)
    await network_progress.begin(conn, made.id, added.id, network="vk", place=word, now=NOW)
    await _read_by_number(conn, made.id, added.id, word, number)
    await pictures.remember(conn, made.id, "er", word, NOW)
    await _keep_key(conn, made.id, added.id, word, number)
    await column_choices.remember(conn, made.id, "header", HeaderMeanings({number: word}), NOW)
    await schedules.save(conn, made.id, a_schedule(next_due_at=NOW, gate_percent=number))
    await schedules.mute(conn, made.id, added.id, until=NOW + number)
    await enqueue(conn, made.id, payload={"word": word})
    episode_id = await _open_episode(conn, made.id, added.id, number)
    await standing.renew(conn, made.id, [word])
    await fits.save(conn, made.id, added.id, "views", Fit(2.4, 364, 360), number)
    placement_id = await _place(conn, made.id, added.id, word, number)
    await _thin(conn, added.id, number)
    goal_id, note_id = await _plan(conn, made.id, added.id, word, number)
    await everywhere.keep_updates(conn, [(chat_id, chat_id, word), (chat_id + 1, chat_id, word)], NOW)
    await everywhere.finish_update(conn, chat_id + 1)
    return Place(
        made.id,
        chat_id,
        added.id,
        done.id,
        waiting.id,
        done.message_id,
        episode_id,
        placement_id,
        goal_id,
        note_id,
    )


async def _read_by_number(
    conn: Connection, workspace_id: int, channel_id: int, word: str, number: int
) -> None:
    """A history that is being read, and a post that was deleted."""
    row = {"channel_id": channel_id, "began_at": NOW, "swept_at": NOW, "found": number}
    await conn.execute(insert(exact_channel).values(row))
    gone = [a_post("8", title=word)]
    await posts.store(conn, workspace_id, channel_id, gone, import_id=None, source="exact", now=NOW)
    await absences.miss(conn, channel_id, ["8"], PUBLISHED)
    await absences.miss(conn, channel_id, ["8"], NOW)


async def _keep_key(conn: Connection, workspace_id: int, channel_id: int, word: str, number: int) -> None:
    """A key of TGStat, a channel read with it, and who reposted that."""
    await keys.put(
        conn, workspace_id, "tgstat", sealed=word, hint=word, person=number, state="works",
        tariff=keys.Tariff(word, number, number, number, number), now=NOW,
    )  # fmt: skip
    row = {"channel_id": channel_id, "next_at": NOW, "read_at": number, "problem": word}
    await conn.execute(insert(tgstat_channel).values(row))
    found = Repost("forward", "1", f"t.me/{word}/1", NOW, word, word, number)
    await reposts.store(conn, workspace_id, channel_id, [found], NOW)


async def _place(conn: Connection, workspace_id: int, channel_id: int, word: str, number: int) -> int:
    row = {"handle": word, "link": word, "price": number, "channel_id": channel_id, "invite_link": word}
    made = await placements.add(conn, workspace_id, {**row, "added_by": 5, "created_at": NOW})
    reading = Reading(24, NOW, number, 0, False, None, People(number, 0, 0, 0))
    await placements.keep_reading(conn, workspace_id, made.id, reading)
    return made.id


async def _plan(
    conn: Connection, workspace_id: int, channel_id: int, word: str, number: int
) -> tuple[int, int]:
    aimed = await goals.save(
        conn,
        workspace_id,
        channel_id,
        metric="views",
        target=number,
        due_on=date(2027, 3, 1),
        start_value=number,
        start_on=date(2026, 11, 20),
        person=5,
    )
    day = date(2026, 11, 20)
    noted = await notes.add(conn, workspace_id, channel_id, noted_on=day, text=word, person=5, now=NOW)
    return aimed.id, noted.id


async def _thin(conn: Connection, channel_id: int, number: int) -> None:
    await thinning.note_done(conn, thinning.Part(thinning.AGES, channel_id, (), number, is_last=True), NOW)


async def _open_episode(conn: Connection, workspace_id: int, channel_id: int, number: int) -> int:
    before = await episodes.claim(conn, workspace_id, channel_id, "views", A_DROP.opened)
    assert before is not None
    step = Step(Track(replace(A_DROP, n=number)), ("opened",))
    made = await episodes.move(
        conn, workspace_id, channel_id, "views", before, step, is_pushed=True, facts={"n": number}
    )
    assert made is not None
    return made


async def rows_of(conn: Connection, place: Place) -> dict[str, list[Any]]:
    """Every row that belongs to the place, by table. A table that nobody said how to look through is an error."""
    owned = {
        "channel_id": select(channel.c.id).where(channel.c.workspace_id == place.workspace_id),
        "import_id": select(import_.c.id).where(import_.c.workspace_id == place.workspace_id),
    }
    owned["post_id"] = select(post.c.id).where(post.c.channel_id.in_(owned["channel_id"]))
    found = {}
    for table in metadata.sorted_tables:
        if table is workspace:
            mine = table.c.id == place.workspace_id
        elif "workspace_id" in table.c:
            mine = table.c.workspace_id == place.workspace_id
        elif reference := next((name for name in ("channel_id", "post_id") if name in table.c), None):
            mine = table.c[reference].in_(owned[reference])
        elif table.name == "inbox":
            mine = table.c.chat_id == place.chat_id
        elif table.name in NOBODYS:
            continue
        else:
            raise LookupError(f"whose are the rows of {table.name}?")
        found[table.name] = sorted((await conn.execute(select(table).where(mine))), key=repr)
    return found


async def everything(conn: Connection) -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        table.name: sorted((await conn.execute(select(table))), key=repr) for table in metadata.sorted_tables
    }


async def _begin(
    conn: Connection, workspace_id: int, chat_id: int, message_id: int, word: str
) -> imports.Import:
    return await imports.begin(
        conn,
        workspace_id,
        requested_by=5,
        chat_id=chat_id,
        message_id=message_id,
        file_ids=[word],
        file_names=[f"{word}.csv"],
        now=NOW,
    )
