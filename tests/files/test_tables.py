"""A table in any clothes: encodings, delimiters, titles above the header, totals below it, Excel's damage."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.files.decode.delimited import read_rows
from storage.files.decode.reader import decode
from storage.files.tables.columns import normalise
from storage.files.tables.table import find_table
from storage.files.upload.notes import Hints
from tests.kit.examples import examples

HEADER = "id,date,text,views,likes\n"
ROWS = "1,2025-01-01 10:00:00,Первый пост,100,5\n2,2025-01-02 10:00:00,Второй пост,200,7\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_every_encoding_is_told(read, encoding):
    upload = read(("posts.csv", (HEADER + ROWS).encode(encoding)))
    assert [post.title for post in upload.posts] == ["Первый пост", "Второй пост"]
    assert upload.only.totals == {"views": 300, "reactions": 12}


def test_western_text_is_not_taken_for_russian():
    assert decode("id;título;visualizações\n1;coração é aqui;5\n".encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_consistency(read, delimiter):
    lines = ["id|date|text|views", *(f'{n}|2025-01-{n:02d} 10:00|"a, b; c"|{n}00' for n in range(1, 9))]
    assert (
        read(("posts.txt", "\n".join(line.replace("|", delimiter) for line in lines))).only.totals["views"]
        == 3_600
    )


def test_a_header_below_sep_title_and_note(read):
    text = (
        "sep=;\nСтатистика канала;\n\nДата;Просмотры;Текст\n01.02.2025 10:00;1 200;раз\n13.02.2025;50;два\n"
    )
    upload = read(("стат.csv", text))
    assert upload.only.totals == {"views": 1_250}


def test_totals_notes_blanks_and_repeated_headers_are_no_posts(read):
    text = HEADER + "Total,,,300,12\n" + ROWS + "\n" + HEADER + "3,2025-01-03 10:00:00,c,1,1\nTop 500 shown\n"
    upload = read(("posts.csv", text))
    assert upload.only.posts == 3
    assert upload.skipped == {"total": 1, "repeated_header": 1, "note": 1}
    assert next(row for row in upload.understood.skipped if row.reason == "total").example_row == 2


def test_short_rows_are_padded(read):
    upload = read(
        ("posts.csv", HEADER + "1,2025-01-01 10:00:00,a,100\n" + "2,2025-01-02 10:00:00,b,200,7,extra\n")
    )
    assert [post.reactions for post in upload.posts] == [None, 7]


def test_one_quoted_cell_a_record_is_undone():
    damaged = '"id,date,""text, long"",views"\n"1,2025-01-01,""a ""quoted"""" word"",5"\n'
    assert read_rows(damaged)[0] == ["id", "date", "text, long", "views"]


def test_the_same_title_twice_takes_the_column_that_holds_something(read):
    upload = read(("posts.csv", "id,date,Views,Views\n1,2025-01-01,,10\n2,2025-01-02,,20\n"))
    assert upload.only.totals == {"views": 30}


def test_titles_are_normalised():
    assert normalise(" \ufeffVi\u00addeo  publish\u00a0time\\") == "video publish time"
    assert normalise("Ещё\tОдин") == "еще один"


def test_two_rows_for_one_post_leave_the_later(read):
    upload = read(("posts.csv", HEADER + ROWS + "1,2025-01-01 10:00:00,a,150,9\n"))
    assert upload.only.posts == 2
    assert upload.posts[0].views == 150
    assert upload.understood.skipped[0].count == 1
    assert upload.understood.skipped[0].example_row == 4


def test_zero_views_beside_reactions_were_never_counted(read):
    upload = read(("posts.csv", HEADER + "1,2025-01-01 10:00:00,a,0,5\n2,2025-01-02 10:00:00,b,0,0\n"))
    assert [post.views for post in upload.posts] == [None, 0]


def test_several_channels_in_one_file_are_told_apart(read):
    text = "channel,message_id,date,views\n@one,1,2025-01-01,5\n@two,1,2025-01-01,7\n@one,2,2025-01-02,5\n"
    upload = read(("all.csv", text))
    assert {(c.channel.handle, c.posts, c.totals["views"]) for c in upload.understood.channels} == {
        ("one", 2, 10),
        ("two", 1, 7),
    }


def test_ads_hashtags_and_a_short_title(read):
    text = 'id,date,text,views\n1,2025-01-01,"Скидка #Акция\nподробно, erid: 2Vtzq",5\n2,2025-01-02,#реклама,5\n3,2025-01-03,period,5\n'
    posts = read(("posts.csv", text)).posts
    assert [post.is_ad for post in posts] == [True, True, False]
    assert posts[0].title == "Скидка #Акция"
    assert posts[0].hashtags == "акция"


def test_rounded_numbers_keep_their_step(read):
    upload = read(("posts.csv", "id,date,views,likes\n1,2025-01-01,2.4K,12\n2,2025-01-02,900,3\n"))
    assert upload.only.approximate
    assert [post.steps for post in upload.posts] == ["views:100", None]


def test_a_column_named_by_the_person_is_read(read, refusal):
    text = "колонка а,колонка б\n2025-01-01 10:00,5\n2025-01-02 10:00,7\n"
    assert refusal("x.csv", text) == "file.header_unknown"
    upload = read(("x.csv", text), hints=Hints(columns={"колонка а": "date", "колонка б": "views"}))
    assert upload.only.totals == {"views": 12}


CELL = st.text(st.characters(codec="cp1251", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=30)


@settings(max_examples=examples(60))
@given(
    texts=st.lists(CELL, min_size=3, max_size=15),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_cells_come_back_whatever_they_hold(texts, delimiter, encoding):
    header = ["id", "date", "text", "views"]
    lines = [header, *([str(n), "2025-01-01", text, "5"] for n, text in enumerate(texts))]
    quoted = "\r\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    table = find_table(read_rows(decode(quoted.encode(encoding)).text))
    assert list(table.columns[2]) == texts
