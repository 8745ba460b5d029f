"""Large tables go through pandas' parser, and come out as the csv module reads them, or are left to it."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.files.decode.delimited import read_rows
from storage.files.decode.large_tables import LARGE_CHARS, read_large
from storage.files.upload.limits import MAX_CELL_CHARS, MAX_ROWS
from tests.kit.examples import examples

HEADER = "id,date,text,views,text_length\n"
PLAIN = "".join(f"{n:07d},2025-01-01 10:00:00,раз два три,{n * 37},007\n" for n in range(2_000))
RARE = st.text(st.sampled_from([*'a1,"\n\r\t .-+_0\x00é☺']), max_size=8)


def numbers(rows):
    """Every cell as text, counters as numbers, as `read_large` gives them."""
    return [[*row[:3], *map(int, row[3:])] for row in rows]


def by_csv(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def test_counters_are_numbers_and_everything_else_stays_as_written():
    head, *body = by_csv(HEADER + PLAIN)
    large = read_large(HEADER + PLAIN, ",", MAX_ROWS)
    assert list(large) == [head, *numbers(body)]
    assert large[-1][0] == "0001999"


def test_a_header_below_a_title_is_found():
    large = read_large("Статистика за год\n\n" + HEADER + PLAIN, ",", MAX_ROWS)
    assert large.head[-1] == HEADER.strip().split(",")
    assert len(large) == 3 + 2_000


@pytest.mark.parametrize(
    "row",
    [
        "1,2025-01-01,short",
        "1,2025-01-01,wide,5,6,7",
        '1,2025-01-01,"never closed,5,6',
        "1,2025-01-01,no count,,6",
        "1,2025-01-01,grouped,1 200,6",
        "1,2025-01-01,rounded,2.4K,6",
        "1,2025-01-01,decimal,1.5,6",
        "1,2025-01-01,dotted,1.000,6",
        "1,2025-01-01,power,1e5,6",
        f"1,2025-01-01,enormous,{10**20},6",
        "Total,,,74000,",
        "",
        f"1,2025-01-01,{'а' * (MAX_CELL_CHARS + 1)},5,6",
    ],
)
def test_what_is_irregular_is_left_to_the_csv_module(row):
    assert read_large(f"{HEADER}{PLAIN}{row}\n{PLAIN}", ",", MAX_ROWS) is None


def test_a_small_or_narrow_table_is_left_to_it_too():
    assert read_large((HEADER + PLAIN)[: LARGE_CHARS - 1], ",", MAX_ROWS) is None
    assert read_large("date,views\n" + "2025-01-01,5\n" * 10_000, ",", MAX_ROWS) is None


def test_no_more_records_are_read_than_asked_for():
    assert len(read_large(HEADER + PLAIN, ",", 100)) == 101


@settings(max_examples=examples(300))
@given(cells=st.lists(RARE, min_size=4, max_size=6), quoted=st.booleans())
def test_a_strange_row_in_the_middle_is_read_as_csv_reads_it(cells, quoted):
    written = [f'"{cell}"' for cell in cells] if quoted else cells
    text = HEADER + PLAIN + ",".join(written) + "\n" + PLAIN
    large = read_large(text, ",", MAX_ROWS)
    if large is not None:
        head, *body = by_csv(text)
        assert list(large) == [head, *numbers(body)]


def test_both_ways_give_the_same_posts(read):
    text = "id,date,text,views\n" + "".join(
        f'{n},2025-01-01 10:00:{n % 60:02d},"раз, ""два"" {n}",{n}\n' for n in range(3_000)
    )
    plain = read(("a.csv", text))
    spoiled = read(("a.csv", text + ",,,\n"))
    assert type(read_rows(text)) is not type(read_rows(text + ",,,\n"))
    assert spoiled.posts == plain.posts
    assert spoiled.understood.channels == plain.understood.channels
