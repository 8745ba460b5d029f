"""Any table, written in any encoding, with any delimiter, style of numbers and of dates, reads back equal."""

import csv
import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink
from tests.kit.examples import examples

MOSCOW = ZoneInfo("Europe/Moscow")
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"]
DELIMITERS = [",", ";", "\t", "|"]


def grouped(mark):
    return lambda count: f"{count:,}".replace(",", mark)


NUMBERS = {
    "plain": str,
    "blanks": grouped(" "),
    "no_break_spaces": grouped("\u00a0"),
    "narrow_spaces": grouped("\u202f"),
    "commas": grouped(","),
    "dots": grouped("."),
    "floats": lambda count: f"{count}.0",
    "shares": lambda count: f"{count}.0 (100.0%)",
}
MISSING = ["", "-", "--", "—", "NAN", "nan", "null", "N/A", "н/д"]
# Wall-clock styles carry no zone and are read in the workspace's; the others say their moment.
DATES = {
    "iso": lambda at: at.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S"),
    "iso_offset": lambda at: at.isoformat(),
    "iso_t_zone": lambda at: at.astimezone(MOSCOW).isoformat(),
    "dotted": lambda at: at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S"),
    "dotted_minutes": lambda at: at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M"),
    "telegram_desktop": lambda at: at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S UTC+03:00"),
    "slashed_month": lambda at: at.astimezone(MOSCOW).strftime("%m/%d/%Y %H:%M"),
    "slashed_day": lambda at: at.astimezone(MOSCOW).strftime("%d/%m/%Y %H:%M"),
    "slashed_year": lambda at: at.astimezone(MOSCOW).strftime("%Y/%m/%d %H:%M:%S"),
    "unix": lambda at: str(int(at.timestamp())),
    "unix_float": lambda at: f"{at.timestamp():.1f}",
    "milliseconds": lambda at: str(int(at.timestamp() * 1000)),
    "twitter": lambda at: at.strftime("%Y-%m-%d %H:%M +0000"),
    "words": lambda at: at.astimezone(MOSCOW).strftime("%b %d, %Y %H:%M"),
    "russian_words": lambda at: (local := at.astimezone(MOSCOW)) and f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}",
}  # fmt: skip
# Whole minutes, because not every style writes seconds; years when Moscow kept UTC+3, so that every style means one moment.
MINUTES = st.integers(0, 9 * 365 * 24 * 60).map(
    lambda minutes: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
TEXTS = st.text(st.characters(codec="cp1251", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=20)
COUNTS = st.none() | st.integers(0, 10**9)
ROWS = st.lists(st.tuples(MINUTES, TEXTS, COUNTS, COUNTS), min_size=1, max_size=12)
# A day over 12, without which 03/11 and 11/03 can't be told apart.
EVIDENCE = (datetime(2019, 5, 25, 12, tzinfo=UTC), "текст", 1_234_567, 7)


def written(rows, encoding, delimiter, number, date, missing) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, delimiter=delimiter)
    table.writerow(["message_id", "Дата", "Текст", "Просмотров", "Реакций"])
    for place, (at, said, *counts) in enumerate(rows, 1):
        cells = [missing if count is None else NUMBERS[number](count) for count in counts]
        table.writerow([place, DATES[date](at), said, *cells])
    found = text.getvalue()
    return (found.replace("\u202f", "\u00a0") if encoding == "cp1251" else found).encode(encoding)


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("number", NUMBERS)
@settings(max_examples=examples(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ROWS, encoding=st.sampled_from(ENCODINGS), delimiter=st.sampled_from(DELIMITERS), missing=st.sampled_from(MISSING),
)  # fmt: skip
def test_a_table_reads_back_equal(tmp_path, date, number, rows, encoding, delimiter, missing):
    rows = [*rows, EVIDENCE]
    path = tmp_path / "table"
    path.write_bytes(written(rows, encoding, delimiter, number, date, missing))
    sink = MemorySink()
    [found] = read_upload([("таблица.csv", path)], zone="Europe/Moscow", as_of=None, sink=sink).channels
    posts = {int(post.external_id): post for post in sink.posts(found.channel.key)}
    assert len(posts) == len(rows)
    seen = sorted(views for _, _, views, _ in rows if views)
    hundreds = seen[len(seen) // 2] >= 100
    for place, (at, _, views, reactions) in enumerate(rows, 1):
        read = posts[place]
        # Zero views beside reactions, or where the other posts have hundreds, were never counted.
        expected = None if views == 0 and (reactions or hundreds) else views
        assert (read.published_at, read.views, read.reactions) == (int(at.timestamp()), expected, reactions)
