"""Tables whose words say less than their figures: sums without a word, texts under any title, ages beside totals, days of one post."""

from datetime import datetime, timedelta

import pytest

from metrics.errors import DomainError
from storage.files.tables.title_words import aside_of, read_title

DAYS = [datetime(2026, 9, 1, 9, 5) + timedelta(days=n, hours=n % 6) for n in range(20)]
TEXTS = [f"Как варить кофе дома, часть {n}" for n in range(20)]


def lines(titles, rows):
    return "\n".join(";".join(map(str, row)) for row in [titles, *rows])


def test_views_of_now_win_over_views_at_an_age_though_the_newest_post_is_as_old_as_the_file(read):
    """The file is dated by its newest post, whose views at 24 h were read a day later: so were those of now."""
    rows = [[f"{day:%d.%m.%Y %H:%M}", text, 1000 + n, 800, 10 + n] for n, (day, text) in enumerate(zip(DAYS, TEXTS, strict=True))]  # fmt: skip
    found = read(
        ("a.csv", lines(["Дата", "Пост", "Просмотры", "Просмотры за 24 часа", "Реакции"], rows))
    ).only
    assert found.totals == {"views": sum(row[2] for row in rows), "reactions": sum(row[4] for row in rows)}


@pytest.mark.parametrize("title", ["Beitrag", "Legenda", "Тред", "Колонка 3", ""])
def test_sentences_that_differ_are_texts_whatever_they_are_called(read, title):
    rows = [
        [f"{day:%d.%m.%Y}", text, 1000 + n, 10] for n, (day, text) in enumerate(zip(DAYS, TEXTS, strict=True))
    ]
    upload = read(("a.csv", lines(["Datum", title, "Reichweite", "Kommentare"], rows)))
    assert [post.title for post in upload.posts] == TEXTS
    assert upload.only.totals["reach"] == sum(row[2] for row in rows)


def test_names_of_sources_that_come_back_are_no_texts(read):
    sources = ["Поиск по YouTube видео", "Рекомендации на главной странице", "Внешние сайты и приложения"]
    rows = [[f"{day:%d.%m.%Y}", source, 100 + n] for n, day in enumerate(DAYS) for source in sources]
    with pytest.raises(DomainError) as refused:
        read(("a.csv", lines(["Дата", "Откуда", "Просмотры"], rows)))
    assert refused.value.code == "file.breakdown"


@pytest.mark.parametrize("hour", ["%H:%M Uhr", "%H:%M ч.", "%H:%M h", "%I:%M %p", "%H:%M"])
def test_hours_of_a_column_of_their_own_may_have_a_word_behind_them(read, hour):
    rows = [
        [f"{day:%d.%m.%Y}", day.strftime(hour), text, 1000] for day, text in zip(DAYS, TEXTS, strict=True)
    ]
    posts = read(("a.csv", lines(["Datum", "Uhrzeit", "Text", "Aufrufe"], rows))).posts
    assert [post.published_at % 86_400 for post in posts] == [day.hour * 3600 + day.minute * 60 for day in DAYS]  # fmt: skip


@pytest.mark.parametrize("between", ["\n", "  ", "\u00a0", " \n"])
def test_a_day_and_its_hour_may_stand_below_one_another_in_a_cell(read, between):
    rows = [
        [f'"{day:%d.%m.%Y}{between}{day:%H:%M}"', text, 1000] for day, text in zip(DAYS, TEXTS, strict=True)
    ]
    posts = read(("a.csv", lines(["Дата", "Пост", "Просмотры"], rows))).posts
    assert [post.published_at for post in posts] == [int((day - datetime(1970, 1, 1)).total_seconds()) for day in DAYS]  # fmt: skip


