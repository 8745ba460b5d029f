"""What breaks: an answer of TGStat's that ends the program, or a number of it taken for what it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collection.tgstat import shapes
from bot.collection.tgstat.errors import TgstatError, error_of, error_of_status
from bot.collection.tgstat.reading import LONGEST_S, SHORTEST_S, USUAL_S, pause_s
from metrics.posts import AudienceReading
from storage.workspace.keys import Tariff

DOCUMENTED = {
    "viewsCount": 32_000,
    "sharesCount": 723,
    "commentsCount": 1,
    "reactionsCount": 7452,
    "forwards": [{"postId": "26", "postLink": "t.me/LEGION/72", "postDate": 1659673815, "channelId": 1}],
    "mentions": [],
    "views": [
        {"date": "2022-08-05 01:41", "viewsGrowth": 2000},
        {"date": "2022-08-05 00:41", "viewsGrowth": 30000},
    ],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["items", "link", "date", "views", "id", "channels", "media", "text", "period", "postLink"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


def test_a_post_is_told_with_who_forwards_it_and_its_views_by_the_hour():
    told = shapes.post_stat(DOCUMENTED, "57")
    assert (told.views, told.forwards, told.comments, told.reactions) == (32_000, 723, 1, 7452)
    [repost] = told.reposts
    assert (repost.kind, repost.external_id, repost.handle, repost.at) == (
        "forward",
        "57",
        "legion",
        1659673815,
    )
    midnight_in_moscow = 1659646800
    assert told.counts == [
        (midnight_in_moscow + 41 * 60, 30_000, 0),
        (midnight_in_moscow + 101 * 60, 32_000, 0),
    ]


def test_hours_that_do_not_add_up_to_the_count_are_left_aside():
    assert shapes.post_stat({**DOCUMENTED, "viewsCount": 50_000}, "57").counts == []


def test_pictures_of_one_album_are_one_post_and_deleted_posts_none():
    photo = {"media_type": "mediaPhoto"}
    items = [
        {"id": 90, "date": 100, "views": 5, "link": "t.me/news/9", "text": "", "media": photo},
        {"id": 80, "date": 100, "views": 7, "link": "https://t.me/news/8", "text": "Новость", "media": photo},
        {"id": 70, "date": 100, "views": 3, "link": "t.me/news/7", "is_deleted": 1, "text": "нет"},
        {"id": 60, "date": 90, "views": "11", "link": "t.me/c/123/6", "text": "один", "forwarded_from": 5},
        {"id": 50, "date": 80, "link": "t.me/news"},
    ]
    page = shapes.post_page({"items": items}, now=1000)
    assert [(post.external_id, post.format, post.views, post.is_forwarded) for post in page.posts] == [
        ("6", "text", 11, True),
        ("8", "album", 7, False),
    ]
    assert page.ids == {90: "8", 80: "8", 60: "6"}
    assert (page.oldest_at, page.size) == (80, 5)


def test_a_tariff_is_that_of_the_stat_api_and_a_key_without_one_is_refused():
    services = [
        {"serviceKey": "api_search_m", "title": "Search", "spentRequests": "1/2", "expiredAt": 9},
        {"serviceKey": "api_stat_l", "title": "Stat L", "spentChannels": "1989/2500", "spentRequests": "89152/400000", "expiredAt": 7},
    ]  # fmt: skip
    assert shapes.tariff(services) == Tariff("Stat L", 310_848, 400_000, 511, 7)
    with pytest.raises(TgstatError, match="not_in_tariff"):
        shapes.tariff(services[:1])


@given(JSON)
def test_any_json_is_read_or_refused_in_words_of_ours(answer):
    for read in (
        shapes.tariff,
        shapes.subscribers_by_day,
        lambda told: shapes.post_page(told, 1),
        lambda told: shapes.post_stat(told, "1"),
        lambda told: shapes.subscribers(told, 1),
        lambda told: shapes.references(told, "forward"),
    ):
        try:
            read(answer)
        except TgstatError as error:
            assert error.code in ("away", "not_in_tariff")


@pytest.mark.parametrize(
    ("said", "code", "wait_s"),
    [
        ("flood_control_60", "wait", 60),
        ("outdated_statistics", "wait", 900),
        ("quota_requests_reached", "spent", 0),
        ("quota_channel_reached", "no_more_channels", 0),
        ("token_invalid", "refused", 0),
        ("channel_not_found", "unknown_channel", 0),
        ("post_not_found", "unknown_post", 0),
        ("method is not available in your tariff", "not_in_tariff", 0),
        ("что-то ещё", "away", 0),
    ],
)
def test_what_tgstat_says_is_told_by_a_code_and_never_quoted(said, code, wait_s):
    error = error_of(said)
    assert (error.code, error.wait_s, str(error)) == (code, wait_s, code)
    assert error_of_status(403).code == "refused"
    assert error_of_status(502).code == "away"


def test_what_the_tariff_has_left_lasts_until_it_is_renewed():
    month = 30 * 86_400
    assert pause_s(Tariff(), 0, channels=1, cost=5) == USUAL_S
    assert pause_s(Tariff("S", 10**6, 10**6, 5, month), 0, channels=1, cost=5) == SHORTEST_S
    assert pause_s(Tariff("S", 1, 10, 5, month), 0, channels=9, cost=5) == LONGEST_S
    pause = pause_s(Tariff("S", 1000, 1000, 5, month), 0, channels=2, cost=5)
    assert 2 * 5 * month / pause <= 1000


def test_documented_dynamics_are_readings_the_oldest_first():
    rows = [
        {"period": "2020-03-11 10:00", "participants_count": 1518},
        {"period": "2020-03-11 09:00", "participants_count": 1407},
    ]
    assert shapes.subscribers_by_day(rows) == [
        AudienceReading(1583906400, 1407, 0),
        AudienceReading(1583910000, 1518, 0),
    ]
