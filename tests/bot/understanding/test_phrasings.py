"""What breaks: people who write as people do are not understood, or talk is taken for a command."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.locales import LANGUAGES, translator
from bot.core.parsing.intent import nearly, understand
from bot.core.parsing.phrases import COMMANDS as UNDERSTOOD
from bot.core.parsing.terms import CALLED, terms_in
from bot.core.parsing.typos import is_one_slip
from bot.telegram.commands import COMMANDS
from metrics.money import MONEY
from tests.bot.understanding.moods import ENGLISH_MOODS, RUSSIAN_MOODS
from tests.bot.understanding.phrasings import ENGLISH, KNOWN, NEARLY, RUSSIAN, TALK, TODAY
from tests.bot.understanding.shapes import ENGLISH_SHAPES, RUSSIAN_SHAPES, TALK_SHAPES
from tests.bot.understanding.subjects_english import ENGLISH_SUBJECTS
from tests.bot.understanding.subjects_russian import RUSSIAN_SUBJECTS
from tests.bot.understanding.talk import TALK_BESIDE
from tests.bot.understanding.terms import TALK_OF_TERMS, TERMS
from tests.bot.understanding.wishes import TALK_OF_WISHES, WISHES
from tests.kit.examples import is_thorough

DRESSES = (str.upper, str.capitalize, "{}?".format, "{} 🙏".format, "{}...".format)


def line_of(text: str) -> str | None:
    reading = understand(text, KNOWN, TODAY)
    return None if reading is None else reading.line


@pytest.mark.parametrize(
    "table",
    [
        RUSSIAN,
        ENGLISH,
        RUSSIAN_SHAPES,
        ENGLISH_SHAPES,
        RUSSIAN_SUBJECTS,
        ENGLISH_SUBJECTS,
        RUSSIAN_MOODS,
        ENGLISH_MOODS,
        WISHES,
        TERMS,
    ],
)
def test_every_phrasing_is_the_command_that_says_it(table):
    """A table at a time: a test each would take longer than to understand them all."""
    assert {text: line_of(text) for text in table} == table


@pytest.mark.parametrize("table", [RUSSIAN, ENGLISH])
def test_every_command_of_the_menu_is_asked_for_in_each_language_in_sixty_ways_at_least(table):
    lines = [line for line in table.values() if line]
    assert len(lines) >= 60
    missing = set(COMMANDS) - {line[1:].partition(" ")[0] for line in lines}
    assert missing <= {"placement"}


def test_the_commands_understood_are_those_of_the_menu():
    assert {*COMMANDS, "start", "cancel"} == UNDERSTOOD


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_that_can_be_asked_about_is_explained(language):
    t = translator(language)
    told = {code for name in (*MONEY, *", ".join(CALLED.values()).split(", ")) for code in terms_in(name)}
    assert told >= {*CALLED, *MONEY}
    words = ("formula.words", "money.words", "term.words")
    assert [code for code in told if sum(t.has(f"{kind}.{code}") for kind in words) != 1] == []


def test_what_leans_on_another_terms_words_is_told_after_it():
    assert terms_in("ROMI, ERR48") == ["roi", "romi", "view_rate_24h", "view_rate_48h"]


@pytest.mark.parametrize("texts", [TALK, TALK_SHAPES, TALK_BESIDE, TALK_OF_WISHES, TALK_OF_TERMS])
def test_talk_and_numbers_are_no_command(texts):
    assert {text: line for text in texts if (line := line_of(text)) is not None} == {}


@pytest.mark.parametrize(("text", "said"), NEARLY.items())
def test_of_a_text_that_is_nearly_a_command_the_words_that_nobody_knows_are_said(text, said):
    assert line_of(text) is None
    assert nearly(text, KNOWN, TODAY) == said


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("rest", ["", " Кофе 30d"])
def test_a_command_as_it_is_stays_as_it_is(command, rest):
    assert line_of(f"/{command}{rest}") is None
    assert line_of(f"/{command.upper()}{rest}") == f"/{command}{rest}"


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(len(DRESSES)))
def test_case_marks_and_emojis_change_nothing(number):
    """In `make test` each wears one of them."""
    texts = (*RUSSIAN_SHAPES, *ENGLISH_SHAPES, *RUSSIAN_SUBJECTS, *ENGLISH_SUBJECTS)
    tried = texts if is_thorough() else texts[number :: len(DRESSES)]
    assert [text for text in tried if line_of(DRESSES[number](text)) is None] == []


@given(
    st.sampled_from([*RUSSIAN_SHAPES, *ENGLISH_SHAPES, *RUSSIAN_SUBJECTS, *ENGLISH_SUBJECTS]),
    st.sampled_from(["чайник", "teapot", "собака", "banana"]),
)
def test_one_word_that_nobody_knows_makes_a_question_talk_or_is_said(text, stranger):
    """A command that takes free words carries them; a plain «er …» is told what it was not understood for."""
    line = line_of(f"{text} {stranger}")
    assert line is None or stranger in line


@given(
    st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(["", " ", "₽", " %", "$", ",", "!"])
)
def test_no_number_is_a_command(number, mark):
    assert line_of(f"{number:f}{mark}") is None


@given(
    st.lists(
        st.sampled_from(
            [
                "мы",
                "они",
                "пошли",
                "домой",
                "кино",
                "билеты",
                "вечером",
                "дождь",
                "the",
                "they",
                "went",
                "home",
                "rain",
                "cinema",
                "tickets",
            ]
        ),
        min_size=1,
    )
)
def test_no_sentence_of_other_things_is_a_command(words):
    assert line_of(" ".join(words)) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_understanding_and_every_line_is_a_command_of_the_bot(text):
    line = line_of(text)
    assert line is None or re.match(rf"/(?:{'|'.join(UNDERSTOOD)})\b", line)


@given(st.text("abcd", min_size=1, max_size=8), st.data())
def test_one_letter_less_more_other_or_two_swapped_are_one_slip(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    slips = [word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1 :]]
    slips.append(word[:at] + word[at : at + 2][::-1] + word[at + 2 :])
    assert all(is_one_slip(word, slip) for slip in slips if slip != word)
    assert not is_one_slip(word, word + "xx")
