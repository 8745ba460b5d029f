"""What breaks: a title that turns the sentence around it, or is not seen at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.locales import LANGUAGES, translator
from storage.controls import as_name, without_controls
from storage.files.tables.texts import read_text
from storage.workspace import channels, workspaces
from tests.storage.places import NOW

RLO = "\u202e"
ODD = f"{RLO}gnp.txe\x00\x07\u2066\u200f"


@given(st.text())
def test_no_control_is_left_and_nothing_else_is_lost(text):
    left = without_controls(text)
    bidi = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}
    assert not any(unicodedata.bidirectional(one) in bidi for one in left)
    assert not any(unicodedata.category(one) == "Cc" and one not in "\n\t" for one in left)
    visible = [one for one in text if unicodedata.category(one)[0] in "LNPSM"]
    assert [one for one in left if unicodedata.category(one)[0] in "LNPSM"] == visible


@pytest.mark.parametrize(
    "text", ["👨\u200d👩\u200d👧", "می\u200cخواهم", "Кофе и код", "🏴\U000e0067\U000e0062\U000e007f"]
)
def test_what_is_written_with_joiners_stays(text):
    assert as_name(text) == text


@pytest.mark.parametrize("text", [RLO, "\u200b\u200b", " \n", "\x00"])
def test_a_name_that_can_not_be_seen_is_a_dash(text):
    assert as_name(text) == "—"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_turned_around_by_what_is_put_into_it(language):
    t = translator(language)
    for text in (t("channels.granted", title=ODD), t.plain("uploads.reading", name=ODD)):
        assert "gnp.txe" in text
        assert without_controls(text) == text


async def test_titles_are_kept_without_controls_and_found_with_them(conn):
    place = await workspaces.ensure(
        conn, chat_id=1, kind="private", title=None, language="ru", zone="UTC", now=NOW
    )
    added = await channels.add(conn, place.id, platform="telegram", title=f"Ко{RLO}фе\nи код", now=NOW)
    assert added.title == "Кофе и код"
    assert await channels.find(conn, place.id, title=f"{RLO}Кофе и код") == added
    await channels.rename(conn, place.id, added.id, f"Чай{RLO}")
    renamed = await channels.get(conn, place.id, added.id)
    assert renamed is not None
    assert renamed.title == "Чай"
    assert read_text(f"{RLO}Новость\nдальше").title == "Новость"
