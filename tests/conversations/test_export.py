"""What breaks: what is kept of a channel as files, which spreadsheets open and the bot itself reads back."""

import asyncio
import csv
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from bot.demo.client import Sandbox
from tests.conversations.conftest import statistics

EVIL = '=HYPERLINK("http://example.org";"x")'
LONG_ID = 7_300_000_000_000_000_001  # more digits than a spreadsheet keeps of a number


async def until(look, wanted):
    """What is cleared away goes a moment after the file was sent."""
    for _ in range(400):
        if look() == wanted:
            return
        await asyncio.sleep(0.02)
    assert look() == wanted


async def a_file(who, ending, saying=""):
    def is_it(shown) -> bool:
        return (shown.document_name or "").endswith(ending) and saying in shown.text.replace("\xa0", " ")

    return await who.wait_for(is_it, timeout_s=40)


@pytest.mark.parametrize(
    ("language", "sheets", "rate", "row", "delimiter"),
    [
        (
            "ru",
            ["посты", "месяцы", "подписчики", "замеры", "как считали"],
            "ER по просмотрам, %",
            ["нет", "нет", "1000", "40", "5", "9", "5,4"],
            ";",
        ),
        (
            "en",
            ["posts", "months", "subscribers", "readings", "how calculated"],
            "ER by views, %",
            ["no", "no", "1000", "40", "5", "9", "5.4"],
            ",",
        ),
    ],
)
async def test_a_workbook_comes_at_once_and_csv_at_a_press(
    box, with_channel, settings, language, sheets, rate, row, delimiter
):
    person = await box.person("Кто-то", language=language)
    await with_channel(person, "Кофе и код", posts=40)
    await person.send("/export")
    sent = await a_file(person, ".xlsx")
    assert sent.document_name.startswith("Кофе-и-код-")
    book = CalamineWorkbook.from_filelike(io.BytesIO(await sent.file_bytes()))
    assert book.sheet_names == sheets
    posts = book.get_sheet_by_name(sheets[0]).to_python()
    assert len(posts) == 41
    assert posts[1][7:12] == [1000, 40, 5, 9, 5.4]
    assert posts[0][11] == rate
    assert sum(month[1] for month in book.get_sheet_by_name(sheets[1]).to_python()[1:]) == 40
    press = await sent.press("CSV")
    assert not (await press.answer()).is_alert
    sent = await a_file(person, ".csv")
    content = await sent.file_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    assert len(rows) == 41
    assert rows[1][5:12] == row
    await until(lambda: list(settings.storage.data_dir.glob("export-*")), [])


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
async def test_an_export_is_read_back_as_the_same_posts(ann, drop, kept, ending):
    await drop(ann, statistics(channel="Чай", posts=12, first_id=LONG_ID))
    await (await ann.wait_for_answer()).press(row=0)
    before = kept.figures(ann.id)["post"]
    await ann.send(f"/export чай {ending}")
    sent = await a_file(ann, ending)
    whose = await drop(ann, await sent.file_bytes(), f"выгрузка.{ending}")
    assert "12 постов" in whose.text.replace("\xa0", " ")
    press = await whose.press("Чай")
    assert "просмотры" in (await press.edited()).text
    after = kept.figures(ann.id)["post"]
    assert [row[2:4] for row in after] == [row[2:4] for row in before]


async def test_a_period_gives_its_posts_alone_says_its_days_and_leads_to_all_there_is(ann, with_channel):
    await with_channel(ann, "Сроки", posts=40)
    await ann.send("/export сроки 20d")
    sent = await a_file(ann, ".xlsx")
    assert re.search(r"13 постов, \d+( \w+ )?–( )?\d+ \w+\.", sent.text.replace("\xa0", " "))
    await sent.press("CSV")
    sent = await a_file(ann, ".csv")
    assert "13 постов" in sent.text.replace("\xa0", " ")
    await sent.press("За всё время")
    sent = await a_file(ann, ".csv", "40 постов")
    assert "За всё время" not in " ".join(sent.labels)


async def test_a_period_without_posts_is_told_with_what_to_send(ann, with_channel):
    await with_channel(ann, "Пусто")
    await ann.send("/export пусто 1.01.2020-31.01.2020")
    assert "Отправьте /export без периода" in (await ann.wait_for_answer()).text


async def test_a_strangers_title_never_becomes_a_formula(ann, drop):
    data = f'id,date,channel,message,views\n1,2026-01-02T10:00:00+00:00,Злой,"{EVIL.replace(chr(34), chr(34) * 2)}",100\n'
    data += "2,2026-01-03T10:00:00+00:00,Злой,обычный,120\n"
    await drop(ann, data.encode(), "evil.csv")
    await ann.send("/export злой csv")
    text = (await (await a_file(ann, ".csv")).file_bytes()).decode("utf-8-sig")
    assert "'=HYPERLINK" in text


async def test_without_a_channel_it_says_what_to_do(ann):
    await ann.send("/export")
    assert "/add" in (await ann.wait_for_answer()).text


async def test_a_bot_killed_in_the_middle_sends_the_file_in_its_next_life_and_leaves_no_folder(
    living, dies, some_file, tmp_path
):
    def left():
        return list((tmp_path / "data").glob("export-*"))

    async with Sandbox.started() as box:
        ann = await box.person("Аня", language="ru")
        await ann.send_file(some_file(channel="Живучий", posts=25), "файл.csv")
        async with living(box) as process:
            await ann.wait_for("Сколько подписчиков", timeout_s=40)
            await ann.send("/export живучий")
            await dies(box, process, "sendDocument")
        assert len(left()) == 1
        async with living(box):
            sent = await a_file(ann, ".xlsx")
            assert "25 постов" in sent.text.replace("\xa0", " ")
            await until(left, [])
