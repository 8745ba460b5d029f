"""VK, Meta, YouTube, TikTok, X, LinkedIn, scrapers: one small file after each real one, its trap in the name."""

import pytest


def test_vk_wall_missing_views_are_unknown_and_the_pinned_post_comes_once(read):
    def item(number, **fields):
        return {
            "id": number,
            "owner_id": -5,
            "date": 1735725600 + number,
            "text": "",
            "likes": {"count": 3},
            "comments": {"count": 0},
            "reposts": {"count": 1},
            **fields,
        }

    pages = [
        {"count": 3, "items": [item(3, is_pinned=1, views={"count": 9}), item(2)]},
        {"count": 3, "items": [item(3, views={"count": 9}), item(1, marked_as_ads=1, copy_history=[{}])]},
    ]
    upload = read(("wall.json", pages))
    assert upload.only.posts == 3
    assert upload.only.totals == {"views": 9, "reactions": 9, "comments": 0, "forwards": 3}
    assert upload.posts[0].is_ad
    assert upload.posts[0].is_forwarded
    assert upload.only.channel.external_id == "5"


INSTAGRAM = "Post ID,Account ID,Account username,Account name,Description,Publish time,Permalink,Post type,Date,Views,Reach,Likes,Shares,Comments,Saves,Follows\n"


def test_meta_instagram_months_come_first_and_date_holds_a_word(read):
    upload = read(
        (
            "Mar-01.csv",
            "\ufeff"
            + INSTAGRAM
            + '18,17,name,Имя,"раз\n\nдва",03/04/2025 07:13,https://l,IG reel,Lifetime,100,80,5,1,0,2,9\n',
        )
    )
    assert upload.format == "meta_instagram"
    assert upload.only.first == 1_741_072_380
    assert upload.posts[0].format == "reel"
    assert upload.only.totals == {
        "views": 100,
        "reach": 80,
        "reactions": 5,
        "comments": 0,
        "forwards": 1,
        "saves": 2,
    }


def test_meta_facebook_sum_column_and_funded_posts(read):
    header = 'Post ID,Page ID,Page name,Title,Description,Publish time,Permalink,Post type,Funded content status,Date,Views,Reach,"Reactions, Comments and Shares",Reactions,Comments,Shares,Total clicks\n'
    upload = read(
        (
            "fb.csv",
            header
            + "1,2,Стр,T,,02/16/2025 05:14,https://l,Photos,,Lifetime,40,15,3,2,1,0,7\n2,2,Стр,T,,02/17/2025 05:14,https://l,Reels,Active,Lifetime,40,15,3,2,1\n",
        )
    )
    assert upload.only.totals["interactions_sum"] == 6
    assert [post.is_ad for post in upload.posts] == [False, True]
    assert upload.posts[1].forwards is None


def test_meta_overview_in_utf16_with_two_blocks_is_days_not_posts(read):
    text = 'sep=,\r\n"Facebook reach"\r\n"Date","Primary"\r\n"2025-01-01T01:00:00","5"\r\n"2025-01-02T00:00:00","6"\r\n\r\n"Instagram reach"\r\n"Date","Primary"\r\n"2025-01-01T01:00:00","7"\r\n'
    upload = read(("Reach.csv", text.encode("utf-16")))
    assert upload.only.posts == 0
    assert [warning.params["total"] for warning in upload.understood.warnings if warning.params] == [11, 7]


YOUTUBE = {
    "en": "Content,Video title,Video publish time,Duration,Views,Subscribers,Impressions,Likes\nTotal,,,,30,5,1000,3\n",
    "ru": 'Контент,Название видео,Время публикации видео,Продолжительность,Просмотры,Подписчики,Показы,"Отметки ""Нравится"""\nИтоговое значение,,,,30,5,1000,3\n',
    "pt": "Conteúdo,Título do vídeo,Horário de publicação do vídeo,Duração,Visualizações,Inscritos,Impressões,Likes\nTotal,,,,30,5,1000,3\n",
    "de": "Vi\u00addeo,Vi\u00addeo\u00adti\u00adtel,Ver\u00adöf\u00adfent\u00adli\u00adchungs\u00adzeit\u00adpunkt des Vi\u00adde\u00ados,Dauer,Auf\u00adru\u00adfe,Abon\u00adnen\u00adten,Im\u00adpres\u00adsio\u00adnen,Likes\nGe\u00adsamt,,,,30,5,1000,3\n",
}


