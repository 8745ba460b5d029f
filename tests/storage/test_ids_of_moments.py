"""Posts that have no id keep apart over several uploads by their text, and a table sent again is the same posts."""

from alembic import command
from sqlalchemy import text

from storage.engine import open_database
from storage.files.tables.facts import name_of_moment, with_its_text
from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink
from storage.migrations.runner import run
from storage.workspace import channels, posts
from tests.storage.places import NOW, settle

DAY = 1_756_684_800  # 1 September 2025
TITLES = ["Дата", "Пост", "Просмотры"]


def table(folder, *rows):
    path = folder / "отчёт.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in [TITLES, *rows]), encoding="utf-8")
    sink = MemorySink()
    found = read_upload([(path.name, path)], zone="UTC", as_of=None, sink=sink)
    return sink.posts(found.channels[0].channel.key)


async def _uploaded(conn, tmp_path, *files):
    settled = await settle(conn, chat_id=10, word="наш", number=1)
    channel = await channels.add(conn, settled.workspace_id, platform="vk", title="пустой", now=NOW)
    place = (conn, settled.workspace_id, channel.id)
    for rows in files:
        await posts.store(*place, table(tmp_path, *rows), import_id=None, source="file", now=NOW)
    return [(post.title, post.views) for post in await posts.window(*place, 0, 2**40)]


async def test_another_post_of_the_same_day_in_a_later_file_is_another_post(conn, tmp_path):
    """Numbered by its place of the day it would take the first one's place."""
    first = [("01.09.2025", "Про кофе", 100), ("02.09.2025", "Про чай", 200)]
    later = [("01.09.2025", "Про какао", 700), ("02.09.2025", "Про чай", 260), ("03.09.2025", "Про сыр", 50)]
    assert sorted(await _uploaded(conn, tmp_path, first, later)) == [
        ("Про какао", 700), ("Про кофе", 100), ("Про сыр", 50), ("Про чай", 260),
    ]  # fmt: skip


async def test_the_same_posts_in_another_order_with_grown_counters_are_the_same_posts(conn, tmp_path):
    first = [("01.09.2025", "Про кофе", 100), ("01.09.2025", "Про чай", 200), ("02.09.2025", "Сыр", 9)]
    later = [("02.09.2025", "Сыр", 19), ("01.09.2025", "Про чай!", 260), ("01.09.2025", "про кофе", 170)]
    assert sorted(views for _, views in await _uploaded(conn, tmp_path, first, later)) == [19, 170, 260]


async def test_posts_of_one_minute_are_told_apart_by_their_texts(conn, tmp_path):
    first = [("01.09.2025 10:00", "Про кофе", 100), ("02.09.2025 10:00", "Сыр", 9)]
    later = [("01.09.2025 10:00", "Про чай", 200), ("02.09.2025 10:00", "Сыр", 10)]
    assert len(await _uploaded(conn, tmp_path, first, later)) == 3


async def test_stored_posts_keep_meaning_what_a_file_sent_again_says(empty_url, tmp_path):
    """Rows of earlier versions are renamed, the numbered ones too, and go back by the way down."""
    before = [f"at-{DAY}", f"at-{DAY}-2", f"at-{DAY}-3", f"at-{DAY + 60}", "117", "at-home"]
    titles = ["Про кофе", "Про чай", "Про чай", None, "Про сыр", "Дома"]
    after = [
        name_of_moment(DAY, "Про кофе"), name_of_moment(DAY, "Про чай"), f"{name_of_moment(DAY, 'Про чай')}-2",
        f"at-{DAY + 60}", "117", "at-home",
    ]  # fmt: skip
    await run(empty_url, lambda config: command.upgrade(config, "0014"))
    await _fill(empty_url, before, titles)
    await run(empty_url, lambda config: command.upgrade(config, "0015"))
    assert await _names(empty_url) == after
    read = table(tmp_path, ("01.09.2025", "Про чай", 200), ("01.09.2025", "Про чай", 210), ("01.09.2025", "Про кофе", 100))  # fmt: skip
    assert {post.external_id for post in read} == set(after[:3])
    await run(empty_url, lambda config: command.downgrade(config, "0014"))
    assert await _names(empty_url) == before


def test_an_id_of_an_earlier_export_is_known_again():
    assert with_its_text(f"at-{DAY}-2", "Про чай") == name_of_moment(DAY, "Про чай")
    kept = [f"at-{DAY}", name_of_moment(DAY, "Про чай"), f"{name_of_moment(DAY, 'Про чай')}-2", "117"]
    assert [
        with_its_text(name, title)
        for name, title in zip(kept, [None, "Другой", "Другой", "Другой"], strict=True)
    ] == kept


async def _fill(url, names, titles):
    database = open_database(url)
    async with database.begin() as conn:
        await conn.execute(
            text(
                "INSERT INTO workspace (id, chat_id, kind, language, zone, created_at) VALUES (1, 1, 'private', 'ru', 'UTC', 1)"
            )
        )
        await conn.execute(
            text(
                "INSERT INTO channel (id, workspace_id, platform, title, created_at, changed_at) VALUES (1, 1, 'vk', 'Кофе', 1, 1)"
            )
        )
        for number, (name, title) in enumerate(zip(names, titles, strict=True), 1):
            await conn.execute(
                text("INSERT INTO post (id, channel_id, external_id, published_at, observed_at, observed_exact, time_known, is_ad, is_forwarded, title)"
                     " VALUES (:id, 1, :name, 1, 1, true, true, false, false, :title)"),
                {"id": number, "name": name, "title": title},
            )  # fmt: skip
    await database.close()


async def _names(url):
    database = open_database(url)
    async with database.read() as conn:
        found = [row[0] for row in await conn.execute(text("SELECT external_id FROM post ORDER BY id"))]
    await database.close()
    return found
