"""What breaks: a line that is not understood is answered with buttons that have nothing to do with it."""

import pytest

from bot.core.parsing.intent import understand
from bot.core.parsing.likely import MOST_OFFERED, likely
from tests.bot.understanding.phrasings import KNOWN, TODAY
from tests.bot.understanding.subjects_english import ENGLISH_SUBJECTS
from tests.bot.understanding.subjects_russian import RUSSIAN_SUBJECTS

MAY_MEAN = {
    "вернулась из отпуска и хочу понять не просели ли мы пока меня не было целых три недели": "why",
    "график охвата картинкой для презентации директору": "export",
    "дай статку по посту про пирог": "post",
    "удали Дачу и сад": "channels",
    "больше не веду фейсбук, отключайте его": "channels",
    "включи еженедельную свободу": "digest",
    "планирую анонс, подскажи часик поудачнее": "when",
    "заглуши уведомления на 3 дня, я на море": "alerts",
    "что-то у @rival_food все подозрительно хорошо": "check",
    "покажи лайки и комментарии по дзену": "er",
    "hjcn gj ktnybv vtczwfv": "growth",
    "make me a nice slide of the reach for my client": "export",
    "drop the garden club, we closed it": "channels",
    "top five by shares on youtube": "top",
    "the reports come way too early in the morning": "digest",
}


@pytest.mark.parametrize(("text", "command"), MAY_MEAN.items())
def test_a_line_that_is_no_command_offers_the_one_that_may_be_meant(text, command):
    assert understand(text, KNOWN, TODAY) is None
    assert command in likely(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    ["съешь ещё этих мягких булок", "lorem ipsum dolor", "кот спит", "ага", "12500", "🙏", "", "x" * 4000],
)
def test_what_has_no_word_of_the_bot_offers_nothing(text):
    assert likely(text, KNOWN) == []


@pytest.mark.parametrize("table", [RUSSIAN_SUBJECTS, ENGLISH_SUBJECTS])
def test_of_what_is_understood_the_command_is_nearly_always_among_the_likely_ones(table):
    asked = {text: line[1:].partition(" ")[0] for text, line in table.items() if line}
    missed = [text for text, command in asked.items() if command not in likely(text, KNOWN)]
    assert len(missed) / len(asked) < 0.1
    assert all(len(likely(text, KNOWN)) <= MOST_OFFERED for text in asked)
