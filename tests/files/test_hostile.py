"""A stranger's file ends in rows or in a sentence: never in a traceback, a hang, or a full disk."""

import io
import json
import random
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import DomainError
from storage.files.decode.markup import check_markup
from storage.files.upload import limits
from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink


def zip_of(members):
    return ("zip", members)


CSV = "id,date,views\n" + "".join(f"{n},2025-01-{n:02d},{n}00\n" for n in range(1, 20))
DESKTOP = {"name": "Канал", "type": "public_channel", "id": 1, "messages": [
    {"id": n, "type": "message", "date": f"2025-01-{n:02d}T10:00:00", "date_unixtime": str(1735725600 + n * 86400), "text": "раз"}
    for n in range(1, 9)
]}  # fmt: skip
PAGE = '<!DOCTYPE html><div class="page_wrap"><div class="message default clearfix" id="message1"><div class="date details" title="01.02.2025 10:00:00">10:00</div><div class="text">раз</div></div></div>'
TELETHON = [
    {
        "_": "Message",
        "id": n,
        "peer_id": {"channel_id": 1},
        "date": f"2025-01-{n:02d}T10:00:00+00:00",
        "views": 5,
    }
    for n in range(1, 9)
]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file.empty"),
        ("a.csv", b"\r\n \r\n", "file.empty"),
        ("photo.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20, "file.binary"),
        ("a.csv", random.Random(1).randbytes(5000), "file.binary"),
        ("result.json", json.dumps(DESKTOP)[:-40], "file.truncated"),
        ("result.json", json.dumps(DESKTOP).replace('"id": 4', '"id": '), "file.broken_json"),
        ("deep.json", "[" * 200_000 + "]" * 200_000, "file.too_deep"),
        ("words.txt", "Добрый день, коллеги.\nПрисылаю отчёт.", "file.not_statistics"),
        ("page.html", "<!doctype html><html><body>hello</body></html>", "file.unknown_page"),
        ("long.csv", 'id,date,views\n1,2025-01-01,"' + "x" * 200_000, "file.cell_too_long"),
        ("wide.csv", ",".join(f"c{n}" for n in range(900)) + "\n" + "1," * 899 + "1\n", "file.too_many_columns"),
        ("a.zip", b"PK\x03\x04" + b"\x00" * 200, "file.broken_archive"),
        ("a.zip", zip_of({"photo.jpg": b"\xff\xd8\xff"}), "file.archive_without_statistics"),
        ("a.zip", zip_of({"inner.zip": zip_of({"a.csv": CSV})}), "file.nested_archive"),
        ("a.zip", zip_of({f"{n}.csv": CSV for n in range(201)}), "file.too_many_members"),
        ("one.json", {"messages": [], "type": "private_group", "name": "Чат"}, "file.chat_export"),
    ],
)  # fmt: skip
def test_garbage_is_refused_in_a_sentence(refusal, name, content, code):
    assert refusal(name, content) == code


