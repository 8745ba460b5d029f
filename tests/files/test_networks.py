"""YouTube, TikTok, X and LinkedIn: the exports of other years and languages, each with its trap."""

import io

import pytest
import xlsxwriter

RUSSIAN = 'Контент,Название видео,Время публикации видео,Заинтересованные просмотры,Новые зрители,Постоянные зрители,Случайные зрители,Постоянные зрители,Новые подписчики,"Отметки ""Нравится""","Отметки ""Не нравится""",Поделились,"Процент отметок ""Нравится"" (%)",Новые комментарии,Просмотры,Подписчики,Показы\nИтоговое значение,,,10,1,2,3,4,6,70,8,9,90.5,10,40328,13,5000\nabc,Раз,"Apr 16, 2026",10,1,2,3,4,6,7,1,9,90.5,10,200,13,5000\n'


def test_youtube_russian_counts_views_and_none_of_the_viewers(read):
    upload = read(("Данные из таблицы.csv", RUSSIAN))
    assert upload.only.totals == {"views": 200, "reactions": 7, "dislikes": 1, "comments": 10, "forwards": 9}


def test_youtube_chart_is_dated_by_its_days_not_by_publish_times(read):
    text = 'Date,Content,Video title,Video publish time,Views\n2023-10-01,abc,Раз,"Sep 30, 2020",10\n2023-10-02,abc,Раз,"Sep 30, 2020",5\n'
    upload = read(("Chart data.csv", text))
    assert (upload.format, upload.only.first) == ("youtube_daily", 1_696_118_400)
    assert upload.warned["daily_series"]["days"] == 2


def test_youtube_totals_start_years_before_the_first_video(read):
    days = "".join(f"2007-01-{day:02d},{0 if day < 30 else 5}\n" for day in range(1, 31))
    upload = read(("Totals.csv", "Date,Views\n" + days))
    assert (upload.format, upload.only.posts) == ("youtube_daily", 0)


def test_youtube_totals_of_subscribers_are_a_net_change_and_no_audience(read):
    for gains in ((5, -2, 1), (0, 2, 0)):
        rows = "".join(f"2021-01-0{day},{gain}\n" for day, gain in enumerate(gains, 1))
        upload = read(("Totals.csv", "Date,Subscribers\n" + rows))
        assert (upload.format, upload.audience) == ("youtube_daily", [])


@pytest.mark.parametrize(
    "first",
    ["Viewer age", "Traffic source", "Источник трафика", "Возраст зрителя", "Playlist", "Tipo de conteúdo"],
)
def test_youtube_by_anything_but_video_is_refused(refusal, first):
    assert (
        refusal("Table data.csv", f"{first},Views,Watch time (hours)\nTotal,100,5\nA,60,3\nB,40,2\n")
        == "file.breakdown"
    )


def test_tiktok_overview_has_nan_and_a_blank_after_a_title(read):
    header = "\ufeffDate,Video views,Reached audience,Profile views,Likes,Shares,Comments,Phone number clicks ,Leads submission,Net growth,New followers,Lost followers\n"
    upload = read(
        (
            "Overview.csv",
            header + "2025/10/31,100,NAN,5,6,7,8,0,0,1,2,1\n2025/11/01,200,50,5,6,7,8,0,0,1,2,1\n",
        )
    )
    assert (upload.format, upload.audience) == ("tiktok_daily", [])
    assert upload.understood.warnings[0].params == {"metric": "views", "days": 2, "total": 300}


def test_tiktok_followers_are_an_audience_beside_dashes(read):
    text = "\ufeffDate,New followers,Total followers,Reached audience,Engaged audience\n2025/10/31,5,100,--,--\n2025/11/01,5,105,50,7\n"
    assert [row.subscribers for row in read(("Followers.csv", text)).audience] == [100, 105]


@pytest.mark.parametrize(
    "text",
    [
        '"Date","Tweets published","impressions","engagements","engagement rate","retweets","replies","likes","promoted impressions"\n"2022-02-28","2","376","9","0.0119","1","2","3","-"\n"2022-02-27","2","300","9","0.0119","1","2","3","-"\n',
        'Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Unfollows,Replies,Reposts,Profile visits,Create Post\n"Tue, Aug 26, 2025",376,3,6,0,0,1,0,2,3,4,1\n"Wed, Aug 27, 2025",300,3,6,0,0,1,0,2,3,4,1\n',
        '日付,インプレッション数,いいね,エンゲージメント,ブックマーク,共有された回数\\,新しいフォロー,返信,リポスト\n"Tue, Aug 26, 2025",376,3,6,0,0,1,2,3\n"Wed, Aug 27, 2025",300,3,6,0,0,1,2,3\n',
    ],
    ids=["2022", "2025", "japanese"],
)
def test_x_by_day_is_no_posts(read, text):
    upload = read(("account_overview.csv", text))
    assert (upload.format, upload.only.posts) == ("x_daily", 0)
    assert upload.understood.warnings[0].params == {"metric": "views", "days": 2, "total": 676}


