"""When a file's counters were read, as the file itself says; what says nothing stays unknown."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
import xlsxwriter

from storage.files.tables.named_moments import last_day_named

SAVED = datetime(2026, 10, 5, 9, 30, tzinfo=UTC)
TABLE = "Дата,Пост,Просмотры\n01.09.2026 10:15,а,300\n02.09.2026 10:15,б,301\n02.09.2026 19:15,в,302\n"


def workbook(created):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    book.set_properties({"created": created})
    sheet = book.add_worksheet()
    for row, line in enumerate(TABLE.splitlines()):
        sheet.write_row(row, 0, line.split(","))
    book.close()
    return packed.getvalue()


def zipped(moment):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("posts.csv", moment.timetuple()[:6]), TABLE)
    return packed.getvalue()


def test_a_workbook_is_of_the_moment_it_was_saved(read):
    upload = read(("посты.xlsx", workbook(SAVED)))
    assert upload.understood.moment == int(SAVED.timestamp())
    assert {(post.observed_at, post.observed_exact) for post in upload.posts} == {
        (int(SAVED.timestamp()), True)
    }


def test_a_table_in_a_zip_is_of_the_moment_it_was_packed(read):
    assert read(("посты.zip", zipped(SAVED))).understood.moment == int(SAVED.timestamp())


def test_a_moment_before_the_newest_post_is_no_moment(read):
    upload = read(("посты.xlsx", workbook(datetime(2020, 1, 1, tzinfo=UTC))))
    assert upload.understood.moment is None
    assert not any(post.observed_exact for post in upload.posts)


def test_a_bare_table_says_nothing_of_its_moment(read):
    assert read(("посты.csv", TABLE)).understood.moment is None


def test_days_in_a_row_are_of_the_end_of_the_last_of_them(read):
    days = "Дата,Просмотры\n" + "".join(f"{day:02}.09.2026,5\n" for day in range(1, 29))
    assert read(("дни.csv", days)).understood.moment == int(datetime(2026, 9, 29, tzinfo=UTC).timestamp())


OLD = TABLE.replace("2026", "2024")
MADE = datetime(2024, 10, 5, 9, 30, tzinfo=UTC)

END = {
    "Sep-01-2024_Oct-05-2024_1122334455667788.csv": date(2024, 10, 5),
    "account_analytics_content_2024-09-01_2024-10-05.csv": date(2024, 10, 5),
    "Контент 2024-09-07_2024-10-05 Кофе дома.csv": date(2024, 10, 5),
    "Content_2024-09-28_2024-10-05_Анна.csv": date(2024, 10, 5),
    "ChatExport_2024-10-05 (1).csv": date(2024, 10, 5),
    "ChatExport_05_10_2024.csv": date(2024, 10, 5),
    "tgstat_kofe_20241005.csv": date(2024, 10, 5),
    "отчёт 01.09.2024-05.10.2024.csv": date(2024, 10, 5),
}


@pytest.mark.parametrize("name", END)
def test_figures_are_not_read_before_the_last_day_that_the_name_writes(read, name):
    """A bound and no moment: the export may have been made any day after, and the posts say no more."""
    upload = read((name, OLD))
    assert {(post.observed_at, post.observed_exact) for post in upload.posts} == {
        (int(datetime(2024, 10, 5, tzinfo=UTC).timestamp()), False)
    }
    assert upload.understood.moment is None
    assert [one.params for one in upload.understood.warnings if one.code == "read_not_before"] == [
        {"day": "2024-10-05"}
    ]


@pytest.mark.parametrize(
    "name", ["посты.csv", "2024-08-31.csv", "Sep-01-2024.csv", "план 2024.csv", "12-34-2024.csv"]
)
def test_a_name_without_a_later_day_says_nothing_of_the_moment(read, name):
    upload = read((name, OLD))
    assert {post.observed_at for post in upload.posts} == {max(post.published_at for post in upload.posts)}
    assert "read_not_before" not in {one.code for one in upload.understood.warnings}


def test_a_day_that_has_not_come_when_the_file_was_made_is_left_out():
    assert last_day_named("план 2024-09-01_2025-12-31.csv", date(2024, 10, 1)) == date(2024, 9, 1)
    assert last_day_named("2024-09-01.csv", date(2024, 9, 1) - timedelta(days=1)) is None


def test_a_clock_in_the_name_is_the_moment(read):
    """LinkedIn writes the milliseconds of the export."""
    upload = read((f"kofe_content_{int(MADE.timestamp())}000.csv", OLD))
    assert upload.understood.moment == int(MADE.timestamp())
    assert {(post.observed_at, post.observed_exact) for post in upload.posts} == {
        (int(MADE.timestamp()), True)
    }


@pytest.mark.parametrize("digits", ["1999999999999", "17281206001122334", "172812060"])
def test_other_numbers_in_a_name_are_no_moment(read, digits):
    assert read((f"kofe_content_{digits}.csv", OLD)).understood.moment is None
