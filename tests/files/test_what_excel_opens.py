"""What breaks: a workbook of Excel 97, Telegram Desktop's own JSON, an album of a document beside a photo, the page of a channel with its media, zeros of a group."""

import io
from pathlib import Path

import pytest
import xlsxwriter

DATES = ["01.09.2026 10:15", "02.09.2026 11:15", "03.09.2026 12:15"]


# Twelve posts of October 2026, a day each at 9:30, 1 000 + 7 n views, 20 + n likes, as Excel 97 saves them.
OLD_WORKBOOK = Path(__file__).parent / "old_workbook.xls"


def test_a_workbook_of_excel_97_is_read_with_its_dates_as_dates(read):
    upload = read(("октябрь.xls", OLD_WORKBOOK.read_bytes()))
    assert (upload.only.posts, upload.only.totals) == (12, {"views": 12_546, "reactions": 318})
    assert [post.published_at for post in sorted(upload.posts)] == [
        1_790_847_000 + 86_400 * day for day in range(12)
    ]


def workbook(sheets, hidden):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return made.getvalue()


def rows_of(views):
    return [["Дата", "Текст", "Просмотры"], *([date, f"Пост за {date}", views] for date in DATES)]


def test_a_hidden_sheet_is_named_and_not_counted(read):
    sheets = {"Посты": rows_of(100), "Черновик": rows_of(1), "Списки": [["Рубрика"], ["Новости"]]}
    upload = read(("отчёт.xlsx", workbook(sheets, {"Черновик", "Списки"})))
    assert (upload.only.posts, upload.only.totals["views"]) == (3, 300)
    assert [warned.params for warned in upload.understood.warnings if warned.code == "left_out"] == [
        {"name": "отчёт.xlsx: Черновик", "refusal": "file.hidden_sheet"}
    ]


def test_a_hidden_sheet_is_read_where_no_other_can_be(read):
    sheets = {"Дашборд": [["Итоги недели"], ["Смотрите график"]], "Данные": rows_of(100)}
    assert read(("отчёт.xlsx", workbook(sheets, {"Данные"}))).only.totals == {"views": 300}


DOCUMENTS = {
    "отчёт.numbers": ["Index/Document.iwa", "Index/Tables/DataList.iwa", "Metadata/Properties.plist"],
    "старый.numbers": ["Index.zip", "preview.jpg"],
    "отчёт.docx": ["[Content_Types].xml", "word/document.xml"],
    "отчёт.pptx": ["[Content_Types].xml", "ppt/slides/slide1.xml"],
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_called_a_document_and_no_archive(refusal, name):
    assert refusal(name, ("zip", dict.fromkeys(DOCUMENTS[name], "x"))) == "file.other_document"


def test_json_with_escapes_of_telegram_desktop_and_control_characters_is_read(read):
    lines = [
        f'{{"id": {n}, "type": "message", "date": "2026-09-0{n}T10:00:00", "date_unixtime": "{1788249600 + n * 86400}", "text": "пост{mark}{n}"}}'
        for n, mark in enumerate(("\x0b", r"\x0b", r"\\x0b"), 1)
    ]
    upload = read(
        (
            "result.json",
            f'{{"name": "К", "type": "public_channel", "id": 1, "messages": [{",".join(lines)}]}}',
        )
    )
    assert [post.title for post in upload.posts] == ["пост1", "пост2", r"пост\x0b3"]


@pytest.mark.parametrize(
    ("kinds", "posts"), [(("photo", "photo"), 1), (("photo", "file"), 2), (("file", "file"), 1)]
)
def test_a_photo_and_a_document_of_one_second_are_two_posts(read, kinds, posts):
    rows = [
        {
            "id": n,
            "type": "message",
            "date": "2026-09-01T10:00:00",
            "date_unixtime": "1788249600",
            "text": "",
            kind: "x",
        }
        for n, kind in enumerate(kinds, 1)
    ]
    assert (
        read(("result.json", {"name": "К", "type": "public_channel", "id": 1, "messages": rows})).only.posts
        == posts
    )


def test_zero_views_of_a_group_are_not_counted_as_views_and_said(read):
    rows = "".join(
        f"{n},2026-09-01T{n % 24:02}:{n % 60:02}:00Z,{1500 if n % 5 == 0 else 0},1\n" for n in range(60)
    )
    upload = read(("dump.csv", "message_id,date,views,reactions\n" + rows))
    assert (upload.only.fields["views"], upload.warned["zero_views"]) == (12, {"count": 48, "posts": 60})


def test_two_networks_under_a_header_of_two_rows_are_apart(read):
    table = "Отчёт;;;;\nДата;Пост;ВКонтакте;;Telegram;\n;;Охват;Лайки;Просмотры;Реакции\n" + "".join(
        f"{day};п{n};90{n};10;200{n};40\n" for n, day in enumerate(DATES)
    )
    upload = read(("отчёт.csv", table))
    assert {found.channel.platform: found.totals for found in upload.understood.channels} == {
        "vk": {"reach": 2703, "reactions": 30}, "telegram": {"views": 6003, "reactions": 120},
    }  # fmt: skip


def test_one_number_with_different_texts_is_doubted(read):
    rows = "".join(f"{n % 3},{day},п{n},5\n" for n, day in enumerate(DATES * 2))
    assert (
        "same_id_other_text"
        in read(("x.csv", "id,date,text,views\n" + rows.replace("01.09", "04.09", 1))).warned
    )
