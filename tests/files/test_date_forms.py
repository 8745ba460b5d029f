"""Dates as people type them and as Excel damages them."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
import xlsxwriter

AT = [datetime(2026, 10, 28, 18, 5, tzinfo=UTC) + timedelta(days=2 * n) for n in range(14)]
FORMS = {
    "hours marked by a dash": "{:%d.%m.%Y в %H-%M}",
    "hours marked by a dot": "{:%d.%m.%Y %H.%M}",
    "year with its letter": "{:%d.%m.%Yг. %H.%M}",
    "hours first": "{:%H:%M %d.%m.%Y}",
    "hours first, then ISO": "{:%H:%M:%S, %Y-%m-%d}",
}


@pytest.mark.parametrize("form", FORMS)
def test_hours_are_read_wherever_they_stand(read, form):
    rows = [f"{FORMS[form].format(at)};{1000 + n};{n}" for n, at in enumerate(AT)]
    upload = read(("x.csv", "\n".join(["Дата;Просмотры;Лайки", *rows])))
    assert (upload.only.first, upload.only.last) == (AT[0].timestamp(), AT[-1].timestamp())


def test_days_of_eight_digits_are_days(read):
    rows = [f"{at:%Y%m%d};text {n};{1000 + n};{n}" for n, at in enumerate(AT)]
    upload = read(("x.csv", "\n".join(["Дата;Текст;Просмотры;Лайки", *rows])))
    assert upload.only.first == datetime(2026, 10, 28, tzinfo=UTC).timestamp()
    assert upload.only.last == datetime(2026, 11, 23, tzinfo=UTC).timestamp()


def workbook(cells):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, ["Дата", "Пост", "Просмотры", "Лайки"])
    for row, cell in enumerate(cells, start=1):
        write = sheet.write_string if isinstance(cell, str) else sheet.write_datetime
        write(row, 0, cell, *(() if isinstance(cell, str) else (day,)))
        sheet.write_row(row, 1, [f"text {row}", 1000 + row, 20 + row])
    book.close()
    return packed.getvalue()


def eaten(day, order):
    """What an Excel of the other order makes of a day typed in this one."""
    first, second = (day.day, day.month) if order == "day" else (day.month, day.day)
    if max(first, second) > 12:
        return f"{first:02}/{second:02}/{day.year}"
    return date(day.year, first, second) if order == "day" else date(day.year, second, first)


@pytest.mark.parametrize("order", ["day", "month"])
def test_days_that_excel_swapped_are_swapped_back_and_said(read, order):
    cells = [eaten(at.date(), order) for at in AT]
    swapped = sum(not isinstance(cell, str) for cell in cells)
    upload = read(("x.xlsx", workbook(cells)))
    assert upload.only.first == datetime(2026, 10, 28, tzinfo=UTC).timestamp()
    assert upload.only.last == datetime(2026, 11, 23, tzinfo=UTC).timestamp()
    assert upload.warned["dates_swapped"] == {"count": swapped}


@pytest.mark.parametrize(
    "cells",
    [
        [
            date(2026, 2, 11),
            date(2026, 3, 11),
            date(2026, 11, 13),
            "14.11.2026",
            "15.11.2026",
        ],  # a day over 12
        [
            date(2026, 11, 3),
            date(2026, 11, 5),
            "14.11.2026",
            "15.11.2026",
            "17.11.2026",
        ],  # they fit as they are
        [
            date(2026, 2, 11),
            date(2026, 3, 11),
            "05.11.2026",
            "15.11.2026",
            "17.11.2026",
        ],  # a text with a day under 13
    ],
)
def test_days_stay_as_they_are_without_proof(read, cells):
    upload = read(("x.xlsx", workbook(cells)))
    assert (
        upload.only.first
        == datetime(*min(c for c in cells if isinstance(c, date)).timetuple()[:3], tzinfo=UTC).timestamp()
    )
    assert "dates_swapped" not in upload.warned
