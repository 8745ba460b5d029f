"""Words that services and people put into titles, names and dates, each in the manner of its place."""

import json
from datetime import UTC, datetime

import pytest

from storage.files.tables.columns import meaning_of
from storage.files.tables.title_words import aside_of, read_title
from storage.files.tables.two_row_headers import network_of


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("Реп.", "forwards"),
        ("„Mag ich“-Bewertungen", "reactions"),
        ("„Mag ich nicht“-Bewertungen", None),
        ("Виральный охват", None),
        ("Viral reach", None),
        ("Охват", "reach"),
    ],
)
def test_a_part_of_a_counter_is_not_the_whole(title, meaning):
    assert meaning_of(title) == meaning


def test_virality_stays_a_share():
    assert (aside_of("Виральность"), read_title("Виральность").meaning) == ("share", None)


@pytest.mark.parametrize(
    ("word", "network"),
    [
        ("FACEBOOK_PAGE", "facebook"),
        ("INSTAGRAM_BUSINESS", "instagram"),
        ("LinkedIn Company Page", "linkedin"),
        ("Facebook Group", "facebook"),
        ("YouTube profile", "youtube"),
        ("Landing page", None),
        ("page", None),
    ],
)
def test_an_account_is_of_its_network(word, network):
    assert network_of(word) == network


@pytest.mark.parametrize(
    "written",
    [
        "12 қараша 2026",
        "12 қараша 2026 ж.",
        "2026 ж. 12 қараша",
        "2026 жылғы 12 қараша",
        "12 noyabr 2026",
        "2026-yil 12-noyabr",
    ],
)
def test_a_date_may_have_its_year_before_it_in_words(read, written):
    rows = f"Дата;Пост;Просмотры\n{written};О чём пост;900\n{written.replace('12', '14')};Ещё один пост;700"
    moments = [datetime.fromtimestamp(post.published_at, UTC) for post in read(("posts.csv", rows)).posts]
    assert sorted(f"{moment:%Y-%m-%d}" for moment in moments) == ["2026-11-12", "2026-11-14"]


@pytest.mark.parametrize(
    "written", ["12 nov. 2026 à 09h17", "12 novembre 2026 à 9h17", "12/11/2026 09h17", "12.11.2026 9h17"]
)
def test_an_hour_may_have_its_letter_in_the_middle(read, written):
    rows = f"Date;Publication;Vues\n{written};Un café;900\n{written.replace('12', '14', 1)};Deux cafés;700"
    moments = [datetime.fromtimestamp(post.published_at, UTC) for post in read(("posts.csv", rows)).posts]
    assert sorted(f"{moment:%m-%d %H:%M}" for moment in moments) == ["11-12 09:17", "11-14 09:17"]


POSTS = [(day, 40 + day, 3 + day, 500 + day) for day in range(1, 9)]


def test_figures_that_the_graph_api_names_are_read(read):
    items = [
        {"id": f"1790{day}", "caption": f"Пост {day}", "timestamp": f"2026-11-{day:02}T10:00:00+0000", "like_count": likes, "comments_count": comments,
         "insights": {"data": [{"name": "reach", "period": "lifetime", "values": [{"value": reach}], "title": "Reach"},
                               {"name": "saved", "period": "lifetime", "values": [{"value": 2}]}]}}
        for day, likes, comments, reach in POSTS
    ]  # fmt: skip
    posts = read(("media.json", json.dumps({"data": items, "paging": {}}))).posts
    assert sorted((post.reactions, post.comments, post.reach, post.saves) for post in posts) == [
        (likes, comments, reach, 2) for _, likes, comments, reach in POSTS
    ]


def test_counts_of_a_summary_are_read(read):
    items = [
        {"id": f"1_{day}", "created_time": f"2026-11-{day:02}T10:00:00+0000", "message": f"Пост {day}", "shares": {"count": 1},
         "reactions": {"data": [], "summary": {"total_count": likes, "viewer_reaction": "NONE"}},
         "comments": {"data": [{"id": "5", "message": "ок"}], "summary": {"total_count": comments, "order": "ranked"}}}
        for day, likes, comments, _ in POSTS
    ]  # fmt: skip
    posts = read(("posts.json", json.dumps({"data": items}))).posts
    assert sorted((post.reactions, post.comments, post.forwards) for post in posts) == [
        (likes, comments, 1) for _, likes, comments, _ in POSTS
    ]


@pytest.mark.parametrize(
    ("days", "posts"),
    [
        ("Tarih;Gösterimler (organik);Tepkiler (organik)", "Gönderi başlığı;Gönderi bağlantısı;Oluşturulma tarihi;Gösterimler;Beğeniler"),
        ("Fecha;Impresiones (orgánicas);Reacciones (orgánicas)", "Título de la publicación;Enlace de la publicación;Fecha de creación;Impresiones;Recomendaciones"),
    ],
    ids=["tr", "es"],
)  # fmt: skip
def test_posts_keep_the_network_of_their_addresses_beside_totals_by_day(read, days, posts):
    totals = "\n".join([days, *(f"11/{day:02}/2026;{100 + day};3" for day in range(1, 28))])
    link = "https://www.linkedin.com/feed/update/urn:li:activity:72"
    rows = "\n".join(
        [
            posts,
            *(
                f"О чём пост {day};{link}{day:05};11/{day + 12:02}/2026;{reach};{likes}"
                for day, likes, _, reach in POSTS
            ),
        ]
    )
    result = read(("metrics.csv", totals), ("posts.csv", rows))
    assert (result.only.channel.platform, sum(post.reactions for post in result.posts)) == (
        "linkedin",
        sum(post[1] for post in POSTS),
    )


def test_letters_of_a_mailing_are_no_posts(refusal):
    rows = "Название рассылки;Дата отправки;Доставлено;Открытия;Клики;Отписки\n" + "\n".join(
        f"Письмо {day};{day:02}.11.2026;3900;{reach};{likes};1" for day, likes, _, reach in POSTS
    )
    assert refusal("letters.csv", rows) == "file.mailing"
