"""What breaks: what is kept of a channel as files, which spreadsheets open and the bot itself reads back."""

import io

from python_calamine import CalamineWorkbook

EVIL = '=HYPERLINK("http://example.org";"x")'


async def test_a_workbook_has_every_post_and_its_counters(ann, with_channel):
    await with_channel(ann, "Кофе и код", posts=40)
    await ann.send("/export")
    press = await (await ann.wait_for_answer()).press("Excel")
    sent = await ann.wait_for(lambda shown: shown.document_name is not None)
    assert not (await press.answer()).is_alert
    assert sent.document_name.startswith("Кофе-и-код-")
    book = CalamineWorkbook.from_filelike(io.BytesIO(await sent.file_bytes()))
    assert book.sheet_names == ["посты", "замеры", "подписчики", "месяцы"]
    posts = book.get_sheet_by_name("посты").to_python()
    assert len(posts) == 41
    assert posts[0][7:11] == ["просмотры", "реакции", "комментарии", "репосты"]
    assert posts[1][7:11] == [1000, 40, 5, 9]
    months = book.get_sheet_by_name("месяцы").to_python()
    assert sum(row[1] for row in months[1:]) == 40


async def test_csv_is_read_back_as_the_same_posts(ann, with_channel, drop, kept):
    await with_channel(ann, "Чай", posts=12)
    before = kept.figures(ann.id)["post"]
    await ann.send("/export чай csv")
    sent = await ann.wait_for(lambda shown: (shown.document_name or "").endswith("посты.csv"))
    whose = await drop(ann, await sent.file_bytes(), "выгрузка.csv")
    assert "12 постов" in whose.text.replace("\xa0", " ")
    press = await whose.press("Чай")
    assert "просмотры" in (await press.edited()).text
    assert len(kept.figures(ann.id)["post"]) == len(before)


async def test_a_strangers_title_never_becomes_a_formula(ann, drop):
    data = f'id,date,channel,message,views\n1,2026-01-02T10:00:00+00:00,Злой,"{EVIL.replace(chr(34), chr(34) * 2)}",100\n'
    data += "2,2026-01-03T10:00:00+00:00,Злой,обычный,120\n"
    await drop(ann, data.encode(), "evil.csv")
    await ann.send("/export злой csv")
    sent = await ann.wait_for(lambda shown: (shown.document_name or "").endswith("посты.csv"))
    text = (await sent.file_bytes()).decode("utf-8-sig")
    assert "'=HYPERLINK" in text


async def test_without_a_channel_it_says_what_to_do(ann):
    await ann.send("/export")
    assert "/add" in (await ann.wait_for_answer()).text
