"""What breaks: a pasted list is talk, or talk a list."""

import pytest

from bot.core.parsing.pasted import is_pasted_list


@pytest.mark.parametrize(
    "text",
    [
        "Дата\tПост\tПросмотры\n01.10.2026 12:00\tА\t1200\n02.10.2026 9:30\tБ\t900\n03.10.2026\tВ\t1500",
        "01.10 — А — 1200\n02.10 — Б — 900\n03.10 — В — 1500",
        "12 окт Заголовок 1 234\n13 окт Другой 2 345\n14 окт Третий 1,2К",
        "Oct 12 | 1,234 | 12\nOct 13 | 2,345 | 30\nOct 14 | 900 | 8",
        "2026-10-01;1200;30\n2026-10-02;900;12\n2026-10-03;1500;41",
        "https://t.me/a/1 12.10 1200\nhttps://t.me/a/2 13.10 1300\nhttps://t.me/a/3 14.10 900",
    ],
)
def test_lines_of_dates_and_counts_are_a_list(text):
    assert is_pasted_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "сравни 1.10-31.10 и 1.9-30.9",
        "/placement t.me/a/1 5000\n12.10 1/24\n13.10 3000\n14.10 100",
        "Привет! 12.10 выйдет пост.\nЦена 5000.\nПодтвердите, пожалуйста.",
        "12.10\n13.10\n14.10",
        "встреча 12.10 в 15:00\nвстреча 13.10 в 16:30\nвстреча 14.10 в 12:00",
        "1200\n1300\n1400",
        "версия 1.2.3 билд 45\nверсия 1.2.4 билд 46\nверсия 1.2.5 билд 47",
    ],
)
def test_talk_numbers_and_meetings_are_none(text):
    assert not is_pasted_list(text)
