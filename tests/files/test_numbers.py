"""Counters in every style services write them, and the step of those that are rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.files.tables.numbers import Count, joint_step, read_count, read_counts


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("1 474 933", 1_474_933, 0),
        ("1\u00a0474\u202f933", 1_474_933, 0),
        ("1,234", 1_234, 0),
        ("51,562", 51_562, 0),
        ("1.234.567", 1_234_567, 0),
        ("12,5", 12, 0),
        ("376.0", 376, 0),
        ("505.9K", 505_900, 100),
        ("8.67M", 8_670_000, 10_000),
        ("826K", 826_000, 1_000),
        ("12,5 тыс.", 12_500, 100),
        ("12,5 тис.", 12_500, 100),
        ("12,5 тис. переглядів", 12_500, 100),
        ("12,5 tys.", 12_500, 100),
        ("2 мың", 2_000, 1_000),
        ("12.0K", 12_000, 100),
        ("3 млн", 3_000_000, 1_000_000),
        ("1.2万", 12_000, 1_000),
        ("497.0 (100.0%)", 497, 0),
        ("+14", 14, 0),
        ("1,23E+05", 123_000, 1_000),
        ("1.00E+03", 1_000, 10),
        ("1.234E+03", 1_234, 0),
        ("0", 0, 0),
    ],
)
def test_a_number_is_read(text, value, step):
    assert read_count(text) == Count(value, step)


@pytest.mark.parametrize("text", ["", " ", "-", "--", "—", "NAN", "null", "N/A", "None"])
def test_missing_is_not_zero(text):
    assert read_count(text) == Count(None)


@pytest.mark.parametrize("text", ["abc", "💎0.10", "12 apples", "1e400", "9" * 40, "-5", "12%", "0x10"])
def test_what_is_no_count_is_told_apart_from_missing(text):
    assert read_count(text) == Count(None, 0, readable=False)


def test_a_point_is_decimal_once_the_column_shows_it():
    assert read_counts(["1.234", "55.0"]).values == [1, 55]
    assert read_counts(["1.234", "1.100.000"]).values == [1_234, 1_100_000]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,2 B", "12 B", "980"], [1_200, 12_000, 980]),
        (["12 B", "3 B", "980"], [12_000, 3_000, 980]),
        (["12B", "3 B", "870"], [12_000, 3_000, 870]),
        (["12B", "3M", "870"], [12_000_000_000, 3_000_000, 870]),
        (["1.2B", "2B"], [1_200_000_000, 2_000_000_000]),
        (["1,2 Mn", "12 B"], [1_200_000, 12_000]),
        (["12 bin", "1,5 bin"], [12_000, 1_500]),
        (["1.2B", "12 B"], [1_200_000_000, 12_000_000_000]),
    ],
)
def test_b_is_a_thousand_only_where_the_column_is_written_in_turkish(cells, values):
    assert read_counts(cells).values == values


@pytest.mark.parametrize("cell", ["12 комм.", "12 просм.", "12 реакц.", "12 пересл."])
def test_a_shortened_word_behind_a_number_is_what_it_counts(cell):
    assert read_counts([cell]).values == [12]


def test_a_workbook_mixes_numbers_and_blanks():
    assert read_counts([12.0, "", 7.0, "1 200"]).values == [12, None, 7, 1_200]
    assert read_counts([1, None, float("nan"), True]).values == [1, None, None, None]


@given(st.lists(st.one_of(st.just(""), st.floats(-10, 10**16)), min_size=1))
def test_a_workbooks_numbers_are_read_as_their_texts_are(cells):
    """The fast way and the long one must not part."""
    written = ["" if cell == "" else str(round(cell)) for cell in cells]
    by_number, by_text = read_counts(cells), read_counts([*written, "-"])
    assert by_number.values == by_text.values[:-1]
    assert by_number.unreadable == by_text.unreadable


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), min_size=1))
def test_grouped_numbers_come_back(values):
    written = ["" if value is None else f"{value:,}".replace(",", " ") for value in values]
    assert read_counts(written).values == values


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_a_short_form_is_off_by_at_most_half_its_step(values):
    for value in values:
        count = read_count(f"{value / 1000:.1f}K")
        assert count.value is not None
        assert abs(count.value - value) <= count.step / 2 + 1


def test_steps_of_a_sum_add_as_variances():
    assert joint_step([100, 100, 100, 100]) == 200
    assert joint_step([0, 0]) == 0