@pytest.mark.parametrize("language", YOUTUBE)
def test_youtube_total_row_goes_and_subscribers_are_a_net_change(read, language):
    rows = 'abc,Раз,"Sep 30, 2023",394,10,2,900,1\nxyz,Скрытое,,10,20,3,100,2\nTop 500\n'
    upload = read(("Table data.csv", YOUTUBE[language] + rows))
    assert upload.format == "youtube_videos"
    assert upload.only.totals == {"views": 30, "reactions": 3}
    assert upload.only.fields == {"views": 2, "reactions": 2}
    assert upload.warned["undated"] == {"count": 1}
    assert upload.skipped == {"total": 1, "note": 1}


def test_youtube_zip_of_three_is_one_import(read):
    three = {
        "Table data.csv": YOUTUBE["en"] + 'abc,Раз,"Sep 30, 2023",394,10,2,900,1\n',
        "Chart data.csv": 'Date,Content,Video title,Video publish time,Duration,Views\n2023-10-01,abc,Раз,"Sep 30, 2023",394,10\n',
        "Totals.csv": "Date,Views\n2023-10-01,10\n",
    }
    upload = read(("Content.zip", ("zip", three)))
    assert upload.only.posts == 1
    assert upload.only.channel.platform == "youtube"


def test_youtube_by_geography_is_refused(refusal):
    assert (
        refusal("Table data.csv", "Geography,Views,Watch time (hours)\nTotal,30,1\nUS,20,1\nIN,10,1\n")
        == "file.geography"
    )


def test_tiktok_day_after_year_and_handle_from_links(read):
    text = "\ufeffVideo title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites\nРаз #плевен,https://www.tiktok.com/@a.b/video/75,2025/10/31 18:19:10,172353,1774,42,413,180\n"
    upload = read(("Content.csv", text))
    assert upload.only.channel.handle == "a.b"
    assert upload.posts[0].external_id == "75"
    assert upload.only.totals == {
        "views": 172_353,
        "reactions": 1_774,
        "comments": 42,
        "forwards": 413,
        "saves": 180,
    }


X_HEADERS = [
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts\n",
    "ポストID,日付,ポスト本文,ポストのリンク,インプレッション数,いいね,エンゲージメント,ブックマーク,共有された回数\\,新しいフォロー,返信,リポスト\n",
]


@pytest.mark.parametrize("header", X_HEADERS)
def test_x_replies_are_posts_and_shares_are_no_reposts(read, header):
    rows = '20,"Sat, Aug 15, 2026",@you yes,https://x.com/me/status/20,44,1,3,2,9,0,4,5\n21,"Fri, Aug 14, 2026",Сам,https://x.com/me/status/21,10,0,0,0,0,0,0,0\n'
    upload = read(("account_analytics.csv", header + rows))
    assert [post.format for post in upload.posts] == ["text", "reply"]
    assert upload.only.totals == {"views": 54, "reactions": 1, "comments": 4, "forwards": 5, "saves": 2}
    assert upload.only.channel.handle == "me"


def test_x_of_2022_has_floats_and_dashes(read):
    text = "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,engagement rate,retweets,replies,likes,promoted impressions\n5,https://twitter.com/me/status/5,раз,2022-02-28 17:39 +0000,376.0,9.0,0.02,1.0,2.0,3.0,-\n"
    assert read(("tweets.csv", text)).only.totals == {
        "views": 376,
        "reactions": 3,
        "comments": 2,
        "forwards": 1,
    }


def test_linkedin_note_row_above_the_header(read):
    text = "All posts from the last year\nPost title,Post link,Created date,Impressions,Clicks,Likes,Comments,Reposts,Engagement rate\nРаз,https://www.linkedin.com/feed/update/urn:li:activity:7,02/13/2025,100,5,7,1,2,0.15\n"
    upload = read(("posts.csv", text))
    assert upload.format == "linkedin_posts"
    assert upload.only.totals == {"views": 100, "reactions": 7, "comments": 1, "forwards": 2, "clicks": 5}


def test_subscribers_over_time_add_an_audience_only(read):
    upload = read(
        ("subs.csv", "timestamp,subscriber_count\n2025-01-01 10:00:00,100\n2025-01-02 10:00:00,110\n")
    )
    assert [row.subscribers for row in upload.audience] == [100, 110]
    assert upload.only.subscribers == 110


