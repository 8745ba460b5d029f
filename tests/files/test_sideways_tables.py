"""Cells over several rows, days side by side, plans beside facts: a figure stays under its own title."""

import pytest

POSTS = [(f"{day:02}.10.2026", f"О чём пост {day}", 900 + day, 20 + day) for day in range(1, 7)]
FIGURES = [row[2:] for row in POSTS]


def sheet(*rows):
    return "\n".join(";".join(map(str, row)) for row in rows)


def figures(result):
    return [(post.views, post.reactions) for post in result.posts]


def test_a_header_over_two_rows_of_a_page_leaves_no_column_behind(read):
    head = "<tr><th rowspan=2>Дата</th><th rowspan=2>Пост</th><th colspan=2>Показатели</th></tr><tr><th>Просмотры</th><th>Лайки</th></tr>"
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in POSTS)
    assert figures(read(("p.html", f"<html><table>{head}{rows}</table></html>"))) == FIGURES


def test_a_day_over_several_rows_of_a_page_moves_no_figure(read):
    rows = [
        (f"<td rowspan='2'>{day}</td>" if not place % 2 else "") + f"<td>{text}</td><td>{views}</td><td>{likes}</td>"
        for place, (day, text, views, likes) in enumerate(POSTS)
    ]  # fmt: skip
    head = "<th>Дата</th><th>Пост</th><th>Просмотры</th><th>Лайки</th>"
    page = "".join(f"<tr>{row}</tr>" for row in (head, *rows))
    assert figures(read(("p.html", f"<html><table>{page}</table></html>"))) == FIGURES


@pytest.mark.parametrize("called", ["<h2>{}</h2><table>", "<table><caption>{}</caption>"])
def test_tables_of_a_page_below_names_of_channels_stay_apart(read, called):
    head = "<tr><th>Дата</th><th>Пост</th><th>Просмотры</th><th>Лайки</th></tr>"
    rows = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in POSTS]
    tables = [
        f"{called.format(name)}{head}{''.join(rows[:count])}</table>"
        for name, count in (("Кофе и точка", 6), ("Чайный дом", 4))
    ]
    page = f"<html><table><tr><td>Меню</td></tr></table>{''.join(tables)}</html>"
    channels = read(("p.html", page)).understood.channels
    assert {one.channel.name: one.posts for one in channels} == {"Кофе и точка": 6, "Чайный дом": 4}


@pytest.mark.parametrize("words", [("план", "факт"), ("цель", "итого"), ("KPI", "факт")])
def test_of_a_plan_and_a_fact_below_one_title_the_fact_counts(read, words):
    head = [["Дата", "Пост", "Просмотры", "", "Лайки", ""], ["", "", *words, *words]]
    rows = [[day, text, 5000, views, 90, likes] for day, text, views, likes in POSTS]
    assert figures(read(("p.csv", sheet(*head, *rows)))) == FIGURES


def test_of_ages_below_one_title_the_views_of_now_count(read):
    head = [["Дата", "Пост", "Просмотры", "", "", "Лайки"], ["", "", "сутки", "неделя", "итого", ""]]
    rows = [[day, text, 300, 600, views, likes] for day, text, views, likes in POSTS]
    assert figures(read(("p.csv", sheet(*head, *rows)))) == FIGURES


def test_counts_before_their_shares_in_brackets_are_counts(read):
    rows = [[day, text, f"{views} (12,{likes} %)", f"{likes} (1,1%)"] for day, text, views, likes in POSTS]
    assert (
        figures(read(("p.csv", sheet(["Дата", "Пост", "Просмотры (ERR)", "Реакции (ER)"], *rows)))) == FIGURES
    )


DAYS = [f"{day:02}.10.2026" for day in range(1, 9)]


def test_days_side_by_side_are_totals_by_day_and_an_audience(read):
    rows = [["Просмотры", *range(900, 908)], ["Подписчики", *range(5000, 5008)], ["ER, %", *["1,2"] * 8]]
    result = read(("p.csv", sheet(["Показатель", *DAYS], *rows)))
    assert result.understood.files[0].format == "daily_totals"
    assert [reading.subscribers for reading in result.audience] == list(range(5000, 5008))


def test_months_side_by_side_are_called_what_they_are(refusal):
    months = ["Июль 2026", "Август 2026", "Сентябрь 2026"]
    assert (
        refusal("p.csv", sheet(["Показатель", *months], ["Просмотры", 9, 8, 7], ["Лайки", 1, 2, 3]))
        == "file.totals"
    )


@pytest.mark.parametrize("title", ["Подписчиков на конец дня", "Подписчики на кінець дня", "Подписч."])
def test_an_audience_by_day_beside_who_came_and_left(read, title):
    rows = [[day, 5000 + place, 9, -8, 1] for place, day in enumerate(DAYS)]
    result = read(("p.csv", sheet(["Дата", title, "Подписались", "Отписались", "Прирост"], *rows)))
    assert result.only.subscribers == 5007


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("Час", [f"{hour:02}:00" for hour in range(24)]),
        ("Время", [f"{hour}-{hour + 1}" for hour in range(24)]),
        ("День недели", ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]),
    ],
)
def test_hours_and_weekdays_are_a_breakdown(refusal, title, cells):
    rows = [[cell, 500 + place, place] for place, cell in enumerate(cells)]
    assert refusal("p.csv", sheet([title, "Просмотры", "Реакции"], *rows)) == "file.breakdown"


@pytest.mark.parametrize(
    "titles",
    [
        ["Дата визита", "Визиты", "Посетители", "Просмотры", "Отказы", "Время на сайте"],
        ["Date", "Sessions", "Users", "Views", "Bounce rate", "Duration"],
        ["Page title", "Views", "Active users", "Event count", "Key events", "Engagement time"],
    ],
)
def test_visits_of_a_site_are_no_posts(refusal, titles):
    rows = [[day, 100, 90, 300, "0,2", "00:01:10"] for day in DAYS]
    assert refusal("p.csv", sheet(titles, *rows)) == "file.site_visits"


@pytest.mark.parametrize(
    ("said", "days"), [("позавчера, 12:00", 2), ("3 дня назад", 3), ("2 weeks ago", 14), ("неделю назад", 7)]
)
def test_days_back_are_counted_from_the_file(read, said, days):
    rows = [[said, text, views, likes] for _, text, views, likes in POSTS]
    result = read(("p.csv", sheet(["Когда", "Пост", "Просмотры", "Лайки"], *rows)), as_of=1791763200 + 3600)
    assert {post.published_at // 86400 for post in result.posts} == {1791763200 // 86400 - days}
