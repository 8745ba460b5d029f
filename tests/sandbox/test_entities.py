"""HTML parse mode: what becomes text and entities, and the words of every refusal."""

import pytest
from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.content import find_entities
from bot.sandbox.entities import parse_html
from bot.sandbox.limits import ApiError, utf16_length

REFUSED = [
    ("😀 ы<x>", 'Unsupported start tag "x" at byte offset 7'),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ("ER<5", "Unclosed start tag at byte offset 2"),
    ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href='x>x</a>", "Unclosed start tag at byte offset 0"),
    ("<a href=x,y>x</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("html", "refusal"), REFUSED)
def test_bad_markup_is_refused_in_telegrams_words(html, refusal):
    with pytest.raises(ApiError) as caught:
        parse_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {refusal}"


def test_a_link_to_a_person_mentions_them():
    _, [entity] = parse_html('<a href="tg://user?id=42">Ann</a>')
    assert entity["type"] == "text_mention"
    assert (entity["user"]["id"], entity["user"]["first_name"]) == (42, "Ann")


def test_every_tag_becomes_its_entity():
    text, entities = parse_html(
        "<b>b</b><i>i</i><u>u</u><s>s</s><tg-spoiler>h</tg-spoiler><code>c</code>"
        '<pre><code class="language-py">p</code></pre><a href="https://t.me/x?a=1&amp;b=2">l</a>'
        "<blockquote>q</blockquote><blockquote expandable>e</blockquote>"
        '<tg-time unix="5">t</tg-time>'
    )
    assert text == "biushcplqet"
    assert [entity["type"] for entity in entities] == [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
        "date_time",
    ]
    assert entities[6]["language"] == "py"
    assert entities[7]["url"] == "https://t.me/x?a=1&b=2"


def test_offsets_count_utf16_units_and_outer_comes_first():
    text, entities = parse_html("😀<b>a<i>😀</i></b>")
    assert text == "😀a😀"
    assert entities == [
        {"type": "bold", "offset": 2, "length": 3},
        {"type": "italic", "offset": 3, "length": 2},
    ]


def test_only_four_names_and_numbers_are_references():
    assert parse_html("&lt;&#65;&#x42;&laquo;&amp;lt;& &quot;") == ('<AB&laquo;&lt;& "', [])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_quoted_text_comes_back_as_it_was(words):
    assert parse_html(html_decoration.quote(words)) == (words, [])


@given(st.text(alphabet="aы😀<>&\"'=/ b", max_size=40))
def test_anything_is_parsed_or_refused(html):
    try:
        text, entities = parse_html(html)
    except ApiError as error:
        assert error.code == 400
    else:
        assert all(0 < entity["length"] <= utf16_length(text) - entity["offset"] for entity in entities)


def test_what_aiogram_marks_up_comes_back_as_the_same_entities():
    text = "Отклик 😀 за неделю"
    entities = [
        MessageEntity(type="bold", offset=0, length=9),
        MessageEntity(type="italic", offset=13, length=6),
    ]
    html = html_decoration.unparse(text, entities)
    assert parse_html(html) == (text, [entity.model_dump(exclude_none=True) for entity in entities])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/er 7d", ["/er"]),
        ("a/er", []),
        ("1/2/er", []),
        ("mail a.b@example.org now", ["a.b@example.org"]),
        ("#1 #a1 a#b", ["#a1"]),
        ("$USD $usd", ["$USD"]),
        ("см. https://example.org/a_b?c=d.", ["https://example.org/a_b?c=d"]),
    ],
)
def test_what_telegram_finds_by_itself(text, found):
    entities = find_entities(text, [])
    assert [text[one["offset"] : one["offset"] + one["length"]] for one in entities] == found


def test_nothing_is_found_inside_code():
    text, written = parse_html("<code>/er</code> /er")
    assert [(one["type"], one["offset"]) for one in find_entities(text, written)] == [
        ("code", 0),
        ("bot_command", 4),
    ]
