"""What breaks: a line that the understanding wrote is read back as something else, or a line of repeated words is never done."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.parsing.arguments import NUMBERS, written
from bot.core.parsing.intent import MOST_CHARS
from bot.core.parsing.periods import PeriodChoice
from bot.core.parsing.rankings import split_ranking, with_ranking
from bot.core.parsing.two_periods import AGAINST, split_two
from tests.bot.understanding.phrasings import KNOWN, TODAY

TITLES = st.sampled_from(["", *(one.title for one in KNOWN)])
SPANS = st.builds(
    lambda first, days: PeriodChoice(first=first, last=first + timedelta(days=days)),
    st.dates(date(2024, 1, 1), TODAY),
    st.integers(0, 90),
)


@given(TITLES, SPANS, SPANS)
def test_two_periods_are_read_back_as_they_were_written(title, first, second):
    line = f"{title} {written(first)} {AGAINST} {written(second)}"
    assert split_two(line, TODAY) == (title, first, second)


@given(TITLES, SPANS)
def test_one_period_is_never_two(title, period):
    assert split_two(f"{title} {written(period)}", TODAY) is None


@given(
    TITLES,
    SPANS,
    st.sampled_from([("репостам", "forward_rate"), ("comments", "comment_rate"), ("views", "views")]),
)
def test_what_posts_are_ranked_by_is_split_off_whatever_stands_beside_it(title, period, by):
    said, measure = by
    args = f"{title} {written(period)}".strip()
    assert split_ranking(with_ranking(f"/top {args}", ["by", said]).removeprefix("/top ")) == (args, measure)


@given(st.sampled_from(["руб", "долл", "бакс", "р", "тыс", "usd ", "1 ", "евро"]))
def test_repeated_words_of_money_are_no_numbers_and_end_at_once(piece):
    assert NUMBERS.fullmatch(f"{piece * MOST_CHARS}х!") is None
