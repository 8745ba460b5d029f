"""The same posts laid out otherwise: a figure a row, a day above its posts, what is counted in the upper of two rows."""

from datetime import UTC, datetime, timedelta

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


def side_by_side(*headings, by_turns=False):
    """Returns half of the posts under the first heading, half under the second, with an empty column between."""
    titles = ("Дата", "Просмотры", "Лайки", "Комментарии")
    cells = [(f"{day:%d.%m.%Y %H:%M}", views, likes, comments) for day, _, views, likes, comments in POSTS]
    above = [[headings[0], "", "", "", "", headings[1]]] if headings else []
    halves = zip(*((cells[::2], cells[1::2]) if by_turns else (cells[:6], cells[6:])), strict=True)
    return lines([*above, [*titles, "", *titles], *([*left, "", *right] for left, right in halves)])


@pytest.mark.parametrize(
    "headings", [(), ("Сентябрь, начало", "Сентябрь, конец"), ("Неделя 1", "Неделя 2"), ("До", "После")]
)
def test_tables_side_by_side_are_read_to_the_last_one(read, headings):
    upload = read(("x.csv", side_by_side(*headings)))
    assert (upload.only.posts, upload.only.totals) == (12, TOTALS)


def test_tables_side_by_side_under_the_names_of_channels_are_channels_of_their_own(read):
    upload = read(("x.csv", side_by_side("Кофе Москвы", "Чай Москвы", by_turns=True)))
    assert [(one.channel.name, one.posts) for one in upload.understood.channels] == [
        ("Кофе Москвы", 6),
        ("Чай Москвы", 6),
    ]


def test_titles_that_come_twice_without_a_date_are_no_tables_side_by_side(read):
    rows = [(f"{day:%d.%m.%Y %H:%M}", views, likes, views, likes) for day, _, views, likes, _ in POSTS]
    upload = read(("x.csv", lines([("Дата", "Просмотры", "Лайки", "Просмотры", "Лайки"), *rows])))
    assert (upload.only.posts, upload.only.totals["views"]) == (12, TOTALS["views"])


COLUMNS = {
    "date": [day.isoformat() for day, *_ in POSTS], "views": [post[2] for post in POSTS],
    "likes": [post[3] for post in POSTS], "comments": [post[4] for post in POSTS],
}  # fmt: skip
BY_COLUMNS = {
    "columns": {
        title: {str(row): cell for row, cell in enumerate(cells)} for title, cells in COLUMNS.items()
    },
    "list": COLUMNS,
    "split": {
        "columns": list(COLUMNS),
        "index": list(range(12)),
        "data": [list(row) for row in zip(*COLUMNS.values(), strict=True)],
    },
}


@pytest.mark.parametrize("layout", BY_COLUMNS)
def test_a_table_that_pandas_wrote_by_columns_is_read_by_rows(read, layout):
    upload = read(("posts.json", BY_COLUMNS[layout]))
    assert (upload.only.posts, upload.only.totals) == (12, TOTALS)


def test_reactions_by_emoji_count_however_deep_they_lie(read):
    rows = [
        {"id": n, "date": day.isoformat(), "stats": {"views": views, "reactions": {"👍": likes - 1, "🔥": 1}}}
        for n, (day, _, views, likes, _) in enumerate(POSTS)
    ]
    assert read(("posts.json", rows)).only.totals == {
        "views": TOTALS["views"],
        "reactions": TOTALS["reactions"],
    }


def test_pages_of_posts_are_read_to_the_last(read):
    rows = [{"id": n, "date": day.isoformat(), "views": views} for n, (day, _, views, *_) in enumerate(POSTS)]
    pages = [{"page": n, "items": rows[start : start + 5]} for n, start in enumerate((0, 5, 10))]
    for dump in (pages, {"pages": pages}):
        assert read(("posts.json", dump)).only.totals == {"views": TOTALS["views"]}


@pytest.mark.parametrize("clock", ["%H-%M", "%H.%M", "%H:%M"])
def test_hours_in_a_column_called_time_are_hours_however_they_are_marked(read, clock):
    rows = [(f"{day:%d.%m.%Y}", f"{day:{clock}}", views) for day, _, views, *_ in POSTS]
    upload = read(("x.csv", lines([("Дата", "Время", "Просмотры"), *rows])))
    assert [
        datetime.fromtimestamp(post.published_at, UTC).replace(tzinfo=None) for post in upload.posts
    ] == DAYS


def test_objects_as_telethon_prints_them_are_counted_in_cells(read):
    reactions = "MessageReactions(results=[ReactionCount(reaction=ReactionEmoji(emoticon='👍'), count={}, chosen_order=None), ReactionCount(reaction=ReactionPaid(), count=9, chosen_order=None)], min=False)"
    replies = "MessageReplies(replies={}, replies_pts=7, comments=True)"
    rows = [
        (n, day.isoformat(), views, replies.format(comments), reactions.format(likes))
        for n, (day, _, views, likes, comments) in enumerate(POSTS)
    ]
    assert (
        read(("dump.csv", lines([("id", "date", "views", "replies", "reactions"), *rows]))).only.totals
        == TOTALS
    )


def test_ids_that_excel_has_rounded_do_not_make_one_post_of_all(read):
    rows = [("1,80905E+16", f"{day:%d.%m.%Y %H:%M}", views) for day, _, views, *_ in POSTS]
    upload = read(("x.csv", lines([("id", "Дата", "Просмотры"), *rows])))
    assert (upload.format, upload.only.posts) == ("generic_table", 12)


def test_of_views_read_on_several_days_the_latest_count(read):
    rows = [
        (f"{day:%d.%m.%Y}", f"пост {n}", views, views + 20, views + 10)
        for n, (day, _, views, *_) in enumerate(POSTS)
    ]
    titles = ("Дата", "Пост", "Просмотры 28.10.2026", "Просмотры 03.11.2026", "Просмотры 01.11.2026")
    assert read(("x.csv", lines([titles, *rows]))).only.totals == {"views": TOTALS["views"] + 240}


def test_numbers_of_rows_before_tables_side_by_side_belong_to_none(read):
    first, *rows = side_by_side().splitlines()
    numbered = [f"№;{first}", *(f"{n};{row}" for n, row in enumerate(rows, 1))]
    assert read(("x.csv", "\n".join(numbered))).only.totals == TOTALS
