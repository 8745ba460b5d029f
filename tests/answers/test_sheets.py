"""What breaks: a stranger's words computed by a spreadsheet, numbers that stop being numbers, a name Excel refuses."""

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.answers.sheets import Sheet, csv_file, style_of, workbook, write_csv, write_workbook
from bot.core.locales import translator

RU, EN = (style_of(translator(language)) for language in ("ru", "en"))
DANGEROUS = ["=1+1", "+7 900", "-дата", "@name", "\tx", "\rx"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_text_is_defused_in_csv_and_stays_a_text_in_a_workbook(text):
    sheet = Sheet("посты", ["заголовок", "просмотры"], [[text, -5]])
    row = list(csv.reader(io.StringIO(csv_file(sheet, EN).decode("utf-8-sig"), newline="")))[1]
    assert row == ["'" + text, "-5"]
    cells = (
        CalamineWorkbook.from_filelike(io.BytesIO(workbook([sheet], RU))).get_sheet_by_index(0).to_python()
    )
    assert cells[1] == [text, -5]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_words_come_back(text):
    made = csv_file(Sheet("a", ["t"], [[text]]), RU).decode("utf-8-sig")
    read = csv.reader(io.StringIO(made, newline=""), delimiter=";")
    assert list(read)[1][0].removeprefix("'") == text.removeprefix("'")


def test_moments_are_moments_and_a_long_name_is_cut():
    sheet = Sheet("м" * 40, ["дата", "n"], [[datetime(2026, 1, 2, 3, 4), None], [None, True]])
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook([sheet], RU)))
    assert len(book.sheet_names[0]) == 31
    assert book.get_sheet_by_index(0).to_python()[1][0] == datetime(2026, 1, 2, 3, 4)


@pytest.mark.parametrize(
    ("style", "delimiter", "cells"),
    [
        (RU, ";", ["а;б, в", "1,25", "0,00001", "7", "да", "нет", "", "02.01.2026 03:04:00"]),
        (EN, ",", ["а;б, в", "1.25", "0.00001", "7", "yes", "no", "", "2026-01-02 03:04:00"]),
    ],
)
def test_csv_has_the_delimiter_the_decimal_sign_and_the_words_of_its_language(style, delimiter, cells):
    row = ["а;б, в", 1.25, 0.00001, 7, True, False, None, datetime(2026, 1, 2, 3, 4)]
    content = csv_file(Sheet("a", list("abcdefgh"), [row]), style)
    assert content.startswith(b"\xef\xbb\xbf")
    read = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert list(read) == [list("abcdefgh"), cells]


def test_a_file_on_disk_holds_what_one_in_memory_does_and_leaves_nothing_beside_it(tmp_path):
    def sheets():
        return [
            Sheet(name, ["t", "n"], iter([[f"=строка {n}", n] for n in range(50)])) for name in ("a", "b")
        ]

    write_workbook(tmp_path / "book.xlsx", sheets(), RU)
    write_csv(tmp_path / "a.csv", sheets()[0], RU)
    assert {path.name for path in tmp_path.iterdir()} == {"book.xlsx", "a.csv"}
    assert (tmp_path / "a.csv").read_bytes() == csv_file(sheets()[0], RU)
    on_disk = CalamineWorkbook.from_path(tmp_path / "book.xlsx")
    in_memory = CalamineWorkbook.from_filelike(io.BytesIO(workbook(sheets(), RU)))
    for name in ("a", "b"):
        rows = on_disk.get_sheet_by_name(name).to_python()
        assert rows == in_memory.get_sheet_by_name(name).to_python()
        assert len(rows) == 51
