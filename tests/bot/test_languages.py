"""What breaks: a reader of Russian who is greeted in English, or the other way round."""

import pytest

from bot.core.languages import first_language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ru", "ru"),
        ("RU", "ru"),
        ("uk", "ru"),
        ("kk", "ru"),
        ("be-BY", "ru"),
        ("en-GB", "en"),
        ("de", "en"),
        ("zh-hans", "en"),
    ],
)
def test_the_client_decides(code, language):
    assert first_language(code, "ru") == first_language(code, "en") == language


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_client_that_names_none_gets_the_default(nothing):
    assert (first_language(nothing, "ru"), first_language(nothing, "en")) == ("ru", "en")