def workbook(sheet: bytes):
    return zip_of(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def test_a_workbook_that_unpacks_to_300_megabytes_is_refused_at_once(refusal, written):
    bomb = written(workbook(b"\x00" * (300 << 20)))
    assert len(bomb) < 1_000_000
    started = time.perf_counter()
    assert refusal("bomb.xlsx", bomb) == "file.too_large"
    assert time.perf_counter() - started < 1


def test_a_member_that_lies_about_its_size_is_refused(refusal, written):
    honest = written(zip_of({"a.csv": CSV * 1000}))
    size = struct.pack("<I", len(CSV) * 1000)
    assert refusal("a.zip", honest.replace(size, struct.pack("<I", 100))) == "file.broken_archive"


def test_entities_are_never_expanded(refusal):
    assert refusal("a.xlsx", workbook(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')) == "file.unsafe_xml"


def test_entities_behind_a_long_comment_are_found(refusal):
    hidden = (
        b"<?xml version='1.0'?><!--"
        + b" " * (1 << 20)
        + b"--><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>"
    )
    assert refusal("a.xlsx", workbook(hidden)) == "file.unsafe_xml"


def test_a_workbook_inside_an_archive_has_the_same_caps(refusal, written):
    bomb = written(workbook(b"\x00" * (60 << 20)))
    assert refusal("a.zip", zip_of({"a.xlsx": bomb})) == "file.too_large"
    assert refusal("b.zip", zip_of({"b.csv": written(zip_of({"a.csv": CSV}))})) == "file.nested_archive"


def test_pictures_of_an_export_do_not_count_as_members(read):
    export = {f"photos/{number}.jpg": b"\xff\xd8\xff" for number in range(300)}
    assert read(("ChatExport.zip", zip_of({**export, "messages.html": PAGE}))).only.posts == 1


def test_a_locked_archive_is_refused(refusal, written):
    locked = bytearray(written(zip_of({"a.csv": CSV})))
    central = locked.index(b"PK\x01\x02")
    locked[central + 8] |= 1
    assert refusal("a.zip", bytes(locked)) == "file.encrypted"


def test_too_large_a_file_is_not_even_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    with pytest.raises(DomainError) as caught:
        read_upload([("big.csv", path)], zone="UTC", as_of=None, sink=MemorySink())
    assert caught.value.code == "file.too_large"


def test_a_name_is_never_a_path(read, tmp_path):
    before = set(tmp_path.parent.iterdir())
    upload = read(("../../etc/стат.zip", zip_of({"../../evil.csv": CSV})))
    assert upload.only.posts == 19
    assert set(tmp_path.parent.iterdir()) == before


def test_one_bad_file_beside_a_good_one_is_left_out(read):
    upload = read(("a.csv", CSV), ("b.csv", b""))
    assert upload.only.posts == 19
    assert upload.warned["left_out"]["name"] == "b.csv"


def test_a_workbook_is_read_without_its_formulas(read):
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet("Посты")
    for row, cells in enumerate(
        [
            ["Отчёт"],
            ["Дата", "Просмотры", "Ссылка"],
            ["2025-01-01", 5, "https://t.me/name/1"],
            ["2025-01-02", 7, "https://t.me/name/2"],
        ]
    ):
        sheet.write_row(row, 0, cells)
    sheet.write_formula(4, 1, "=SUM(B3:B4)", value=12)
    sheet.write(4, 0, "Итого")
    book.close()
    upload = read(("отчёт.xlsx", packed.getvalue()))
    assert upload.only.totals == {"views": 12}
    assert upload.only.channel.handle == "name"
    assert upload.skipped == {"total": 1}
    assert zipfile.is_zipfile(packed)


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "file.too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "file.too_many_columns"),
        ("<row r='900000'><c s='1' r='CV900000'><v>1</v></c></row>", "file.too_many_cells"),
    ],
)
def test_one_cell_far_out_is_refused_before_the_rectangle_up_to_it_is_made(refusal, rows, code):
    assert refusal("sparse.xlsx", workbook(SHEET.format(rows))) == code


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<div>" * 900_000, "file.page_too_complex"),
        ("<div></x>" * 400_000, "file.page_too_complex"),
        ("<b><p>" * 400_000, "file.page_too_complex"),
        ("<div " + "".join(f"a{number} " for number in range(1_000_000)) + ">", "file.page_too_complex"),
        ("<div " + "".join(f'a{number}="<b" ' for number in range(300_000)) + ">", "file.page_too_complex"),
        ("<i>" * 600_000, "file.page_too_complex"),
        ("<script>" + "if (a <b ) x();" * 1000 + "</script>", "file.unknown_page"),
        ('<path d="' + "1 2 " * 5000 + '"/>' * 3, "file.unknown_page"),
        ("<li>one" * 5000, "file.unknown_page"),
    ],
)
def test_a_page_that_a_parser_takes_by_its_square_is_refused_and_an_honest_one_is_read(refusal, page, code):
    assert refusal("page.html", "<!doctype html>" + page) == code


