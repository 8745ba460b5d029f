"""Tables drawn in advance: rows with boxes to tick, and words where figures stand, are no posts of the day above."""

import pytest

ROWS = [
    (f"{day:02}.11.2026", f"О чём пост номер {day}", "TRUE", 900 + 7 * day, 30 + day) for day in range(1, 9)
]


def sheet(rows):
    titles = ("Дата", "Пост", "Вышел", "Просмотры", "Лайки")
    return "\n".join(";".join(map(str, row)) for row in [titles, *rows])


@pytest.mark.parametrize(
    "rest",
    [
        [("", "", "FALSE", "", "")] * 40,
        [("", "", "нет", "", "")] * 5,
        [("", "Постов: 8", "", "Просмотров: 7452", "Лайков: 276")],
        [("", "", "", "#REF!", "")] * 3,
    ],
    ids=["boxes", "words", "a summary in words", "broken formulas"],
)
def test_rows_without_a_date_and_a_figure_are_no_posts(read, rest):
    result = read(("posts.csv", sheet([*ROWS, *rest])))
    assert len(result.posts) == len(ROWS)
    assert sum(post.views for post in result.posts) == sum(row[3] for row in ROWS)


@pytest.mark.parametrize("views", ["1 200", "—"])
def test_a_post_under_a_merged_day_is_kept_though_its_figures_are_unknown(read, views):
    result = read(("posts.csv", sheet([*ROWS, ("", "Второй пост того же дня", "TRUE", views, "")])))
    assert len(result.posts) == len(ROWS) + 1


IDEAS = [(f"{day:02}.12.2026", f"Задумка номер {day}", "FALSE", "", "") for day in range(1, 5)]


@pytest.mark.parametrize(
    "rows",
    [[*ROWS, *IDEAS], [*IDEAS[::-1], *ROWS[::-1]], [*ROWS, *(("", *idea[1:]) for idea in IDEAS)]],
    ids=["below", "above", "without a day"],
)
def test_what_is_still_planned_is_no_post(read, rows):
    result = read(("posts.csv", sheet(rows)))
    assert sorted(post.views for post in result.posts) == [row[3] for row in ROWS]


def test_a_post_without_figures_among_others_or_with_its_link_is_one(read):
    rows = [*ROWS[:4], ("04.11.2026", "Ещё без цифр", "TRUE", "", ""), *ROWS[4:]]
    assert len(read(("posts.csv", sheet(rows))).posts) == len(ROWS) + 1
    linked = [
        (day, f"https://t.me/kofe/{place}", views, likes)
        for place, (day, _, _, views, likes) in enumerate(ROWS, 1)
    ]
    text = "\n".join(
        ";".join(map(str, row))
        for row in [
            ("Дата", "Ссылка", "Просмотры", "Лайки"),
            *linked,
            ("09.11.2026", "https://t.me/kofe/99", "", ""),
        ]
    )
    assert len(read(("posts.csv", text)).posts) == len(ROWS) + 1
