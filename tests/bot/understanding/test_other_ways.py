"""What breaks: a slip, the wrong layout or a word too many makes a question talk, or talk with the same verbs a command."""

import itertools

import pytest

from bot.core.parsing.intent import understand
from bot.core.parsing.rewriting import clauses_of
from tests.bot.understanding.errands import ERRANDS, TALK_OF_ERRANDS
from tests.bot.understanding.other_ways import CLAUSES, DASHES, SLIPS, STILL_TALK, WRONG_LAYOUT
from tests.bot.understanding.phrasings import ENGLISH, KNOWN, RUSSIAN, TALK, TODAY
from tests.bot.understanding.talk import TALK_BESIDE

KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")


def line_of(text):
    reading = understand(text, KNOWN, TODAY)
    return None if reading is None else reading.line


@pytest.mark.parametrize(
    ("text", "line"),
    [pair for table in (WRONG_LAYOUT, SLIPS, DASHES, CLAUSES, ERRANDS) for pair in table.items()],
)
def test_a_line_is_read_as_it_was_meant(text, line):
    assert line_of(text) == line


@pytest.mark.parametrize("text", [*STILL_TALK, *TALK_OF_ERRANDS])
def test_talk_with_the_same_words_is_no_command(text):
    assert line_of(text) is None


def test_every_plain_question_in_russian_is_understood_in_the_english_layout():
    plain = [
        text
        for text, line in RUSSIAN.items()
        if line and text.replace(" ", "").isalpha() and text.isupper() is False
    ]
    russian = [text for text in plain if not any(map(str.isascii, text.replace(" ", "")))]
    typed = {text: line_of(text.casefold().translate(KEYS)) for text in russian}
    assert len(typed) > 50
    assert [text for text, line in typed.items() if line != RUSSIAN[text]] == []


def test_two_pieces_of_talk_in_a_row_are_no_command_either():
    talk = [text for text in (*TALK, *TALK_BESIDE) if text.replace(" ", "").isalpha()]
    pairs = zip(talk[::7], itertools.islice(talk, 3, None, 7), strict=False)
    assert [(one, two, line_of(f"{one}, {two}")) for one, two in pairs if line_of(f"{one}, {two}")] == []


def test_clauses_are_parted_by_marks_and_not_within_numbers_or_addresses():
    assert clauses_of("охват 12,5 тыс у t.me/a.b") == []
    assert clauses_of("Привет! Что с охватом? Упал - и всё") == ["Привет", "Что с охватом", "Упал", "и всё"]


@pytest.mark.parametrize("language", [RUSSIAN, ENGLISH])
def test_an_aside_before_or_behind_a_question_changes_nothing(language):
    asked = {
        text: line
        for text, line in language.items()
        if line and len(text.split()) > 3 and not {",", ":", ".", "@", "/"} & set(text)
    }
    aside = "у меня совещание" if language is RUSSIAN else "my boss is waiting"
    changed = [text for text, line in asked.items() if line_of(f"{text}, {aside}") not in (line, None)]
    assert changed == []