PIECES = st.sampled_from(
    ["<div>", "</div>", "<b class='x'>", "</b>", "<br>", "<p>", "text", '<a href="/x">', "</a>", "<div>" * 90, "</div>" * 60, "</x>", "<i " + "a " * 300 + ">"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_a_page_is_too_complex_or_not_whether_its_tags_are_looked_at_together_or_one_by_one(page):
    """A mark of a tag inside an attribute has every tag looked at by itself."""
    assert _is_too_complex(page) == _is_too_complex(page + '<br title="<">')


def _is_too_complex(page):
    try:
        check_markup(page)
    except DomainError:
        return True
    return False


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (",".join(["views"] * 1_000_000) + "\n" + ",".join(["1"] * 1_000_000), "file.too_many_columns"),
        ("id,date,views\n" + "1,2025-01-01,5\n" * 9000 + "1," * 1_000_000, "file.too_many_columns"),
        ("id,date,views\n1,2025-01-01,5\n2," + "x" * 5_000_000, "file.cell_too_long"),
        ('"a"' + "\t" * 300_000 + "x", "file.too_many_columns"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "file.too_deep"),
    ],
)
def test_a_table_as_wide_or_a_value_as_deep_as_no_statistics_is_a_sentence(refusal, content, code):
    assert refusal("odd.csv", content) == code


def csv_of_channels(first, last, date="2025-01-01"):
    rows = (f"{date},@channel_{number},{number + 1},100\n" for number in range(first, last))
    return "timestamp,channel,message_id,views\n" + "".join(rows)


def account_of(chats):
    return {
        "chats": {"list": [{**DESKTOP, "id": number, "name": f"Канал {number}"} for number in range(chats)]}
    }


ONE_TOO_MANY = limits.MAX_CHANNELS + 1


@pytest.mark.parametrize(
    "files",
    [
        [("a.csv", csv_of_channels(0, ONE_TOO_MANY))],
        [("a.csv", csv_of_channels(0, 4_000, date="no date"))],
        [("a.csv", csv_of_channels(0, 30)), ("b.csv", csv_of_channels(30, ONE_TOO_MANY))],
        [("a.zip", zip_of({"a.csv": csv_of_channels(0, 30), "b.csv": csv_of_channels(30, ONE_TOO_MANY)}))],
    ],
)
def test_more_channels_than_one_upload_may_bring_are_refused_before_any_date_or_row_is_read(
    files, tmp_path, written
):
    sink, paths = MemorySink(), []
    for name, content in files:
        paths.append((name, tmp_path / name))
        paths[-1][1].write_bytes(written(content))
    with pytest.raises(DomainError) as caught:
        read_upload(paths, zone="UTC", as_of=None, sink=sink)
    assert caught.value.code == "file.too_many_channels"
    assert not sink.keys


def test_as_many_channels_as_one_upload_may_bring_are_read_whichever_files_name_them_again(read):
    upload = read(("a.csv", csv_of_channels(0, limits.MAX_CHANNELS)), ("b.csv", csv_of_channels(10, 40)))
    assert len(upload.understood.channels) == limits.MAX_CHANNELS


def test_an_account_of_more_chats_is_read_for_one_of_them_is_chosen(read):
    upload = read(("result.json", account_of(ONE_TOO_MANY)))
    assert len(upload.understood.channels) == ONE_TOO_MANY


@pytest.mark.parametrize(
    "document",
    [
        b"{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 Arial;}} \\trowd 12.11.2026\\cell 900\\cell\\row}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600),
        ("zip", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        ("zip", {"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<a/>"}),
    ],
    ids=["rtf", "doc", "odt", "odp"],
)
def test_a_document_of_words_is_called_one(refusal, document):
    assert refusal("report", document) == "file.other_document"
