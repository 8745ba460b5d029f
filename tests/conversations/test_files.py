"""What breaks: whatever may be dropped into a chat. Refused in a sentence, and nothing has changed."""

import json
from random import Random

import pytest

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8
WHOLE_JSON = json.dumps([{"id": n, "date": "2026-09-01T10:00:00", "views": 10} for n in range(40)]).encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\n", "empty.csv"),
        (Random(7).randbytes(5000), "noise.csv"),
        (JPEG, "photo.csv"),
        (WHOLE_JSON[: len(WHOLE_JSON) // 2], "cut.json"),
        (b"a,b,c\n1,2,3\n", "Отчёт за ноябрь.csv"),
        (b"%PDF-1.7 nothing to count", "report.pdf"),
    ],
    ids=["empty", "noise", "jpeg", "cut", "other table", "pdf"],
)
async def test_no_statistics_is_told_in_a_sentence_and_changes_nothing(ann, drop, kept, data, name):
    told = await drop(ann, data, name)
    assert told.text.endswith(".")
    assert "Номер ошибки" not in told.text
    assert not told.buttons
    assert kept.channels(ann.id) == []


async def test_a_file_of_no_bytes_is_told_at_once_and_leaves_nothing(ann, drop, kept):
    told = await drop(ann, b"", "пусто.csv")
    assert "пустой" in told.text
    assert not told.buttons
    query = "SELECT count(*) FROM import WHERE workspace_id = ?"
    assert kept.rows(query, kept.workspace(ann.id)) == [(0,)]


async def test_a_file_over_the_limit_is_told_how_to_send_it_in_pieces(box, ann):
    await ann.start()
    await ann.wait_for_answer()
    await box.inject(_document(ann, size=21 * 2**20))
    assert "20 МБ" in (await ann.wait_for_answer()).text


def _document(person, size):
    user = {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": "ru"}
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    document = {"file_id": "big", "file_unique_id": "big", "file_name": "год.csv", "file_size": size}
    return {
        "message": {"message_id": 1, "date": 1_790_000_000, "from": user, "chat": chat, "document": document}
    }


async def test_the_same_file_again_changes_nothing_and_loads_again_after_undo(ann, drop, some_file, kept):
    data = some_file(channel="Повтор")
    first = await drop(ann, data)
    before = kept.figures(ann.id)
    again = await drop(ann, data, "под другим именем.csv")
    assert "уже загружен" in again.text
    assert kept.figures(ann.id) == before
    undone = await ann.press(first, "Отменить")
    assert "отменена" in (await undone.edited()).text
    assert kept.channels(ann.id) == []
    assert "12 постов" in (await drop(ann, data)).text
    assert len(kept.figures(ann.id)["post"]) == 12


async def test_a_file_that_names_no_channel_is_asked_for_and_answered_once(
    ann, drop, with_channel, some_file, kept
):
    await with_channel(ann, "Кофе и код")
    asked = await drop(ann, some_file(posts=7), "Продажи_ноябрь.csv")
    assert asked.labels == ["Кофе и код", "➕ Новый: Продажи ноябрь", "Отмена"]
    before = len(kept.figures(ann.id)["post"])
    await ann.press(asked, "Кофе и код")
    second = await ann.press(asked, data=asked.button("Кофе и код").data)
    assert "уже ответили" in (await second.answer()).text
    assert "7 постов" in (await asked.refreshed()).text
    assert len(kept.figures(ann.id)["post"]) == before + 7
    assert len(kept.channels(ann.id)) == 1


async def test_a_nameless_file_becomes_a_new_channel_or_nothing(ann, drop, with_channel, some_file, kept):
    await with_channel(ann, "Первый")
    data = some_file(posts=7)
    asked = await drop(ann, data, "Второй.csv")
    press = await asked.press("Отмена")
    assert "не загружен" in (await press.edited()).text
    assert len(kept.channels(ann.id)) == 1
    late = await ann.press(asked, data=asked.button("Новый").data)
    assert "уже ответили" in (await late.answer()).text
    asked = await drop(ann, data, "Второй.csv")
    press = await asked.press("Новый")
    assert "Второй" in (await press.edited()).text
    assert len(kept.channels(ann.id)) == 2


async def test_a_file_of_sixteen_channels_becomes_sixteen(ann, drop, kept):
    rows = [f"{n},Канал {n % 16:02},2026-10-{1 + n // 16:02}T12:00:00+03:00,{900 + n},9" for n in range(160)]
    told = await drop(ann, ("id,channel,date,views,reactions\n" + "\n".join(rows)).encode(), "сеть.csv")
    assert "ещё 11 каналов" in told.text
    assert len(kept.channels(ann.id)) == 16
    press = await told.press("Отменить")
    await press.edited()
    assert kept.channels(ann.id) == []


async def test_a_file_of_more_channels_than_one_may_bring_is_refused_and_brings_none(ann, drop, kept):
    rows = "".join(f"{n},2026-01-02T10:00:00+00:00,Канал {n},100\n" for n in range(1, 52))
    told = await drop(ann, f"id,date,channel,views\n{rows}".encode(), "много.csv")
    assert "больше 50 каналов" in told.text
    assert kept.channels(ann.id) == []


async def test_deleting_everything_deletes_the_files_that_wait_for_an_answer(
    ann, box, drop, with_channel, some_file, settings
):
    """Another chat's files wait on."""
    bob = await box.person("Боб", language="ru")
    folders = []
    for person in (bob, ann):
        await with_channel(person, "Был канал")
        before = set(settings.storage.data_dir.glob("upload-*"))
        asked = await drop(person, some_file(posts=7), "чей.csv")
        assert "Чей он" in asked.text
        folders.append(set(settings.storage.data_dir.glob("upload-*")) - before)
    [[of_bob], [of_ann]] = folders
    await ann.send("/privacy")
    await (await ann.wait_for_answer()).press("Удалить")
    sure = await ann.wait_for(lambda shown: any("Да" in label for label in shown.labels))
    await (await sure.press("Да")).edited()
    assert not of_ann.exists()
    assert list(of_bob.iterdir())
    late = await (await ann.press(asked, data=asked.button("Был канал").data)).answer()
    assert "больше нет" in late.text


async def test_who_sent_the_wrong_file_takes_it_back_in_words(ann, drop, some_file, kept):
    await ann.send("отмени последнюю загрузку")
    assert "Отменять нечего" in (await ann.wait_for_answer()).text
    await drop(ann, some_file(channel="Лишний"), "лишний.csv")
    assert kept.channels(ann.id)
    await ann.send("ой, не тот файл, откати")
    offered = await ann.wait_for("лишний.csv")
    undone = await offered.press("Отменить загрузку")
    assert "всё как до неё" in (await undone.edited()).text
    assert kept.channels(ann.id) == []