def test_readings_over_time_keep_every_reading(read):
    rows = "".join(f"{post},2025-01-0{day} 10:00:00,{day * 10}\n" for post in (1, 2) for day in range(1, 6))
    upload = read(("views.csv", "post_id,timestamp,views\n" + rows))
    assert upload.only.posts == 2
    assert upload.only.totals == {"views": 100}
    assert "published_by_first_reading" in upload.warned


HANDS = [
    ("Пост", "Опубликован", "Замер", "https://t.me/kofe/{}"),
    ("message_id", "posted", "checked", "{}"),
    ("Ссылка", "Дата", "Проверено в", "https://t.me/kofe/{}"),
    ("Текст", "Дата поста", "Дата замера", "Как варить кофе {}"),
]


@pytest.mark.parametrize(("post", "published", "moment", "name"), HANDS)
def test_a_post_read_again_is_one_post_whatever_the_dates_are_called(read, post, published, moment, name):
    rows = "".join(
        f"{name.format(n)},{n:02}.09.2026 10:00,{n:02}.09.2026 {10 + hours}:00,{100 * n + hours},{hours}\n"
        for n in range(1, 7) for hours in (1, 3, 8)
    )  # fmt: skip
    upload = read(("views.csv", f"{post},{published},{moment},Views,Likes\n{rows}"))
    assert (upload.format, upload.only.posts) == ("readings_over_time", 6)
    assert upload.only.totals == {"views": 2_148, "reactions": 48}
    assert {row.observed_at - row.published_at for row in upload.posts} == {28_800}


def test_views_of_single_days_are_never_taken_for_the_total_of_a_post(refusal):
    rows = "".join(f"{n},0{n}.09.2026,1{day}.09.2026,{90 - 30 * day}\n" for n in (1, 2) for day in range(3))
    assert refusal("v.csv", f"message_id,posted,day,views\n{rows}") == "file.posts_by_day"


@pytest.mark.parametrize("times", [2, 3, 5])
def test_a_post_that_stands_in_a_table_several_times_is_counted_once(read, times):
    rows = "".join(f"https://t.me/kofe/{n},0{n}.09.2026 10:00,{n}00\n" * times for n in range(1, 7))
    upload = read(("v.csv", f"Ссылка,Дата,Просмотры\n{rows}"))
    assert (upload.only.posts, upload.only.totals["views"]) == (6, 2_100)
    assert upload.skipped == {"duplicate": 6 * (times - 1)}
    assert "albums_apart" not in upload.warned


def test_scrapers_json_with_reaction_dictionaries_and_no_index_column(read):
    rows = [
        {
            "id": n,
            "date": f"2025-07-1{n} 08:58:56+00:00",
            "text": "раз",
            "views": 10,
            "reactions": {"👍": 2, "🔥": 1},
            "has_media": True,
        }
        for n in range(3)
    ]
    assert read(("dump.json", {"posts": rows})).only.totals == {"views": 30, "reactions": 9}


def test_channel_list_and_planning_sheet_are_refused(refusal):
    assert (
        refusal("a.csv", "Название,Ссылка,Подписчики\nРаз,https://t.me/a,5\nДва,https://t.me/b,7\n")
        == "file.channel_list"
    )
    assert (
        refusal(
            "a.csv",
            "Название,Ссылка,Начальная дата (включительно),Конечная дата\nРаз,https://t.me/a,2024-09-01,2024-10-01\n",
        )
        == "file.planning_sheet"
    )


def test_facebooks_research_table_has_no_dates(refusal):
    assert (
        refusal(
            "fb.csv",
            "Type;Category;Post Month;Lifetime Post Total Reach;comment;like;share\nPhoto;2;12;2752;4;79;17\n",
        )
        == "file.posts_without_dates"
    )


def test_overlapping_files_are_one_history(read):
    header = "message_id,channel,date,views\n"
    upload = read(
        ("a.csv", header + "1,@c,2025-01-01,5\n2,@c,2025-01-02,5\n"),
        ("b.csv", header + "2,@c,2025-01-02,9\n3,@c,2025-01-03,1\n"),
    )
    assert [post.views for post in upload.posts] == [5, 9, 1]
