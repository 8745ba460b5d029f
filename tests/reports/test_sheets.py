"""What breaks: a stranger's words computed by a spreadsheet, numbers that stop being numbers, a name Excel refuses."""

import csv
import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.reports.sheets import Sheet, csv_file, workbook

DANGEROUS = ["=1+1", "+7 900", "-дата", "@name", "\tx", "\rx"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_text_is_defused_in_csv_and_stays_a_text_in_a_workbook(text):
    sheet = Sheet("посты", ["заголовок", "просмотры"], [[text, -5]])
    row = list(csv.reader(io.StringIO(csv_file(sheet).decode("utf-8-sig"), newline="")))[1]
    assert row == ["'" + text, "-5"]
    cells = CalamineWorkbook.from_filelike(io.BytesIO(workbook([sheet]))).get_sheet_by_index(0).to_python()
    assert cells[1] == [text, -5]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_words_come_back(text):
    read = csv.reader(io.StringIO(csv_file(Sheet("a", ["t"], [[text]])).decode("utf-8-sig"), newline=""))
    assert list(read)[1][0].removeprefix("'") == text.removeprefix("'")


def test_moments_are_moments_and_a_long_name_is_cut():
    sheet = Sheet("м" * 40, ["дата", "n"], [[datetime(2026, 1, 2, 3, 4), None], [None, True]])
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook([sheet])))
    assert len(book.sheet_names[0]) == 31
    assert book.get_sheet_by_index(0).to_python()[1][0] == datetime(2026, 1, 2, 3, 4)
