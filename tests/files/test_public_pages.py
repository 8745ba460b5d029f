"""What breaks: a counter read wrong from a public page, a group taken for a channel, a word of a post that is kept."""

import pytest

from bot.sandbox.chats import Chat
from bot.sandbox.public import markup
from bot.sandbox.public.content import PagePost
from metrics.errors import DomainError
from storage.files.public_pages import MAX_TAGS, read_landing, read_preview

NOW = 1_790_000_000
DAY = 86_400


@pytest.fixture
def chat():
    return Chat(-1001000000001, "channel", "Кофе & код", "coffee_code", subscribers=505_912)


def page_of(chat, *posts, older=None, now=NOW) -> bytes:
    return markup.preview(chat, posts, older=older, now=now).encode()


def test_counters_of_today_are_rounded_and_their_steps_kept(chat):
    reactions = {"5420": 23_449, "❤": 61, "paid": 2_494}
    seen = read_preview(
        page_of(chat, PagePost(7, NOW - DAY, "Слова #тег", 8_671_234, reactions), older=7), NOW
    )
    (post,) = seen.posts
    assert (post.views, post.reactions, post.stars) == (8_670_000, 23_461, 2_400)
    assert post.steps == "views:10000 reactions:100 stars:100"
    assert seen.subscribers == (NOW, 505_900, 100)
    assert (seen.title, seen.handle, seen.external_id, seen.older) == (
        "Кофе & код",
        "coffee_code",
        "1000000001",
        7,
    )


def test_reactions_that_can_not_be_read_are_unknown_and_not_none(chat):
    """Of the first post one kind of two is read, of the second none; the third has none, after others had some."""
    posts = [
        PagePost(1, NOW - 3 * DAY, "а", 100, {"👍": 12, "🔥": 777}),
        PagePost(2, NOW - 2 * DAY, "б", 100, {"👍": 777}),
        PagePost(3, NOW - DAY, "в", 100),
    ]
    seen = read_preview(page_of(chat, *posts).replace(b"777", b"lots"), NOW)
    assert [post.reactions for post in seen.posts] == [12, None, 0]


def test_nothing_that_people_wrote_is_handed_on(chat):
    (post,) = read_preview(page_of(chat, PagePost(7, NOW - DAY, "Секрет #тайна\nвторая строка")), NOW).posts
    assert "екрет" not in repr(post)
    assert "тайна" not in repr(post)
    assert post.text_length == 27


def test_the_markup_of_2021_says_members_and_has_no_reactions(chat):
    chat.page.is_old = True
    seen = read_preview(page_of(chat, PagePost(1, NOW - DAY, "а", 201, {"👍": 5})), NOW)
    assert seen.subscribers.subscribers == 505_900
    assert (seen.posts[0].views, seen.posts[0].reactions) == (201, None)


def test_albums_are_one_post_services_none_and_hidden_views_unknown(chat):
    seen = read_preview(
        page_of(
            chat,
            PagePost(1, NOW - DAY, is_service=True, text="Channel created"),
            PagePost(2, NOW - DAY, photos=3, views=None),
            PagePost(5, NOW - DAY, "Реклама. ООО «Ромашка»", 10, forwarded_from="Сосед"),
        ),
        NOW,
    )
    assert [(post.external_id, post.format, post.views) for post in seen.posts] == [
        ("2", "album", None),
        ("5", "text", 10),
    ]
    assert (seen.posts[1].is_ad, seen.posts[1].is_forwarded) == (True, True)


@pytest.mark.parametrize(("made", "dated"), [(NOW - 60, NOW - 60), (NOW - DAY, NOW), (NOW + DAY, NOW)])
def test_a_reading_is_dated_by_the_page_unless_it_says_something_unlikely(chat, made, dated):
    (post,) = read_preview(page_of(chat, PagePost(1, NOW - 9 * DAY), now=made), NOW).posts
    assert (post.observed_at, post.observed_exact) == (dated, True)


def test_a_post_whose_number_is_no_number_is_left_out(chat):
    data = page_of(chat, PagePost(1, NOW - DAY), PagePost(2, NOW - DAY)).replace(
        b'coffee_code/1"', b'coffee_code/1;drop"'
    )
    assert [post.external_id for post in read_preview(data, NOW).posts] == ["2"]


@pytest.mark.parametrize(
    ("title", "extra", "has_preview", "kind", "subscribers"),
    [
        ("Павел", "11 286 994 subscribers", True, "channel", 11_286_994),
        ("Павел", "1\u00a0474\u202f933 members", True, "channel", 1_474_933),
        ("Без ленты", "1 subscriber", False, "channel", 1),
        ("Python", "97 957 members, 4 138 online", False, "group", 97_957),
        ("Тихая", "12 members", False, "group", 12),
        ("BotFather", "8 122 955 monthly users", False, "bot", None),
        ("Старый бот", "@some_old_bot", False, "bot", None),
        ("Николай", "@nikolai", False, "person", None),
        (None, "", False, "nobody", None),
    ],
)
def test_a_landing_page_says_whose_the_name_is(title, extra, has_preview, kind, subscribers):
    seen = read_landing(markup.landing(title, extra, name="some_name", has_preview=has_preview).encode())
    assert (seen.kind, seen.title, seen.subscribers) == (kind, title, subscribers)


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * (MAX_TAGS + 1),
        b'<div class="tgme_channel_info">' + b'<i class="tgme_widget_message" data-post="a/1">' * 500,
    ],
    ids=["nested", "crowded"],
)
def test_a_page_that_only_costs_is_refused(data):
    with pytest.raises(DomainError, match=r"page\.unreadable"):
        read_preview(data, NOW)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"{}", b"<html></html>", b'<i class="tgme_channel_info">']
)
def test_what_is_no_preview_is_none(data):
    assert read_preview(data, NOW) is None


def test_a_landing_page_of_something_else_is_refused():
    with pytest.raises(DomainError, match=r"page\.unreadable"):
        read_landing(b"<html>a captive portal</html>")
