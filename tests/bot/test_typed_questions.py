"""What breaks: a question that waits swallows what was meant otherwise."""

import pytest

from bot.telegram.questions import QuestionKind, is_small_talk, may_answer, says_cancel


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("text", ["/er 30d", "спасибо!", "Отмена", "потом", "later", "👍", "Thanks a lot"])
def test_no_question_takes_a_command_thanks_or_a_cancel_for_its_answer(kind, text):
    assert not may_answer(kind, text)


@pytest.mark.parametrize("text", ["12500", "12,5 тыс.", "не знаю", "Кофе 12500"])
def test_what_answers_is_neither_a_cancel_nor_small_talk(text):
    assert not says_cancel(text)
    assert not is_small_talk(text)
    assert may_answer(QuestionKind.SUBSCRIBERS, text)


@pytest.mark.parametrize("link", ["https://t.me/durov/1", "t.me/durov", "@durov"])
def test_a_link_is_no_number(link):
    assert not may_answer(QuestionKind.SUBSCRIBERS, link)
    assert may_answer(QuestionKind.CHECKED, link)
