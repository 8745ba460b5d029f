"""What breaks: a day that a period begins or ends at is taken for the period: «с понедельника» shows Monday alone."""

import pytest

from bot.core.parsing.arguments import written
from bot.core.parsing.intent import understand
from bot.core.parsing.periods import parse_period
from tests.bot.understanding.phrasings import KNOWN, TODAY

BEGINNINGS = (
    "с понедельника", "с прошлой пятницы", "с 1 октября", "с октября", "с начала месяца", "с 1 по 10 октября",
    "после 10 октября", "since monday", "since May 5", "since last friday",
)  # fmt: skip
QUESTIONS = (
    "сколько просмотров у кофе", "какой охват у кофе", "сколько подписалось в кофе", "how many views coffee",
)  # fmt: skip


@pytest.mark.parametrize("begins", BEGINNINGS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_beginning_is_read_alike_wherever_it_stands(question, begins):
    words = question.split()
    period = written(parse_period(begins, TODAY))
    for place in (0, len(words) - 2, len(words)):
        said = " ".join([*words[:place], begins, *words[place:]])
        reading = understand(said, KNOWN, TODAY)
        assert reading is not None, said
        assert reading.line.endswith(period), said


@pytest.mark.parametrize(
    "said", ["до пятницы кофе просмотры", "просмотры кофе до 10 октября", "views until monday coffee"]
)
def test_an_end_alone_is_no_day(said):
    reading = understand(said, KNOWN, TODAY)
    assert reading is None or not reading.line.startswith("/er"), reading
