"""Tables that people keep for themselves: dates with a weekday, numbers with a word, months and days apart, a sheet a channel."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import xlsxwriter

from storage.files.upload.notes import Hints
from storage.files.upload.questions import ask_about

START = datetime(2026, 10, 1, 9, 0)
DAYS = [START + timedelta(days=n, minutes=17 * n) for n in range(30)]
VIEWS = [900 + 37 * n for n in range(30)]
WEEKDAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]


@pytest.mark.parametrize(
    "written",
    [
        lambda day: f"{day:%d.%m} ({WEEKDAYS[day.weekday()]})",
        lambda day: f"{WEEKDAYS[day.weekday()]} {day:%d.%m.%y}",
        lambda day: f"{day:%d.%m.%Y} г. в {day:%H:%M}",
        lambda day: f"{day:%d/%m/%Y %H:%M} (GMT+3)",
        lambda day: f"{day:%A}, {day:%d.%m.%Y}",
        lambda day: (
            f"{day:%d.%m.%Y}, {['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота', 'воскресенье'][day.weekday()]}"
        ),
        lambda day: f"{day:%d.%m.%Y %H:%M} мск",
    ],
)
def test_a_date_is_one_whatever_words_of_the_calendar_stand_beside_it(read, written):
    rows = [[written(day), f"тема {n}", VIEWS[n]] for n, day in enumerate(DAYS)]
    upload = read(("Октябрь 2026.csv", _csv([["Дата", "Пост", "Просмотры"], *rows])), zone="Europe/Moscow")
    days = [(post.published_at + 3 * 3600) // 86_400 for post in sorted(upload.posts)]
    assert days == [(day - datetime(1970, 1, 1)).days for day in DAYS]


def test_a_text_that_names_a_date_is_no_date(read):
    rows = [[f"{day:%d.%m.%Y}", f"{day:%d.%m} ждём вас", VIEWS[n]] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", _csv([["Вышел", "Анонс", "Просмотры"], *rows])))
    assert {use.title: use.meaning for use in upload.understood.columns} == {
        "Вышел": "date", "Анонс": "text", "Просмотры": "views",
    }  # fmt: skip


@pytest.mark.parametrize("written", ["{} просмотров", "👁 {}", "{} views", "{} 👀", "{} просмотра"])
def test_a_count_with_what_it_counts_beside_it_is_a_count(read, written):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"тема {n}", written.format(VIEWS[n])] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", _csv([["Дата", "Пост", "Просмотры"], *rows])))
    assert upload.only.totals["views"] == sum(VIEWS)


@pytest.mark.parametrize("written", ["{} руб", "{} дней", "{}%"])
def test_a_number_of_something_else_is_no_count_of_views(refusal, written):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"тема {n}", written.format(VIEWS[n])] for n, day in enumerate(DAYS)]
    assert refusal("x.csv", _csv([["Дата", "Пост", "Просмотры"], *rows])) == "file.no_counters"


@pytest.mark.parametrize(
    ("titles", "parts"),
    [
        (["Год", "Месяц", "День"], lambda day: [day.year, day.month, day.day]),
        (["Месяц", "Число"], lambda day: ["Октябрь", day.day]),
        (["Year", "Month", "Day"], lambda day: [day.year, day.strftime("%B"), day.day]),
    ],
)
def test_a_date_in_columns_of_its_parts_is_joined_and_told_as_a_date(read, titles, parts):
    rows = [[*parts(day), f"тема {n}", VIEWS[n]] for n, day in enumerate(DAYS)]
    upload = read(("2026.csv", _csv([[*titles, "Пост", "Просмотры"], *rows])))
    assert [datetime.fromtimestamp(post.published_at, UTC).date() for post in sorted(upload.posts)] == [
        day.date() for day in DAYS
    ]
    assert [use.meaning for use in upload.understood.columns if use.title in titles] == ["date"] * len(titles)


def test_a_table_without_titles_is_refused_as_such_and_its_columns_can_be_told(read, refusal, tmp_path):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"тема {n}", VIEWS[n], n % 5] for n, day in enumerate(DAYS)]
    assert refusal("x.csv", _csv([[""] * 4, *rows])) == "file.header_absent"
    content = _csv(rows)
    assert refusal("x.csv", content) == "file.header_absent"
    (tmp_path / "x").write_text(content)
    question = ask_about([("x.csv", tmp_path / "x")], "UTC", Hints())
    assert [candidate.example for candidate in question.candidates] == ["900", "0"]


def test_sheets_that_run_side_by_side_are_channels_called_like_them(read):
    upload = read(
        ("Отчёт.xlsx", _book({name: (DAYS, n) for n, name in enumerate(("Кофе", "Чай", "Булочная"))}))
    )
    found = {one.channel.name: (one.posts, one.totals["views"]) for one in upload.understood.channels}
    assert found == {name: (30, sum(VIEWS) + 30 * n) for n, name in enumerate(("Кофе", "Чай", "Булочная"))}
    assert upload.warned["channels_by_sheets"]["sheets"] == "Кофе, Чай, Булочная"


def test_sheets_called_like_networks_are_those_networks(read):
    upload = read(("Отчёт.xlsx", _book({"Телеграм": (DAYS, 0), "ВК": (DAYS, 1)})))
    assert [one.channel.platform for one in upload.understood.channels] == ["telegram", "vk"]


@pytest.mark.parametrize(
    "sheets",
    [
        {"Сентябрь": DAYS[:15], "Октябрь": DAYS[15:]},
        {"Кофе": DAYS[:15], "Чай": DAYS[15:]},
        {"Посты": DAYS[::2], "Рилс": DAYS[1::2]},
        {"Лист1": DAYS[::2], "Лист2": DAYS[1::2]},
    ],
)
def test_sheets_of_months_or_of_kinds_of_posts_are_one_channel(read, sheets):
    upload = read(("Отчёт.xlsx", _book({name: (days, 0) for name, days in sheets.items()})))
    assert upload.only.posts == len(DAYS)


def test_a_title_that_comes_twice_is_told_twice(read):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"тема {n}", VIEWS[n], 3 * VIEWS[n]] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", _csv([["Дата", "Пост", "Просмотры", "Просмотры"], *rows])))
    assert ("Просмотры (2)", "second") in [(use.title, use.aside) for use in upload.understood.columns]


def _csv(rows):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


def _book(sheets):
    """Sheets of posts at the moments given; views of each are more by the number beside them."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        dates = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for name, (days, more) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Дата", "Пост", "Просмотры"])
            for row, day in enumerate(days, 1):
                sheet.write_datetime(row, 0, day, dates)
                sheet.write_row(row, 1, [f"{name} {row}", VIEWS[row - 1] + more])
    return packed.getvalue()


