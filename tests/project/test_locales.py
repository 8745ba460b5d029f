"""The two languages say the same: equal codes, equal parameters, every form of every plural, HTML that Telegram takes."""

import re
from html.parser import HTMLParser

from bot.core.locales import LANGUAGES, translator

PLURAL_FORMS = {"ru": 3, "en": 2}
TELEGRAM_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


def test_every_language_has_the_same_files(root):
    files = {
        language: {path.name for path in (root / "bot/core/locales" / language).glob("*.po")}
        for language in LANGUAGES
    }
    assert files["ru"] == files["en"]


def test_every_code_stands_in_every_language(catalogues):
    assert set(catalogues) == set(LANGUAGES)
    assert set(catalogues["ru"]) ^ set(catalogues["en"]) == set()


def test_a_sentence_takes_the_same_parameters_in_every_language(catalogues):
    english = catalogues["en"]
    different = {
        code: (sentence.names, english[code].names)
        for code, sentence in catalogues["ru"].items()
        if code in english
        and (sentence.names, sentence.is_plural) != (english[code].names, english[code].is_plural)
    }
    assert different == {}


def test_a_code_is_written_once(root):
    """The later of two would silently win."""
    for language in LANGUAGES:
        text = "".join(
            path.read_text("utf-8") for path in (root / "bot/core/locales" / language).glob("*.po")
        )
        codes = re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)
        assert sorted(code for code in set(codes) if codes.count(code) > 1) == []


def test_nothing_is_left_unsaid(catalogues):
    for language, sentences in catalogues.items():
        wrong = [
            code
            for code, sentence in sentences.items()
            if not all(sentence.forms)
            or (sentence.is_plural and len(sentence.forms) != PLURAL_FORMS[language])
        ]
        assert wrong == [], language


def test_plurals_know_their_number_in_every_form(catalogues):
    for language, sentences in catalogues.items():
        t = translator(language)
        for code, sentence in sentences.items():
            if sentence.is_plural:
                params = dict.fromkeys(sentence.names - {"n"}, "x")
                assert all(t.plural(code, n, **params) for n in (0, 1, 2, 5, 11, 21, 1000)), code


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag not in TELEGRAM_TAGS:
            self.wrong.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}")


def test_every_sentence_is_html_that_telegram_takes(catalogues):
    refused = {}
    for language, sentences in catalogues.items():
        for code, sentence in sentences.items():
            for form in sentence.forms:
                tags = _Tags()
                tags.feed(form)
                tags.close()
                if tags.wrong or tags.open:
                    refused[f"{language} {code}"] = tags.wrong + tags.open
    assert refused == {}
