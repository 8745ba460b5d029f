"""What breaks: several files that were sent as one are read as several, lost in a crash, or taken back in part."""

import io
import json
import zipfile

import pytest

from bot.demo.client import Sandbox
from tests.conversations.sent_files import account, days_only, own_words, statistics

_ANSWER = ("Читаю", "Канал")


@pytest.fixture
def three(some_file):
    """Three parts of one channel's history under Russian names, the last two overlapping."""

    def make(channel: str) -> dict[str, bytes]:
        return {
            "Сентябрь.csv": some_file(channel=channel, posts=10, newest_days_ago=40),
            "Октябрь.csv": some_file(channel=channel, posts=12, newest_days_ago=20),
            "Ноябрь (новый).csv": some_file(channel=channel, posts=8, newest_days_ago=9),
        }

    return make


async def _told(who):
    reading = await who.wait_for_answer()
    while reading.text.startswith("Читаю"):
        reading = await reading.wait_for_edit(timeout_s=40)
    return reading


async def test_files_of_one_message_are_one_import_with_one_undo(ann, three, kept):
    files = three("Одним сообщением")
    await ann.send_files(files)
    told = await _told(ann)
    assert "30 постов" in told.text
    assert "Новых постов: 30" in told.text
    await ann.wait_for("Сколько подписчиков")
    said = [shown.text for shown in await ann.messages() if shown.is_from_bot]
    assert sum(text.startswith(_ANSWER) for text in said) == 1
    names = kept.rows("SELECT file_names FROM import WHERE workspace_id = ?", kept.workspace(ann.id))
    assert [json.loads(row[0]) for row in names] == [list(files)]
    undone = await ann.press(told, "Отменить")
    assert "отменена" in (await undone.edited()).text
    assert kept.channels(ann.id) == []


async def test_a_command_under_the_last_of_several_is_obeyed_once_they_are_stored(ann, three):
    """Programs put what is written beside several files under the last of them."""
    await ann.send_files(three("Под последним"), caption="/help")
    assert await ann.wait_for("Новых постов: 30", timeout_s=40)
    assert await ann.wait_for("Что я умею")


async def test_a_zip_of_three_is_one_import(ann, drop, three, kept):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in three("В архиве").items():
            archive.writestr(f"Отчёты/{name}", data)
    told = await drop(ann, packed.getvalue(), "Отчёты за осень.zip")
    assert "30 постов" in told.text
    assert len(kept.channels(ann.id)) == 1
    press = await told.press("Отменить")
    await press.edited()
    assert kept.channels(ann.id) == []


async def test_undo_of_the_older_of_two_that_overlap_leaves_the_newer_as_it_was(ann, drop, kept):
    def rows(first: int, last: int, views: int) -> bytes:
        lines = [
            f"{n},Внахлёст,2026-10-{n:02}T12:00:00+03:00,2026-11-{views % 20 + 1:02}T00:00:00Z,{views + n},{n}"
            for n in range(first, last)
        ]
        return "\n".join(["id,channel,date,observed_at,views,reactions", *lines]).encode()

    older = await drop(ann, rows(1, 15, 100), "старое.csv")
    await drop(ann, rows(10, 25, 215), "новое.csv")
    [channel] = kept.channels(ann.id)
    query = "SELECT external_id, views FROM post WHERE channel_id = ? ORDER BY published_at"
    assert dict(kept.rows(query, channel))["12"] == 227
    undone = await ann.press(older, "Отменить")
    await undone.edited()
    assert kept.rows(query, channel) == [(str(n), 215 + n) for n in range(10, 25)]
    [(posts,)] = kept.rows("SELECT posts FROM channel WHERE id = ?", channel)
    assert posts == 15


async def test_fifty_files_at_once_are_one_account_and_what_is_over_is_named(box, ann, some_file, kept):
    """Ten by ten as Telegram groups them, then one by one; one is empty, and two are more than are read at once."""
    parts = [some_file(channel="Полсотни", posts=2, newest_days_ago=8 + 2 * n) for n in range(52)]
    named = {f"часть {n:02}.csv": data for n, data in enumerate(parts)}
    names = list(named)
    for first in range(0, 40, 10):
        await ann.send_files({name: named[name] for name in names[first : first + 10]})
    await ann.send_file(b"", "пустой.csv")
    for name in names[40:]:
        await ann.send_file(named[name], name)
    told = await _told(ann)
    assert "100 постов" in told.text
    assert "Не взял часть 50.csv, часть 51.csv" in told.text
    assert "Не взял пустой.csv" in told.text
    await ann.wait_for("Сколько подписчиков")
    said = [shown.text for shown in await ann.messages() if shown.is_from_bot]
    assert [text.startswith("Сколько подписчиков") for text in said] == [False, True]
    undone = await ann.press(told, "Отменить")
    assert "отменена" in (await undone.edited()).text
    assert kept.channels(ann.id) == []


