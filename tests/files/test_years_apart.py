"""Dates without a year whose year the file tells elsewhere: above the table, between its rows, in a column of its own."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

AS_OF = int(datetime(2026, 11, 28, tzinfo=UTC).timestamp())
DAYS = range(3, 30, 3)


def at(*day):
    return datetime(*day, tzinfo=UTC).timestamp()


def rows(month, day="{} {}", year=""):
    return [f"{year}{day.format(number, month)};text {number};{1000 + number};{number}" for number in DAYS]


def read_it(read, *lines):
    return read(("x.csv", "\n".join(lines)), as_of=AS_OF)


HEADER = "Дата;Пост;Просмотры;Лайки"


@pytest.mark.parametrize(
    "line",
    [
        "Статистика за октябрь 2025",
        "Период:;03.10.2025 - 30.10.2025",
        "Выгружено 02.11.2025",
        "Report, Oct 2025",
    ],
)
def test_line_above_tells_the_last_year_there_can_be(read, line):
    upload = read_it(read, line, "", HEADER, *rows("окт"))
    assert (upload.only.first, upload.only.last) == (at(2025, 10, 3), at(2025, 10, 27))
    assert upload.warned["year_of_name"] == {"years": "2025"}


@pytest.mark.parametrize("line", ["Канал создан 05.05.2019", "Всего 2025 подписчиков", "Кофе и код"])
def test_line_about_anything_else_tells_no_year(read, line):
    upload = read_it(read, line, "", HEADER, *rows("окт"))
    assert (upload.only.first, upload.only.last) == (at(2026, 10, 3), at(2026, 10, 27))


def test_period_over_new_year_has_two_years(read):
    upload = read_it(read, "с 01.11.2025 по 15.02.2026", HEADER, *rows("ноя"), *rows("янв"))
    assert (upload.only.first, upload.only.last) == (at(2025, 11, 3), at(2026, 1, 27))


@pytest.mark.parametrize("day", ["{0}", "{0} {1}", "{0:02}.{2}"])
def test_month_between_the_rows_tells_month_and_year(read, day):
    lines = [HEADER]
    for title, short, number in (("Ноябрь 2024 г.", "ноя", "11"), ("Декабрь 2025", "дек", "12")):
        lines += [f"{title};;;", *(f"{day.format(n, short, number)};text {n};{1000 + n};{n}" for n in DAYS)]
    upload = read_it(read, *lines)
    assert (upload.only.posts, upload.only.first, upload.only.last) == (18, at(2024, 11, 3), at(2025, 12, 27))


def test_dates_of_another_month_than_the_heading_are_left_to_themselves(read):
    upload = read_it(read, HEADER, "План на ноябрь 2024;;;", "Ноябрь 2024;;;", *rows("окт"))
    assert (upload.only.first, upload.only.last) == (at(2026, 10, 3), at(2026, 10, 27))


@pytest.mark.parametrize("day", ["{} {}", "{:02}.10"])
def test_column_of_years_stands_beside_dates_and_touches_no_rate(read, day):
    lines = [f"{row};2.1" for row in rows("окт", day, "2025;")]
    upload = read_it(read, f"Год;{HEADER};ER", *lines)
    assert (upload.only.first, upload.only.last) == (at(2025, 10, 3), at(2025, 10, 27))
    assert "reactions" in upload.only.totals


MONTHS = {"окт": 10, "ноя": 11, "дек": 12, "янв": 1, "фев": 2}


def days_of(months):
    return [(month, day) for month in months for day in (3, 9, 28)]


def written(days):
    return [f"{day} {month};text {month} {day};{1000 + day};{day}" for month, day in days]


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("months", [["окт", "ноя", "дек", "янв", "фев"], ["ноя", "янв", "окт", "дек", "фев"]])
def test_days_that_run_over_new_year_keep_their_order(read, months, step):
    days = days_of(months)
    upload = read_it(read, HEADER, *written(days[::step]))
    back = sum(MONTHS[later] < MONTHS[earlier] for earlier, later in pairwise(months))
    assert upload.only.first == at(2026 - back, MONTHS[months[0]], 3)
    assert upload.only.last == at(2026, 2, 28)


@pytest.mark.parametrize("pinned", [("окт", 9), ("янв", 12)])
def test_a_pinned_post_or_disorder_moves_no_year(read, pinned):
    days = [pinned, *days_of(["ноя"])[::-1], *days_of(["окт"])[:0:-1]]
    upload = read_it(read, HEADER, *written(days))
    assert upload.only.last == at(2026, 11, 28)
    assert upload.only.first == min(at(2026, MONTHS[pinned[0]], pinned[1]), at(2026, 10, 9))
