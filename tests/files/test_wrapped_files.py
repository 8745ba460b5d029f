"""Tables inside text documents, pages saved on a phone and texts packed with gzip are read like the tables themselves."""

import gzip
import zlib
from email.message import EmailMessage

import pytest

ROWS = [
    ["Дата", "Пост", "Просмотры", "Лайки"],
    *([f"{day:02}.10.2026", f"Пост № {day}", f"1 0{day}", str(day)] for day in range(10, 15)),
    ["Итого", "", "5 060", "60"],
]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
LINES = [f"{day}.10.2026 — Пост № {day} — 1 0{day} просмотров, {day} реакций" for day in range(10, 15)]


def words(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(*bodies):
    document = f"<w:document {W}><w:body>{''.join(bodies)}</w:body></w:document>"
    return "zip", {"[Content_Types].xml": "<Types/>", "word/document.xml": document}


def word_table(rows):
    cells = ["".join(f"<w:tc><w:tcPr/>{words(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def odt(rows):
    cells = [
        "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        for row in rows
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    content = f"<office:document-content{ODF}><table:table>{table}</table:table></office:document-content>"
    return "zip", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}


def page(rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<!doctype html><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def saved_page(charset="utf-8"):
    message = EmailMessage()
    message.set_content(page(ROWS), subtype="html", charset=charset, cte="quoted-printable")
    message.make_related()
    return message.as_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("отчёт.docx", docx(words("Добрый день!"), word_table(ROWS), words("Спасибо."))),
        ("список.docx", docx(*map(words, LINES))),
        ("отчёт.odt", odt(ROWS)),
        ("отчёт.mhtml", saved_page()),
        ("отчёт.mht", saved_page("windows-1251")),
        ("отчёт.csv.gz", gzip.compress("\n".join(";".join(row) for row in ROWS).encode())),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_wrapped_is_read(read, name, content):
    result = read((name, content))
    assert [(post.views, post.reactions) for post in result.posts] == [
        (1000 + day, day) for day in range(10, 15)
    ]


def test_a_header_over_two_rows_of_a_document_is_one(read):
    upper = (
        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc></w:tr>"
    )
    rows = word_table([["", "", "Просмотры", "Реакции"], *ROWS[1:]])
    table = rows.replace("<w:tbl>", "<w:tbl>" + upper.format(*map(words, ("Дата", "Пост", "Показатели"))))
    assert [post.views for post in read(("отчёт.docx", docx(table))).posts] == [1010, 1011, 1012, 1013, 1014]


def test_tables_of_a_document_below_names_of_channels_stay_apart(read):
    body = [words("Кофе и точка"), word_table(ROWS), words(""), words("Чайный дом"), word_table(ROWS[:4])]
    channels = read(("отчёт.docx", docx(*body))).understood.channels
    assert {one.channel.name: one.posts for one in channels} == {"Кофе и точка": 5, "Чайный дом": 3}


@pytest.mark.parametrize("wrapping", [lambda rows: rows, lambda rows: {"range": "A1:D7", "values": rows}])
def test_rows_of_cells_in_json_are_a_table(read, wrapping):
    result = read(("rows.json", wrapping(ROWS)))
    assert [post.reactions for post in result.posts] == [10, 11, 12, 13, 14]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("письмо.docx", docx(words("Добрый день!")), "file.other_document"),
        ("d.docx", docx("<w:p>"), "file.other_document"),
        ("d.docx", ("zip", {"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "file.unsafe_xml"),
        ("d.docx", docx("<w:p/>" * 3_000_000), "file.too_large"),
        ("d.docx", docx(word_table([["a"] * 600] * 2)), "file.too_many_columns"),
        ("d.docx", docx("<w:p>" * 50_000, "</w:p>" * 50_000), "file.other_document"),
        ("d.docx", docx("<w:tbl><w:tr><w:tc>" * 20_000, "</w:tc></w:tr></w:tbl>" * 20_000), "file.other_document"),
        ("a.csv.gz", gzip.compress(bytes(60_000_000)), "file.too_large"),
        ("a.csv.gz", gzip.compress(b"a;b\n" * 99)[:-9], "file.truncated"),
        ("a.csv.gz", b"\x1f\x8b" + zlib.compress(b"a"), "file.broken_archive"),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n", "file.no_posts"),
    ],
    ids=["no table", "broken", "entities", "a bomb", "wide", "deep", "tables in tables", "a bomb of gzip", "cut", "damaged", "no page"],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said(refusal, name, content, code):
    assert refusal(name, content) == code