@pytest.mark.parametrize("mean", [False, True])
@pytest.mark.parametrize("weekly", [False, True])
def test_a_row_of_sums_or_means_needs_no_word_to_be_one(read, mean, weekly):
    rows = [
        [f"{day:%d.%m.%Y}", text, 1000 + 7 * n, 10 + n]
        for n, (day, text) in enumerate(zip(DAYS, TEXTS, strict=True))
    ]
    size = 5 if weekly else len(rows)
    written = []
    for start in range(0, len(rows), size):
        block = rows[start : start + size]
        sums = [sum(row[place] for row in block) for place in (2, 3)]
        written += [*block, ["", "", *(round(one / len(block)) if mean else one for one in sums)]]
    upload = read(("a.csv", lines(["Дата", "Пост", "Охват", "Лайки"], written)))
    assert upload.only.totals == {"reach": sum(row[2] for row in rows), "reactions": sum(row[3] for row in rows)}  # fmt: skip
    assert {one.reason: one.count for one in upload.understood.skipped} == {"total": len(rows) // size}


def test_a_picture_of_a_merged_day_is_no_sum(read):
    rows = [["01.09.2026", "", 500, 10], ["", "", 610, 12], ["", "", 700, 9], ["02.09.2026", "Текст", 400, 8]]
    assert read(("a.csv", lines(["Дата", "Пост", "Охват", "Лайки"], rows))).only.posts == 4


@pytest.mark.parametrize("missing", ["нет данных", "Нет", "н.д.", "no data", "k.A.", "скрыто", "#Н/Д", "?"])
def test_words_for_nothing_counted_are_no_faults_of_the_file(read, missing):
    rows = [[f"{day:%d.%m.%Y}", text, 1000, missing if n % 3 else 5] for n, (day, text) in enumerate(zip(DAYS, TEXTS, strict=True))]  # fmt: skip
    upload = read(("a.csv", lines(["Дата", "Пост", "Просмотры", "Комментарии"], rows)))
    assert upload.only.totals["comments"] == 5 * 7
    assert "unreadable_numbers" not in {one.code for one in upload.understood.warnings}


def test_a_chart_of_a_few_posts_by_day_is_no_list_of_posts(read):
    """`Datos del gráfico.csv` beside a table of videos would put the views of a day in place of all."""
    ids = ["aB3dEfGhIj1", "xY9zWvUtSr2", "Qw3rTyUiOp4"]
    rows = [[f"{day:%Y-%m-%d}", one, 5 + n] for n, day in enumerate(DAYS) for one in ids]
    with pytest.raises(DomainError) as refused:
        read(("a.csv", lines(["Fecha", "Contenido", "Visualizaciones"], rows)))
    assert refused.value.code == "file.breakdown"


def test_posts_of_two_networks_on_two_sheets_are_two_channels(read):
    """The addresses at VK name no handle; they are no posts of the one Telegram channel that is named."""
    telegram = [[f"{day:%d.%m.%Y %H:%M}", f"https://t.me/kofe/{100 + n}", 1000] for n, day in enumerate(DAYS)]
    vk = [[f"{day:%d.%m.%Y %H:%M}", f"https://vk.com/wall-12_{100 + n}", 500] for n, day in enumerate(DAYS)]
    titles = ["Дата", "Ссылка", "Просмотры"]
    found = read(("a.csv", lines(titles, telegram)), ("b.csv", lines(titles, vk))).understood.channels
    assert {one.channel.platform: one.totals["views"] for one in found} == {"telegram": 20_000, "vk": 10_000}


@pytest.mark.parametrize("title", ["Ad title", "Ad name", "Объявление", "Campaign"])
def test_a_list_of_ads_with_what_they_cost_is_no_list_of_posts(read, title):
    rows = [[f"Кофе {n}", 3000 + n, 20, "2.00", f"{day:%d %b %y}"] for n, day in enumerate(DAYS)]
    with pytest.raises(DomainError) as refused:
        read(("a.csv", lines([title, "Views", "Clicks", "CPM", "Date added"], rows)))
    assert refused.value.code == "file.ads_report"


@pytest.mark.parametrize(
    "title", ["Время просмотра, мин", "View time (h)", "Время просмотров", "Час перегляду"]
)
def test_a_time_of_watching_is_no_count_of_views(title):
    assert read_title(title) == (None, "time")


def test_a_heading_of_posts_is_no_money():
    assert aside_of("Рубрика") is None
    assert {aside_of(title) for title in ("Руб.", "Расход, руб", "Рублей")} == {"price"}


def test_who_posted_is_no_date():
    assert read_title("Posted by").meaning is None


def test_reactions_summed_from_columns_of_emoji_are_told_column_by_column(read):
    rows = [[f"{day:%d.%m.%Y %H:%M}", text, 1000, 5, 3] for day, text in zip(DAYS, TEXTS, strict=True)]
    upload = read(("a.csv", lines(["Дата", "Пост", "Просмотры", "👍", "❤️"], rows)))
    assert upload.only.totals["reactions"] == 160
    assert {use.title: use.meaning for use in upload.understood.columns} == {
        "Дата": "date", "Пост": "text", "Просмотры": "views", "👍": "reactions", "❤️": "reactions",
    }  # fmt: skip
