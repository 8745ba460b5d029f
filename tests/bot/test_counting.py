"""What breaks: a number of subscribers that any person understands, and the bot does not."""

import pytest

from bot.core.parsing.counts import read_subscribers
from metrics.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "subscribers", "step"),
    [
        ("12500", 12_500, 0),
        ("12 500", 12_500, 0),
        ("12\u00a0500", 12_500, 0),
        ("12 500.", 12_500, 0),
        ("12,500", 12_500, 0),
        ("12.500", 12_500, 0),
        ("12500 подписчиков", 12_500, 0),
        ("1 подписчик", 1, 0),
        ("12 500 чел.", 12_500, 0),
        ("12,500 followers", 12_500, 0),
        ("12.5K", 12_500, 100),
        ("12,5 тыс.", 12_500, 100),
        ("12,5 тыс. подписчиков", 12_500, 100),
        ("12 тысяч", 12_000, 1_000),
        ("12к", 12_000, 1_000),
        ("~12к", 12_000, 1_000),
        ("≈ 12 К", 12_000, 1_000),
        ("около 12 тысяч человек", 12_000, 1_000),
        ("примерно 12500", 12_500, 0),
        ("1,2 млн", 1_200_000, 100_000),
        ("1.2 million subscribers", 1_200_000, 100_000),
    ],
)
def test_subscribers_as_people_type_them(typed, subscribers, step):
    reading = read_subscribers(typed)
    assert (reading.subscribers, reading.step) == (subscribers, step)


@pytest.mark.parametrize(
    "typed", ["", "много", "0", "-5", "12,5", "12.5", "5 штук", "около", "12 500 рублей", "тысяча"]
)
def test_what_is_no_number_of_subscribers_is_not_guessed(typed):
    with pytest.raises(DomainError, match="not_a_number"):
        read_subscribers(typed)
