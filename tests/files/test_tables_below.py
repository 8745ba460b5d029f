"""Tables below one another on one sheet: what stands under posts is no post, and channels under headings stay apart."""

import pytest

POSTS = [
    [f"{day:02}.11.2026", f"О чём пост номер {day}", 900 + 7 * day, 30 + day, day % 5] for day in range(1, 13)
]
TITLES = ["Дата", "Пост", "Просмотры", "Лайки", "Комментарии"]
ADVERTS = [
    ["Закупка рекламы"],
    ["Дата", "Канал", "Стоимость, ₽", "Пришло", "Цена подписчика"],
    ["03.11.2026", "@moskva_eda", 4500, 61, 73.8],
    ["09.11.2026", "@kuda_poiti", 8000, 140, 57.1],
]
AUDIENCE = [["Дата", "Подписчики"], *([f"{day:02}.11.2026", 12_000 + day] for day in range(1, 9))]


def sheet(*rows):
    return "\n".join(";".join(map(str, row)) for row in rows)


@pytest.mark.parametrize(
    "below", [ADVERTS, ADVERTS[1:], AUDIENCE], ids=["under a heading", "bare", "an audience"]
)
def test_what_stands_under_posts_is_no_post(read, below):
    result = read(("posts.csv", sheet(["Ноябрь"], TITLES, *POSTS, [], [], *below)))
    assert [len(result.posts), sum(post.views for post in result.posts), sum(post.comments for post in result.posts)] == [
        12, sum(row[2] for row in POSTS), sum(row[4] for row in POSTS),
    ]  # fmt: skip


def test_a_row_left_out_below_is_told_by_its_number_on_the_sheet(read):
    more = [
        ["Дата", "Ссылка", "Просмотры", "Сохранения"],
        ["20.11.2026", "https://t.me/kofe/7", 500, 3],
        ["Итого", "", 500, 3],
    ]
    result = read(("posts.csv", sheet(TITLES, *POSTS, [], *more)))
    assert [(row.reason, row.example_row) for row in result.understood.skipped] == [("total", 17)]


def test_channels_under_headings_of_their_own_stay_apart(read):
    other = [
        [day, f"Другой {text}", views * 2, likes, comments] for day, text, views, likes, comments in POSTS[:9]
    ]
    result = read(
        ("posts.csv", sheet(["Кофе на Лесной"], TITLES, *POSTS, [], ["Чай и точка"], TITLES, *other))
    )
    views = {
        one.channel.name: sum(post.views for post in result.sink.posts(one.channel.key))
        for one in result.understood.channels
    }
    assert views == {
        "Кофе на Лесной": sum(row[2] for row in POSTS),
        "Чай и точка": 2 * sum(row[2] for row in POSTS[:9]),
    }


@pytest.mark.parametrize("headings", [("Неделя 1", "Неделя 2"), ("Октябрь", "Ноябрь"), ("Посты", "Рилсы")])
def test_parts_of_one_channel_under_headings_are_one(read, headings):
    rows = [[headings[0]], TITLES, *POSTS[:6], [], [headings[1]], TITLES, *POSTS[6:]]
    assert len(read(("posts.csv", sheet(*rows))).posts) == len(POSTS)


def test_a_week_with_a_column_more_is_read_by_its_own_titles(read):
    later = [[day, text, 7, views, likes, comments] for day, text, views, likes, comments in POSTS[6:]]
    titles = ["Дата", "Пост", "Сохранения", "Просмотры", "Лайки", "Комментарии"]
    result = read(("posts.csv", sheet(["Неделя 1"], TITLES, *POSTS[:6], [], ["Неделя 2"], titles, *later)))
    assert sum(post.views for post in result.posts) == sum(row[2] for row in POSTS)
    assert sum(post.saves or 0 for post in result.posts) == 42


def test_channels_under_headings_stay_apart_though_their_titles_differ(read):
    titles = ["Дата", "Запись", "Охват", "Лайки", "Репосты"]
    result = read(
        ("posts.csv", sheet(["Кофе на Лесной"], TITLES, *POSTS, [], ["Чай и точка"], titles, *POSTS[:9]))
    )
    assert {one.channel.name: len(result.sink.posts(one.channel.key)) for one in result.understood.channels} == {
        "Кофе на Лесной": 12, "Чай и точка": 9,
    }  # fmt: skip


def test_two_tables_of_posts_on_a_sheet_called_like_a_channel_are_no_two_channels(read):
    stories = [
        ["Дата", "Сюжет", "Просмотры", "Ответы"],
        *([day, f"сторис {text}", views, 1] for day, text, views, *_ in POSTS),
    ]
    result = read(("posts.csv", sheet(["Посты"], TITLES, *POSTS, [], ["Сторис"], *stories)))
    assert (len(result.posts), "channels_by_sheets" in result.warned) == (2 * len(POSTS), False)


def test_the_best_posts_above_all_posts_are_counted_once(read):
    rows = [["Лучшие посты"], TITLES, *POSTS[:3], [], ["Все посты"], TITLES, *POSTS]
    assert len(read(("posts.csv", sheet(*rows))).posts) == len(POSTS)


@pytest.mark.parametrize(
    ("heading", "name", "handle"),
    [("Канал: Зерно (@zerno_msk)", "Зерно", "zerno_msk"), ("@zerno_msk", None, "zerno_msk"), ("Зерно — @zerno_msk", "Зерно", "zerno_msk"), ("Канал о кофе", "Канал о кофе", None)],
)  # fmt: skip
def test_heading_names_a_channel_and_its_handle(read, heading, name, handle):
    rows = [f"{11 + n}.10.2026 9:30;text {n};{1000 + n};{20 + n}" for n in range(6)]
    block = ["Дата;Пост;Просмотры;Лайки", *rows]
    upload = read(
        (
            "x.csv",
            "\n".join(
                [
                    heading,
                    *block,
                    "",
                    "Канал: Булка (@bulka)",
                    *block[:1],
                    *[r.replace("text", "b") for r in rows],
                ]
            ),
        )
    )
    found = upload.understood.channels[0].channel
    assert (found.name, found.handle) == (name, handle)
