"""What breaks: a sentence that Telegram refuses once its names and numbers are long, or that shows what no person reads."""

import re
from string import Formatter

import pytest

from bot.answers.wording import TITLE_CHARS, units
from bot.core.locales import translator
from docs.tour.rules import LABEL_CHARS, RAW, without_links

MESSAGE, NOTICE = 4096, 200
LONG = "Ж" * TITLE_CHARS  # as long as any title is shown
OVER_THE_CHAT = ("error.access.", "error.questions.", "error.channel.gone", "error.press.")
# Typed or told in a terminal, on a page of the documentation, or in a file: no chat shows them.
ELSEWHERE = {"cli.po", "metrics_page.po", "replay.po", "health.po", "replicas.po", "formulas.po", "files.po"}
FIELDS_OF_FILES = {"files.why.telethon", "files.why.vk_wall"}  # as they stand in the file somebody sent
TYPED = {"error.exact.not_collected"}  # an example to type
NEVER_DECLINED = {"networks.posts.youtube"}  # «видео»
NAMES_SHOWN = re.compile(r"/[a-z_]+|@\w+|<code>.*?</code>|\{\w*\}")


def _spoken(catalogues, t):
    """Every form of every sentence that a chat shows, as it is told with long names."""
    for code, sentence in catalogues[t.language].items():
        if sentence.file not in ELSEWHERE:
            for form in sentence.forms:
                names = {name for _, name, _, _ in Formatter().parse(form) if name}
                yield code, form, form.format(**dict.fromkeys(names, LONG))


@pytest.fixture(params=["ru", "en"])
def t(request):
    return translator(request.param)


def test_every_sentence_fits_into_a_message_with_the_longest_names(catalogues, t):
    too_long = {code: units(told) for code, _, told in _spoken(catalogues, t) if units(told) > MESSAGE}
    assert too_long == {}


def test_what_is_shown_over_the_chat_fits_with_a_name_of_a_person(catalogues, t):
    """Telegram cuts nothing: it refuses a longer one, and the person sees no answer to a press."""
    told = {
        code: form.format(**{name: "Ж" * 24 for _, name, _, _ in Formatter().parse(form) if name})
        for code, form, _ in _spoken(catalogues, t)
        if code.startswith(OVER_THE_CHAT)
    }
    assert len(told) > 5
    assert {code: units(text) for code, text in told.items() if units(text) > NOTICE} == {}


def test_buttons_fit_on_a_phone(catalogues, t):
    """A name in a button is shortened by whoever makes it; the words around it are not."""
    buttons = {
        code: form
        for code, form, _ in _spoken(catalogues, t)
        if re.search(r"button|\.turn_|unasked\.(?:mute|pause|accept|unmute|morning)|\.bin\b", code)
        and not code.startswith(
            ("error.", "unasked.muted", "unasked.accepted", "unasked.unmuted", "unasked.paused")
        )
    }
    assert len(buttons) > 40
    bare = {code: re.sub(r"\{\w+\}", "", form) for code, form in buttons.items()}
    assert {code: len(form) for code, form in bare.items() if len(form) > LABEL_CHARS} == {}


def test_no_sentence_shows_what_only_the_code_reads(catalogues, t):
    raw = {
        code: (name, found.group())
        for code, form, _ in _spoken(catalogues, t)
        if code not in FIELDS_OF_FILES | TYPED
        for name, pattern in RAW.items()
        if (found := pattern.search(without_links(NAMES_SHOWN.sub("x", form))))
    }
    assert raw == {}


PLURALS = {
    "ru": {1: 0, 2: 1, 5: 2, 11: 2, 21: 0, 22: 1, 111: 2, 1000: 2},
    "en": {1: 0, 2: 1, 5: 1, 21: 1, 101: 1},
}


def test_plurals_are_told_by_the_form_of_their_number(catalogues, t):
    """Every number has the form that people say, in every sentence that counts."""
    wrong = []
    for code, sentence in catalogues[t.language].items():
        if sentence.is_plural:
            params = dict.fromkeys(sentence.names - {"n"}, "x")
            for n, place in PLURALS[t.language].items():
                wanted = sentence.forms[place].format(**params, n=t.number(n))
                if t.plural(code, n, **params) != wanted:
                    wrong.append((code, n))
    assert wrong == []


def test_forms_of_a_russian_plural_differ_where_words_stand_behind_the_number(catalogues):
    same = {
        code
        for code, sentence in catalogues["ru"].items()
        if sentence.is_plural and len(set(sentence.forms)) == 1
    }
    assert same == NEVER_DECLINED
