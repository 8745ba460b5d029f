"""Lists that other people's programs save, each in a shape of its own: the same posts, told by what is in them."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

POSTS = [
    {
        "n": n,
        "at": datetime(2026, 9, 3, 8, 5, tzinfo=UTC) + timedelta(days=2 * n, minutes=53 * n),
        "views": 5200 + 211 * n,
        "likes": 70 + 5 * n,
        "comments": 3 + n % 7,
        "shares": 4 + n % 6,
    }
    for n in range(12)
]
TOTALS = {
    "views": sum(post["views"] for post in POSTS),
    "reactions": sum(post["likes"] for post in POSTS),
    "comments": sum(post["comments"] for post in POSTS),
    "forwards": sum(post["shares"] for post in POSTS),
}


def iso(post):
    return post["at"].strftime("%Y-%m-%dT%H:%M:%S.000Z")


def seconds(post):
    return int(post["at"].timestamp())


PROGRAMS = {
    "two columns that write one moment": (
        "tiktok", ("views", "reactions", "comments", "forwards"),
        [
            {
                "id": f"74{post['n']:017d}", "text": "soup", "createTime": seconds(post), "createTimeISO": iso(post), "playCount": post["views"],
                "webVideoUrl": f"https://www.tiktok.com/@kitchen/video/74{post['n']:017d}", "diggCount": post["likes"], "shareCount": post["shares"],
                "commentCount": post["comments"], "authorMeta": {"name": "kitchen", "fans": 12},
            }
            for post in POSTS
        ],
    ),
    "a list deep inside, each under a key": (
        "instagram", ("reactions", "comments"),
        {
            "data": {"user": {"timeline": {"count": 12, "edges": [
                {"node": {
                    "id": f"35{post['n']:017d}", "shortcode": f"C{post['n']:04d}", "taken_at_timestamp": seconds(post),
                    "edge_media_to_comment": {"count": post["comments"]}, "edge_media_preview_like": {"count": post["likes"]},
                }}
                for post in POSTS
            ]}}}
        },
    ),
    "counters in an object of their own": (
        "x", ("views", "reactions", "comments", "forwards"),
        {"data": [
            {
                "id": f"17{post['n']:017d}", "created_at": iso(post), "text": "soup", "public_metrics": {
                    "retweet_count": post["shares"], "reply_count": post["comments"], "like_count": post["likes"], "impression_count": post["views"],
                },
            }
            for post in POSTS
        ], "meta": {"result_count": 12}},
    ),
    "an answer of an interface, numbers as text": (
        "youtube", ("views", "reactions", "comments"),
        {"kind": "youtube#videoListResponse", "items": [
            {
                "id": f"abcDEF{post['n']:05d}", "snippet": {"publishedAt": iso(post), "title": "soup", "channelTitle": "Kitchen"},
                "statistics": {"viewCount": str(post["views"]), "likeCount": str(post["likes"]), "favoriteCount": "0", "commentCount": str(post["comments"])},
            }
            for post in POSTS
        ]},
    ),
    "a script around the list": (
        "x", ("reactions", "forwards"),
        "window.YTD.tweets.part0 = " + json.dumps([
            {"tweet": {
                "id_str": f"17{post['n']:017d}", "created_at": post["at"].strftime("%a %b %d %H:%M:%S +0000 %Y"), "full_text": "soup",
                "favorite_count": str(post["likes"]), "retweet_count": str(post["shares"]),
            }}
            for post in POSTS
        ]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_saved_is_read_with_its_platform_its_moments_and_its_counters(read, program):
    platform, counters, content = PROGRAMS[program]
    upload = read(("dump.js" if isinstance(content, str) else "dump.json", content))
    assert (upload.only.channel.platform, upload.only.posts) == (platform, len(POSTS))
    assert {name: upload.only.totals[name] for name in counters} == {name: TOTALS[name] for name in counters}
    assert sorted(post.published_at for post in upload.posts) == [seconds(post) for post in POSTS]


# Date, text, views, reactions, comments, forwards.
LANGUAGES = {
    "Persian": "تاریخ|متن|بازدید|لایک|نظرات|فوروارد",
    "Arabic": "التاريخ|النص|المشاهدات|الإعجابات|التعليقات|المشاركات",
    "Hebrew": "תאריך|טקסט|צפיות|לייקים|תגובות|שיתופים",
    "Chinese": "发布时间|标题|阅读量|点赞数|评论数|转发数",
    "Korean": "게시일|제목|조회수|좋아요|댓글|공유",
    "Uzbek": "Sana|Mavzu|Ko'rishlar|Yoqtirishlar|Izohlar|Ulashishlar",
    "Uzbek in Cyrillic": "Сана|Мавзу|Кўришлар|Лайклар|Изоҳлар|Улашишлар",
    "Kazakh": "Күні|Мәтін|Қаралым|Ұнату|Пікірлер|Бөлісу",
    "Belarusian": "Дата|Тэкст|Прагляды|Рэакцыі|Каментары|Рэпосты",
    "Azerbaijani": "Tarix|Mətn|Baxışlar|Bəyənmələr|Şərhlər|Paylaşımlar",
    "Indonesian": "Tanggal|Judul|Tayangan|Suka|Komentar|Dibagikan",
    "Vietnamese": "Ngày|Nội dung bài viết|Lượt xem|Lượt thích|Bình luận|Chia sẻ",
    "Dutch": "Datum|Tekst|Weergaven|Leuk|Reacties|Gedeeld",
    "Czech": "Datum|Text|Zobrazení|Líbí se|Komentáře|Sdílení",
    "plain English": "Posted at|Message|Seen|Hearts|Replies|Forwarded",
    "plain Russian": "Вышел|Контент|Прочтений|Классы|Обсуждение|Переслали",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_in_any_language_of_its_readers_is_read_by_the_words_in_its_titles(read, language):
    rows = [
        [post["at"].strftime("%Y-%m-%d %H:%M"), f"one and two {post['n']}", post["views"], post["likes"], post["comments"], post["shares"]]
        for post in POSTS
    ]  # fmt: skip
    upload = read(("table.csv", _csv([LANGUAGES[language].split("|"), *rows])))
    assert upload.only.totals == TOTALS, [
        (column.title, column.meaning) for column in upload.understood.columns
    ]
    assert not any(post.is_forwarded for post in upload.posts)


def test_a_workbooks_day_numbers_saved_as_text_with_a_decimal_comma_are_dates(read):
    start = datetime(1899, 12, 30, tzinfo=UTC)
    rows = [
        [f"{(post['at'] - start).total_seconds() / 86400:.5f}".replace(".", ","), "суп", post["views"]]
        for post in POSTS
    ]
    upload = read(("t.csv", _csv([["Дата публикации", "Заголовок", "Просмотры"], *rows], ";")))
    assert [round((post.published_at - seconds(POSTS[0])) / 86400) for post in upload.posts] == [
        (post["at"] - POSTS[0]["at"]).days for post in POSTS
    ]


def test_a_table_on_its_side_is_turned(read):
    across = list(
        zip(
            *[[post["at"].strftime("%d.%m.%Y %H:%M"), "суп дня", post["views"]] for post in POSTS],
            strict=True,
        )
    )
    titled = [[title, *cells] for title, cells in zip(("Дата", "Пост", "Просмотры"), across, strict=True)]
    upload = read(("t.csv", _csv(titled, ";")))
    assert (upload.only.posts, upload.only.totals["views"]) == (len(POSTS), TOTALS["views"])


def test_a_list_of_comments_is_called_one_though_it_names_its_posts(refusal):
    rows = [
        [9000 + n, 500 + n % 5, "anna", f"2026-09-0{1 + n % 9} 10:00", "вкусно", n % 3] for n in range(40)
    ]
    content = _csv([["comment_id", "post_id", "author", "date", "text", "likes"], *rows])
    assert refusal("comments.csv", content) == "file.comment_list"
    texts = [[f"0{1 + n % 9}.09.2026 10:00", f"Аня {n}", f"вкусно {n}", n % 3] for n in range(40)]
    content = _csv([["Дата", "Автор", "Комментарий", "Лайки"], *texts])
    assert refusal("comments.csv", content) == "file.comment_list"


def _csv(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()
