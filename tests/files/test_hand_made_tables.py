"""Tables people keep themselves, mostly in a Russian Excel."""

import io
from datetime import date, time

import pytest
import xlsxwriter

from storage.files.tables.columns import meaning_of

WORDINGS = {
    "views": "Просмотры|Просмотров|Кол-во просмотров|Количество просмотров|Просмотры поста|Число просмотров|Просм.|Просмотры, шт|Просмотры (шт.)|Всего просмотров|Показы|Views|View count|viewCount|Total views|Post views|Views, total|Переглядів|К-сть переглядів",
    "reach": "Охват|Охваты|Охват публикации|Охват поста|Охоплення",
    "reactions": "Реакции|Реакций|Лайки|Лайков|Кол-во лайков|Общее количество реакций|Нравится|Лайки:|Вподобань|Реакції|likeCount",
    "comments": "Комментарии|Комментариев|Кол-во комментариев|Комменты|Коментарів",
    "forwards": "Репосты|Репостов|Пересылки|Пересылок|Кол-во репостов|Поширень",
    "saves": "Сохранения|Сохранений|Збережень",
    "clicks": "Переходы|Переходов|Клики|Кликов",
    "subscribers": "Подписчики|Подписчиков|Кол-во подписчиков|Всего подписчиков|Підписників|Участников",
    "date": "Дата|Дата публикации|Дата и время|Дата выхода|Дата размещения|Опубликовано|Дата/время|Дата, время|Дата (МСК)|Date (UTC)|Publication date|Дата публікації",
}


@pytest.mark.parametrize(
    ("meaning", "title"),
    [(meaning, title) for meaning, titles in WORDINGS.items() for title in titles.split("|")],
)
def test_a_title_is_known_in_many_wordings(meaning, title):
    assert meaning_of(title) == meaning


@pytest.mark.parametrize(
    "title",
    [
        "ER",
        "ERR",
        "ER, %",
        "Вовлечённость, %",
        "CTR",
        "Просмотры %",
        "% просмотров",
        "Доля просмотров",
        "Views (%)",
        "Прирост подписчиков",
        "Новые подписчики",
        "Цена",
        "CPM",
        "Упоминаний",
    ],
)
def test_a_share_a_gain_or_a_price_is_no_count(title):
    assert meaning_of(title) is None


REPORT = "Отчёт по каналу;;;\n;;;\n№;Дата публикации;Текст;Кол-во просмотров;Реакций;Пересылки;ER, %\n1;03.11.2024;Раз;1 200;12;5;12,5\n2;04.11.2024;Итоги за неделю;12,5 тыс.;10;1;3,1\nИтого;;;13 700;22;6;\nСреднее за неделю:;;;6850;11;3;7,8\n* данные на 05.11.2024;;;;;;\n"


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16"])
def test_a_report_has_a_title_above_and_sums_and_averages_below(read, encoding):
    upload = read(("отчёт.csv", REPORT.encode(encoding)))
    assert upload.only.totals == {"views": 13_700, "reactions": 22, "forwards": 6}
    assert upload.skipped == {"total": 2, "note": 1}
    assert [post.title for post in upload.posts] == ["Раз", "Итоги за неделю"]
    assert upload.only.approximate


def test_hours_in_a_column_of_their_own_belong_to_the_date(read):
    upload = read(
        (
            "с.csv",
            "Дата;Время публикации;Пост;Просмотров\n03.11.2024;12:30;Раз;1200\n04.11.2024;9:05;Два;1100\n",
        ),
        zone="Europe/Moscow",
    )
    assert [post.published_at for post in upload.posts] == [1_730_626_200, 1_730_700_300]
    assert all(post.time_known for post in upload.posts)


def test_moscow_time_named_in_the_title_is_read_as_such(read):
    upload = read(("с.csv", "Дата (МСК);Просмотры\n03.11.2024 12:30;1200\n14.11.2024 12:30;1100\n"))
    assert upload.only.first == 1_730_626_200
    assert "naive_times" not in upload.warned


def test_merged_cells_of_a_day_are_empty_below_the_first(read):
    upload = read(("с.csv", "Дата;Пост;Просмотры\n03.11.2024;Раз;10\n;Два;20\n14.11.2024;Три;30\n"))
    assert [post.published_at for post in upload.posts] == [1_730_592_000, 1_730_592_000, 1_731_542_400]
    assert upload.warned["filled_down"] == {"column": "Дата", "count": 1}


def test_a_row_without_a_date_is_left_out_where_posts_have_numbers(read):
    upload = read(("с.csv", "message_id;Дата;Просмотры\n1;03.11.2024;10\n2;;20\n"))
    assert (upload.only.posts, upload.skipped) == (1, {"no_date": 1})


def test_subscribers_beside_posts_are_an_audience_unless_they_jump(read):
    rows = "03.11.2024;1200;{}\n14.11.2024;1100;{}\n"
    steady = read(("с.csv", "Дата;Просмотры;Подписчиков\n" + rows.format(5000, 5010)))
    assert [row.subscribers for row in steady.audience] == [5_000, 5_010]
    assert read(("с.csv", "Дата;Просмотры;Подписчиков\n" + rows.format(3, 40))).audience == []


def test_one_number_of_subscribers_in_every_row_is_that_of_the_last_day(read):
    upload = read(("с.csv", "Дата;Просмотры;Подписчиков\n03.11.2024;1200;5000\n14.11.2024;1100;5000\n"))
    assert upload.audience == [(1_731_542_400, 5_000, 0)]


def test_a_workbook_with_dates_clocks_and_a_sheet_of_its_own(read):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = book.add_worksheet("Посты")
    day, hour = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
    sheet.write_row(0, 0, ["Статистика за ноябрь"])
    sheet.write_row(2, 0, ["Дата", "Время", "Просмотров", "ERR"])
    sheet.write_row(3, 2, [1200, 0.3])
    sheet.write_datetime(3, 0, date(2024, 11, 3), day)
    sheet.write_datetime(3, 1, time(12, 30), hour)
    book.add_worksheet("Пояснения").write_row(0, 0, ["ERR — охват к подписчикам"])
    book.close()
    upload = read(("ноябрь.xlsx", packed.getvalue()))
    assert (upload.only.first, upload.only.totals) == (1_730_637_000, {"views": 1_200})
    assert upload.warned["left_out"]["name"] == "ноябрь.xlsx: Пояснения"


def test_a_channel_list_of_titles_alone_is_one_still(refusal):
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    titles = [
        "Дата создания",
        "Релевантность, %",
        "Ссылка на канал",
        "Подписчики",
        "Название канала",
        "Описание канала",
    ]
    book.add_worksheet().write_row(0, 0, titles)
    book.close()
    assert refusal("каналы.xlsx", packed.getvalue()) == "file.channel_list"


def test_channel_lists_say_so_however_they_are_headed(refusal):
    for header in (
        "№,Степень схожести,Ссылка на канал,Подписчики,Название канала,Описание канала",
        "title,subscribers,link",
        "Название,Ссылка,Подписчики",
    ):
        cells = ["https://t.me/a" if "сыл" in name or name == "link" else "5" for name in header.split(",")]
        assert refusal("каналы.csv", header + "\n" + ",".join(cells) + "\n") == "file.channel_list"