REFUSALS = {
    "a report of campaigns": (
        "file.ads_report", ["campaign_name", "reporting_start", "impressions", "amount_spent", "end_date"],
        lambda n, day: [f"We hire {n}", f"{day:%Y-%m-%d}", VIEWS[n], 37.5 + n, f"{day:%Y-%m-%d}"],
    ),
    "messages of a group": (
        "file.chat_export", ["id", "date", "sender_id", "text", "chat_id"],
        lambda n, day: [n, f"{day:%Y-%m-%d %H:%M}", 77 + n % 5, f"hello {n}", -1],
    ),
    "a rating of accounts": (
        "file.channel_list", ["Rank", "Name", "Category", "Followers", "Avg. Likes", "Eng Rate"],
        lambda n, day: [n + 1, f"account {n}", "food", 1000 * n + 7, 31 + n, 0.01],
    ),
    "an empty column of dates": ("file.dates_empty", ["date", "text", "views"], lambda n, day: ["", f"пост {n}", VIEWS[n]]),
    "dates nobody can read": (
        "file.dates_unreadable", ["Дата", "Пост", "Просмотры"], lambda n, day: ["вскоре", f"пост {n}", VIEWS[n]],
    ),
    "pairs of numbers": ("file.not_statistics", ["pessoa_id", "post_id"], lambda n, day: [n, 100 + n]),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_no_table_of_posts_is_called_what_it_is(refusal, what):
    code, titles, row = REFUSALS[what]
    assert refusal("x.csv", _csv([titles, *(row(n, day) for n, day in enumerate(DAYS))])) == code


def test_titles_without_a_row_hold_no_posts(refusal):
    assert refusal("x.csv", _csv([["Дата", "Ссылка", "metric", "value"]])) == "file.no_posts"


def test_of_two_columns_of_one_meaning_the_fuller_is_read(read):
    rows = [
        [f"{day:%d.%m.%Y %H:%M}", f"тема {n}", VIEWS[n], 9 if n < 3 else "", n] for n, day in enumerate(DAYS)
    ]
    upload = read(("x.csv", _csv([["date", "text", "views", "forwards", "shares"], *rows])))
    assert upload.only.totals["forwards"] == sum(range(30))
    assert ("forwards", "second") in [(use.title, use.aside) for use in upload.understood.columns]


@pytest.mark.parametrize(
    ("title", "aside"),
    [("Watch time (hours)", "time"), ("Average view duration", "mean"), ("donation_value", "price")],
)
def test_a_column_left_aside_is_called_what_it_holds(read, title, aside):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"тема {n}", VIEWS[n], f"{1000 + n}.5"] for n, day in enumerate(DAYS)]
    upload = read(("x.csv", _csv([["date", "text", "views", title], *rows])))
    assert (title, aside) in [(use.title, use.aside) for use in upload.understood.columns]


def test_posts_of_one_day_on_two_sheets_of_a_channel_are_all_kept(read):
    midnights = [day.replace(hour=0, minute=0) for day in DAYS]
    upload = read(("Отчёт.xlsx", _book({"Посты": (midnights, 0), "Рилс": (midnights, 5)})))
    assert (upload.only.posts, upload.only.totals["views"]) == (60, 2 * sum(VIEWS) + 30 * 5)
    assert "duplicate" not in upload.skipped


def test_a_post_that_stands_in_two_files_of_a_channel_is_one_though_it_has_no_id(read):
    rows = [[f"{day:%d.%m.%Y %H:%M}", f"тема {n}", VIEWS[n]] for n, day in enumerate(DAYS)]
    first, second = (_csv([["Дата", "Пост", "Просмотры"], *part]) for part in (rows[:20], rows[10:]))
    assert read(("стр. 1.csv", first), ("стр. 2.csv", second)).only.posts == 30
