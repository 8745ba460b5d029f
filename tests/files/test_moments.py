"""When a file's counters were read, as the file itself says; what says nothing stays unknown."""

import io
import zipfile
from datetime import UTC, datetime

import xlsxwriter

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
