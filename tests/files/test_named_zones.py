"""A zone that the table itself names is the zone of its times, wherever the name stands."""

import pytest

NOON = 1_792_065_600  # 12:00 of 2026-10-15 in UTC
ZONES = {
    "Дата (МСК)": -3, "Дата публикации, UTC": 0, "Date, GMT+3": -3, "Дата и время (UTC+5)": -5, "Дата (МСК+2)": -5, "Дата, МСК -1": -2,
    "Date (UTC-5)": 5, "Date (UTC +05:30)": -5.5, "Date (EST)": 4, "Дата (UTC−3)": 3, "Latest date": None,
}  # fmt: skip
ROWS = "15.10.2026 12:00{0}1200{0}30\n18.10.2026 12:00{0}1300{0}31\n"


@pytest.mark.parametrize("title", ZONES)
def test_title_of_dates_names_the_zone(read, title):
    upload = read(("x.csv", f"{title};Просмотры;Лайки\n" + ROWS.format(";")), zone="Asia/Almaty")
    off = ZONES[title]
    assert upload.only.first == NOON + 3600 * (-5 if off is None else off)
    assert ("naive_times" in upload.warned) == (off is None)


@pytest.mark.parametrize(
    ("above", "titles", "off"),
    [
        ("Канал;Зерно\nЧасовой пояс:;Москва (UTC+3)\n\n", "Дата;Просмотры;Лайки", -3),
        ("Timezone: America/Sao_Paulo\n", "Date;Views;Likes", 3),
        ("Отчёт из Москвы\n", "Дата;Просмотры;Лайки", -5),
    ],
)
def test_line_about_the_time_zone_above_the_header_names_it(read, above, titles, off):
    upload = read(("x.csv", f"{above}{titles}\n" + ROWS.format(";")), zone="Asia/Almaty")
    assert upload.only.first == NOON + 3600 * off


def test_title_of_hours_in_a_column_of_their_own_names_it(read):
    rows = "15.10.2026;12:00;1200;30\n18.10.2026;12:00;1300;31\n"
    upload = read(("x.csv", "Дата;Время (UTC+7);Просмотры;Лайки\n" + rows), zone="Asia/Almaty")
    assert upload.only.first == NOON - 7 * 3600