def test_x_of_2015_calls_likes_favorites(read):
    text = '"Tweet id","Tweet permalink","Tweet text","time","impressions","engagements","engagement rate","retweets","replies","favorites","promoted impressions"\n"5","https://twitter.com/me/status/5","раз","2015-02-28 17:39 +0000","376.0","9.0","0.02","1.0","2.0","3.0","-"\n'
    assert read(("tweets.csv", text)).only.totals == {
        "views": 376,
        "reactions": 3,
        "comments": 2,
        "forwards": 1,
    }


def workbook(**sheets) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name.replace("_", " "))
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    book.close()
    return packed.getvalue()


def test_linkedin_company_page_has_days_and_posts_under_notes(read):
    note = ["Aggregated data for your posts over the selected period."]
    metrics = [
        note,
        [
            "Date",
            "Impressions (organic)",
            "Impressions (sponsored)",
            "Impressions (total)",
            "Clicks (total)",
            "Engagement rate (total)",
        ],
        ["03/13/2024", 100, 0, 100, 5, 0.05],
        ["03/14/2024", 200, 0, 200, 5, 0.05],
    ]
    posts = [
        note,
        [
            "Post title",
            "Impressions",
            "Engagement rate",
            "Click through rate (CTR)",
            "Created date",
            "Post type",
        ],
        ["Раз", 100, 0.05, 0.01, "03/13/2024", "Organic"],
    ]
    upload = read(("content.xls", workbook(Metrics=metrics, All_posts=posts)))
    assert [file.format for file in upload.understood.files] == ["linkedin_daily", "linkedin_posts"]
    assert upload.only.totals == {"views": 100}


def test_linkedin_new_followers_of_a_day_are_no_audience(read):
    rows = [
        ["Date", "Sponsored followers", "Organic followers", "Total followers"],
        ["03/13/2024", 0, 5, 5],
        ["03/14/2024", 0, 6, 6],
    ]
    upload = read(
        (
            "followers.xls",
            workbook(New_followers=rows, Location=[["Location", "Total followers"], ["Moscow", 5]]),
        )
    )
    assert (upload.audience, upload.warned["daily_series"]) == (
        [],
        {"metric": "Total followers", "days": 2, "total": 11},
    )
    assert upload.warned["left_out"]["name"] == "followers.xls: Location"


def test_linkedin_top_posts_are_two_tables_side_by_side(read):
    url = "https://www.linkedin.com/feed/update/urn:li:activity:{}"
    rows = [
        ["Maximum of 50 posts available to include in this list"], [],
        ["Post URL", "Post publish date", "Engagements", "", "Post URL", "Post publish date", "Impressions"],
        [url.format(7), "1/13/2024", 10, "", url.format(8), "1/14/2024", 1000],
        [url.format(8), "1/14/2024", 5, "", url.format(7), "1/13/2024", 500],
    ]  # fmt: skip
    upload = read(
        (
            "Content.xlsx",
            workbook(
                ENGAGEMENT=[["Date", "Impressions", "Engagements"], ["1/13/2024", 100, 5]], TOP_POSTS=rows
            ),
        )
    )
    assert [(post.external_id[-1], post.interactions_sum, post.views) for post in upload.posts] == [
        ("7", 10, 500),
        ("8", 5, 1000),
    ]


def test_youtube_subscribers_by_day_are_gains_whatever_they_add_up_to(read):
    jumping = "".join(
        f"2020-04-{day:02d},{count}\n" for day, count in enumerate((4, 9, 1, 57, 12, 2, 26, 4), 1)
    )
    for text in (
        "Data,Inscritos\n2020-04-23,4\n2020-04-24,6\n2020-04-27,1\nTotal,11",
        "Date,Subscribers\n" + jumping,
    ):
        upload = read(("Totals.csv", text))
        assert (upload.format, upload.audience) == ("youtube_daily", [])


def test_an_audience_by_day_is_no_gain(read):
    counts = (0, 0, 4000, 4006, 4100, 4257, 4212, 4000)
    rows = "".join(f"2020-04-{day:02d},{count}\n" for day, count in enumerate(counts, 1))
    assert len(read(("subs.csv", "Date,Subscribers\n" + rows)).audience) == 8


@pytest.mark.parametrize("titles", ["Monthly audience", "28-day new viewers,28-day casual viewers"])
def test_youtube_viewers_by_day_begin_with_a_digit_and_are_no_posts(read, titles):
    upload = read(("All.csv", f"Date,{titles}\n2024-03-17,6778,5\n2024-03-18,6749,6\n"))
    assert (upload.format, upload.only.posts) == ("youtube_daily", 0)
