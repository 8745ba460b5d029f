"""The same posts laid out otherwise: a figure a row, a day above its posts, what is counted in the upper of two rows."""

from datetime import datetime, timedelta

import pytest

from metrics.errors import DomainError

DAYS = [datetime(2026, 9, 1, 9, 5) + timedelta(days=n, hours=n % 6) for n in range(12)]
POSTS = [(day, f"Как варить кофе, часть {n}", 1000 + 7 * n, 20 + n, n % 4) for n, day in enumerate(DAYS)]
TOTALS = {
    "views": sum(post[2] for post in POSTS), "reactions": sum(post[3] for post in POSTS), "comments": sum(post[4] for post in POSTS),
}  # fmt: skip


def lines(rows):
    return "\n".join(";".join(map(str, row)) for row in rows)


@pytest.mark.parametrize(
    "words",
    [
        ("Просмотры", "Лайки", "Комментарии"),
        ("views", "likes", "comments"),
        ("Aufrufe", "Likes", "Kommentare"),
    ],
)
@pytest.mark.parametrize("name", ["Ссылка", "post_id", "Пост"])
def test_a_figure_a_row_is_a_post_for_every_set_of_them(read, words, name):
    rows = [[name, "published_at", "metric", "value"]]
    for number, (day, text, *figures) in enumerate(POSTS):
        named = {"Ссылка": f"https://t.me/kofe/{number + 1}", "post_id": number + 1, "Пост": text}[name]
        rows += [
            [named, f"{day:%Y-%m-%d %H:%M:%S}", word, figure]
            for word, figure in zip(words, figures, strict=True)
        ]
    upload = read(("a.csv", lines(rows)))
    assert (upload.only.posts, upload.only.totals) == (len(POSTS), TOTALS)


def test_a_figure_that_a_post_lacks_is_unknown_and_no_zero(read):
    rows = [["post_id", "published_at", "metric", "value"]]
    for number, (day, _, views, likes, _) in enumerate(POSTS):
        rows.append([number + 1, f"{day:%Y-%m-%d %H:%M:%S}", "views", views])
        if number % 2:
            rows.append([number + 1, f"{day:%Y-%m-%d %H:%M:%S}", "likes", likes])
    assert [post.reactions is None for post in read(("a.csv", lines(rows))).posts] == [True, False] * 6


def test_figures_of_a_community_by_day_are_no_posts(read):
    rows = [["Дата", "Показатель", "Значение"]]
    rows += [
        [f"{day:%d.%m.%Y}", word, 10 + n] for n, day in enumerate(DAYS) for word in ("Просмотры", "Охват")
    ]
    with pytest.raises(DomainError) as refused:
        read(("a.csv", lines(rows)))
    assert refused.value.code == "file.vk_statistics"


@pytest.mark.parametrize("heading", ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "{} сентября 2026"])
def test_a_day_above_its_posts_is_the_day_of_each_of_them(read, heading):
    rows = [["Время", "Пост", "Просмотры", "Лайки", "Комментарии"]]
    for day, text, *figures in POSTS:
        rows += [
            [day.strftime(heading).replace("{}", str(day.day)), "", "", "", ""],
            [f"{day:%H:%M}", text, *figures],
        ]
    upload = read(("a.csv", lines(rows)))
    assert upload.only.totals == TOTALS
    assert [post.published_at for post in upload.posts] == [int((post[0] - datetime(1970, 1, 1)).total_seconds()) for post in POSTS]  # fmt: skip


def test_a_day_above_rows_with_dates_of_their_own_is_a_note(read):
    rows = [["Дата", "Пост", "Просмотры"]]
    for day, text, views, *_ in POSTS:
        rows += [["01.01.2020", "", ""], [f"{day:%d.%m.%Y %H:%M}", text, views]]
    assert min(post.published_at for post in read(("a.csv", lines(rows))).posts) > 1_700_000_000


def test_what_is_counted_may_stand_in_the_upper_row_alone(read):
    rows = [["Пост", "", "Просмотры", "", "Реакции", ""], ["Дата", "Текст", "шт.", "% от подп.", "шт.", "ER"]]
    rows += [
        [f"{day:%d.%m.%Y %H:%M}", text, views, "31,5", likes, "2,1"] for day, text, views, likes, _ in POSTS
    ]
    upload = read(("a.csv", lines(rows)))
    assert upload.only.totals == {"views": TOTALS["views"], "reactions": TOTALS["reactions"]}
    assert {use.title for use in upload.understood.columns if use.aside == "share"} == {
        "Просмотры % от подп.",
        "Реакции ER",
    }


@pytest.mark.parametrize("unit", ["шт.", "шт", " шт.", " ед.", "pcs", " чел."])
def test_pieces_behind_a_count_are_no_part_of_it(read, unit):
    rows = [
        ["Дата", "Пост", "Просмотры"],
        *([f"{post[0]:%d.%m.%Y %H:%M}", post[1], f"{post[2]}{unit}"] for post in POSTS),
    ]
    assert read(("a.csv", lines(rows))).only.totals == {"views": TOTALS["views"]}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_reactions_of_several_kinds_beside_all_of_them_are_counted_once(read, order):
    titles = ["Реакции (положительные)", "Реакции (отрицательные)", "Реакции всего"]
    rows = [["Дата", "Пост", "Просмотры", *(titles[place] for place in order)]]
    for day, text, views, likes, bad in POSTS:
        figures = [likes, bad, likes + bad]
        rows.append([f"{day:%d.%m.%Y %H:%M}", text, views, *(figures[place] for place in order)])
    found = read(("a.csv", lines(rows))).only.totals
    assert found == {"views": TOTALS["views"], "reactions": TOTALS["reactions"] + TOTALS["comments"]}


@pytest.mark.parametrize("written", ["~{}", "≈ {}", "{}*", "~{} просмотров"])
def test_a_sign_of_about_or_a_footnote_is_no_part_of_a_count(read, written):
    rows = [
        ["Дата", "Пост", "Просмотры"],
        *([f"{post[0]:%d.%m.%Y %H:%M}", post[1], written.format(post[2])] for post in POSTS),
    ]
    assert read(("a.csv", lines(rows))).only.totals == {"views": TOTALS["views"]}