async def test_what_can_not_be_read_among_several_is_named_and_the_rest_is_stored(ann, three, kept):
    files = three("Почти всё")
    await ann.send_files({**files, "протокол.txt": b"%PDF-1.7 nothing to count"})
    told = await _told(ann)
    assert "30 постов" in told.text
    assert "протокол.txt" in told.text


async def test_in_a_group_statistics_are_taken_and_the_rest_passes_by(box, ann, three, kept):
    bob = await box.person("Боб", language="ru")
    group = await box.group("Отчётная", owner=ann, members=[bob], bot=False)
    await group.add_bot(rights=["can_invite_users"])
    there = bob.at(group)
    await there.send_files(three("Чужое"))
    assert await there.wait_for("администратор")
    here = ann.at(group)
    await here.send_files({"план.pdf": b"%PDF-1.7", **three("Общий отчёт")})
    told = await here.wait_for("30 постов", timeout_s=40)
    assert "план.pdf" not in told.text
    said = [shown.text for shown in await here.messages() if shown.is_from_bot]
    assert sum("администратор" in text for text in said) == 1


async def test_a_kill_in_the_middle_of_several_files_loses_none(living, dies, stored, three):
    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        await ann.send_files(three("Живучий архив"))
        async with living(box) as process:
            await dies(box, process, "getFile")
        async with living(box):
            told = await ann.wait_for("30 постов", timeout_s=40)
            await ann.wait_for("Сколько подписчиков", timeout_s=40)
        said = [shown.id for shown in await ann.messages() if shown.text.startswith(_ANSWER)]
        assert said == [told.id]
    assert stored("SELECT state FROM import") == [("subscribers",)]
    assert stored("SELECT count(*) FROM reading") == [(30,)]


async def test_of_an_accounts_export_the_channels_are_chosen(ann, drop, kept, box):
    data = account("Кофе", "Чай", first=2_000_000 + ann.id)
    asked = await drop(ann, data, "result.json")
    assert "2 канала" in asked.text
    assert asked.labels == ["Кофе · 3 поста", "Чай · 4 поста", "Все: 2 канала", "Отмена"]
    assert kept.channels(ann.id) == []
    press = await asked.press("Чай")
    told = await press.edited(timeout_s=40)
    assert "Чай" in told.text
    assert "Кофе" not in told.text
    titles = "SELECT title FROM channel WHERE workspace_id = ? ORDER BY id"
    assert kept.rows(titles, kept.workspace(ann.id)) == [("Чай",)]
    late = await (await ann.press(asked, data=asked.button("Кофе").data)).answer(timeout_s=40)
    assert "уже ответили" in late.text
    assert kept.rows(titles, kept.workspace(ann.id)) == [("Чай",)]

    again = await drop(ann, data, "result.json")
    press = await again.press("Чай")
    assert "уже загружен" in (await press.edited(timeout_s=40)).text
    again = await drop(ann, data, "result.json")
    press = await again.press("Все")
    assert "Кофе" in (await press.edited(timeout_s=40)).text
    assert {row[0] for row in kept.rows(titles, kept.workspace(ann.id))} == {"Кофе", "Чай"}


async def test_posts_that_stand_in_two_files_of_one_channel_are_counted_once(
    ann, with_channel, some_file, kept
):
    """Ten posts each, five of them in both; each file is told to be of the same channel."""
    await with_channel(ann, "Один на два файла")
    first = int(kept.rows("SELECT max(id) FROM post")[0][0]) * 1000
    files = {
        "начало.csv": statistics(first_id=first, posts=10, newest_days_ago=13),
        "конец.csv": statistics(first_id=first + 5, posts=10, newest_days_ago=8),
    }
    await ann.send_files(files)
    asked = await ann.wait_for("2 файла", timeout_s=40)
    asked = await (await asked.press("Выбрать для каждого")).edited(timeout_s=40)
    asked = await (await asked.press("Один на два файла")).edited(timeout_s=40)
    assert "«конец»" in asked.text
    told = await (await asked.press("Один на два файла")).edited(timeout_s=40)
    assert "15 постов" in told.text
    assert "Новых постов: 15." in told.text
    assert "просмотры, реакции, комментарии, репосты — у всех" in told.text
    [channel] = kept.channels(ann.id)
    assert kept.rows("SELECT posts FROM channel WHERE id = ?", channel) == [(12 + 15,)]


async def test_a_file_that_needs_an_answer_is_left_out_with_what_to_do(ann):
    """What is asked of a file on its own is not asked in the middle of others."""
    await ann.send_files(
        {"Кофе.csv": statistics(channel="Кофе"), "свой.csv": own_words(), "смета.csv": b"a,b\n1,2\n3,4\n"}
    )
    told = await _told(ann)
    assert "Пропущено: свой.csv. Пришлите этот файл отдельно" in told.text
    assert "смета.csv" in told.text
    assert "Новых постов: 12" in told.text.replace("\u00a0", " ")


async def test_a_question_about_rows_names_its_file(ann):
    await ann.send_files({"Кофе.csv": statistics(channel="Кофе"), "дни.csv": days_only()})
    asked = await _told(ann)
    assert "дни.csv" in asked.text
    assert "Что такое строка" in asked.text
