"""How a column writes its dates is decided once, by evidence; when there is none, the person is asked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.errors import DomainError
from storage.files.tables.dates import read_dates

UTC_ZONE = ZoneInfo("UTC")
MOSCOW = ZoneInfo("Europe/Moscow")


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-08-06 21:16:00", at(2025, 8, 6, 21, 16)),
        ("2025-08-06T21:16:00+03:00", at(2025, 8, 6, 18, 16)),
        ("2024-12-10 16:13:11.495", at(2024, 12, 10, 16, 13, 11)),
        ("2022-02-28 17:39 +0000", at(2022, 2, 28, 17, 39)),
        ("03.11.2024 12:10:54 UTC+05:30", at(2024, 11, 3, 6, 40, 54)),
        ("03.11.2024 12:10:54", at(2024, 11, 3, 12, 10, 54)),
        ("05/26/2026 10:23", at(2026, 5, 26, 10, 23)),
        ("26/05/2026 10:23 PM", at(2026, 5, 26, 22, 23)),
        ("2025/10/31 18:19:10", at(2025, 10, 31, 18, 19, 10)),
        ("2025/10/31", at(2025, 10, 31)),
        ("Apr 16, 2026", at(2026, 4, 16)),
        ("Tue, Aug 26, 2025", at(2025, 8, 26)),
        ("16 апреля 2026, 18:05", at(2026, 4, 16, 18, 5)),
        ("2025年10月31日", at(2025, 10, 31)),
        ("1769940000", 1_769_940_000),
        ("1769940000.5", 1_769_940_000),
        ("1523059200000", 1_523_059_200),
        ("45231.5", at(2023, 11, 1, 12)),
    ],
)
def test_a_date_is_read(text, moment):
    assert read_dates([text], UTC_ZONE).values == [moment]


def test_one_number_over_twelve_settles_the_whole_column():
    assert read_dates(["03/11/2024", "04/13/2024"], UTC_ZONE).values == [at(2024, 3, 11), at(2024, 4, 13)]
    assert read_dates(["03/11/2024", "13/11/2024"], UTC_ZONE).values == [at(2024, 11, 3), at(2024, 11, 13)]


def test_an_order_that_runs_one_way_is_evidence():
    days = ["01/02/2024", "01/05/2024", "02/03/2024", "02/11/2024", "03/01/2024"]
    assert read_dates(days, UTC_ZONE).values[1] == at(2024, 1, 5)


def test_without_evidence_the_person_is_asked():
    with pytest.raises(DomainError) as caught:
        read_dates(["03/11/2024"], UTC_ZONE, name="Date")
    assert caught.value.code == "file.date_ambiguous"
    assert read_dates(["03/11/2024"], UTC_ZONE, prefer="day").values == [at(2024, 11, 3)]


def test_a_familys_order_yields_to_proof():
    assert read_dates(["13/11/2024"], UTC_ZONE, prefer="month").values == [at(2024, 11, 13)]


def test_naive_times_are_read_in_the_zone_given_and_said_so():
    summer, winter = "2010-07-01 12:00:00", "2010-01-01 12:00:00"
    read = read_dates([summer, winter], MOSCOW)
    assert read.values == [at(2010, 7, 1, 8), at(2010, 1, 1, 9)]
    assert read.naive
    assert not read_dates(["2024-01-01T12:00:00Z"], MOSCOW).naive
    assert read_dates(["2024-01-01 12:00:00"], MOSCOW, utc=True).values == [at(2024, 1, 1, 12)]


def test_a_day_without_an_hour_is_known_as_such():
    assert not read_dates(["2024-01-01", ""], UTC_ZONE).times_known
    assert read_dates(["2024-01-01", ""], UTC_ZONE).values == [at(2024, 1, 1), None]


def test_a_strange_cell_does_not_spoil_the_column():
    assert read_dates(["2024-01-01 10:00:00", "soon", "2024-01-02 10:00:00"], UTC_ZONE).values == [
        at(2024, 1, 1, 10), None, at(2024, 1, 2, 10)
    ]  # fmt: skip


def test_a_column_of_unix_seconds_needs_no_zone():
    read = read_dates(["1769940000", "", "1769943600"], MOSCOW)
    assert read[:3] == ([1_769_940_000, None, 1_769_943_600], False, True)
    assert read_dates(["1769940000", "1769943600000"], MOSCOW).values == [1_769_940_000, 1_769_943_600]


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2120, 1, 1)), min_size=1, max_size=20))
def test_a_workbooks_times_are_read_as_their_texts_are(times):
    assert read_dates(times, MOSCOW) == read_dates([time.isoformat(" ") for time in times], MOSCOW)


STYLES = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d.%m.%Y %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%b %d, %Y %H:%M:%S",
]
MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(st.lists(MOMENTS, min_size=1, max_size=20), st.sampled_from(STYLES))
def test_every_style_comes_back(moments, style):
    expected = [int(moment.replace(tzinfo=UTC).timestamp()) for moment in moments]
    assert read_dates([moment.strftime(style) for moment in moments], UTC_ZONE).values == expected
