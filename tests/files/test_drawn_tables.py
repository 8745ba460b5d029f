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


@pytest.mark.parametrize("views", ["1 200", "—", ""])
def test_a_post_under_a_merged_day_is_kept_though_its_figures_are_still_to_come(read, views):
    result = read(("posts.csv", sheet([*ROWS, ("", "Второй пост того же дня", "TRUE", views, "")])))
    assert len(result.posts) == len(ROWS) + 1
