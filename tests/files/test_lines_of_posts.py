"""Posts listed in words, a line or a few lines each, are read; a list that lacks dates is told so, and no table is taken for one."""

import pytest

POSTS = [
    ("12.10.2026", "5 ошибок бариста", 1234, 45),
    ("13.10.2026", "Скидка 20% до 15.10", 2310, 7),
    ("14.10.2026", "Мем: кофе и точка", 958, 30),
]
NUMBERS = [(post[2], post[3]) for post in POSTS]


def spaced(number):
    return f"{number:,}".replace(",", "\u00a0")


LINES = {
    "behind": "{0} — {1} — {3} просмотров, {4} реакций",
    "before": "{0} {1}: просмотры {2}, лайки {4}",
    "before without a comma": "{0} | {1} | просмотры {2} лайки {4}",
    "numbered": "7. {0} «{1}» - охват {3}, реакций {4}",
    "signs": "• {0} {1} 👁 {2} ❤️ {4}",
    "kinds of reactions": "{0} {1} 👁 {2} 🔥 {5} ❤️ 2",
    "clock": "{0} в 18:05 {1} / {3} просмотров / {4} лайков",
    "rate": "{0} {1} — {3} просмотров, {4} реакций, ER 3,6%",
    "address": "https://t.me/kofe_tochka/101 ({0}) — {3} просмотров, {4} реакций",
    "block": "📅 {0}\n📝 {1}\n👁 {3} ❤ {4}\n",
    "named block": "Дата: {0}\nПост: {1}\nПросмотры: {2}\nЛайки: {4}\n---",
    "day above": "{0}\n{1} — {3} просмотров, {4} реакций",
}


def listed(line, posts=POSTS):
    return "\n".join(
        line.format(day, text, views, spaced(views), likes, likes - 2) for day, text, views, likes in posts
    )


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_posts_listed_in_words_are_read(read, line):
    lines = listed(line).replace("/101", "/{}")
    result = read(("пост.txt", "Вот что вышло за неделю:\n\n" + lines.format(1, 2, 3) + "\n\nИтого 3 поста"))
    found = [(post.views or post.reach, post.reactions) for post in result.posts]
    assert sorted(found) == sorted(NUMBERS)
    assert result.only.first == 1791763200 + (65100 if "18:05" in line else 0)


@pytest.mark.parametrize("day", ["12 октября", "12 окт.", "Oct 12:", "12.10", "вчера,"])
def test_days_of_lists_may_lack_a_year_and_be_words(read, day):
    posts = [(day, *post[1:]) for post in POSTS]
    result = read(("list.txt", listed(LINES["behind"], posts)), as_of=1791849600)
    assert {post.published_at for post in result.posts} == {1791763200}


def test_a_text_keeps_its_own_figures_and_counts_only_what_is_named(read):
    titles = [post.title for post in read(("list.txt", listed(LINES["behind"]))).posts]
    assert titles == [post[1] for post in POSTS]


@pytest.mark.parametrize("line", ["{1} — {3} просмотров", "{1} - {2}", "https://t.me/kofe/101 {2} {4}"])
def test_a_list_without_dates_is_called_so(refusal, line):
    posts = [("", f"Пост про кофе {views}", views, likes) for _, _, views, likes in POSTS]
    assert refusal("list.txt", listed(line, posts)) == "file.list_without_dates"


def test_figures_that_say_nothing_of_themselves_are_asked_about(refusal):
    assert refusal("list.txt", listed("{0} — {1} — {2}")) == "file.header_absent"


def test_a_table_with_units_in_its_cells_stays_a_table(read):
    rows = [f"{day};{text};{likes} лайков;{views} просмотров" for day, text, views, likes in POSTS]
    result = read(("posts.csv", "\n".join(["Дата;Пост;Лайки;Просмотры", *rows])))
    assert [(post.views, post.reactions) for post in result.posts] == NUMBERS
    assert result.understood.columns[1].title == "Пост"


@pytest.mark.parametrize(
    "line",
    [
        "Итого за 01.10.2026–31.10.2026: 4 502 просмотра",
        "Всего на 15.10.2026: 4 502 просмотра, 82 реакции",
        "1–7 октября: 4 502 просмотра",
        "с 12 по 14 октября 2026: 4 502 просмотра, 82 реакции",
        "15.10.2026 — Идея на завтра — план 2 000 просмотров",
    ],
)
def test_a_line_of_sums_or_of_a_plan_is_no_post(read, line):
    result = read(("list.txt", f"{listed(LINES['behind'])}\n{line}"))
    assert [(post.views, post.reactions) for post in result.posts] == NUMBERS


@pytest.mark.parametrize(
    "text", ["5 ошибок бариста", "1.12 тыс. раз сказано", "5 февральских новинок", "до 20 гостей"]
)
def test_a_text_that_begins_with_a_figure_makes_no_period_of_its_day(read, text):
    posts = [(day, text, views, likes) for day, _, views, likes in POSTS]
    result = read(("list.txt", listed("{0} — {1} — {3} просмотров, {4} реакций", posts)))
    assert [(post.views, post.title) for post in result.posts] == [(views, text) for _, _, views, _ in POSTS]


@pytest.mark.parametrize(
    "line", ["{0}.10–{1}.10 — 20 {0}00 просмотров", "{0} – {1} октября: 20 {0}00 просмотров"]
)
def test_weeks_listed_in_words_are_totals(refusal, line):
    weeks = [line.format(day, day + 6) for day in (10, 17, 24)]
    assert refusal("list.txt", "\n".join(weeks)) == "file.totals"


def test_lists_under_the_names_of_channels_stay_apart(read):
    text = f"Кофе и точка\n{listed(LINES['behind'])}\n\nЧайный дом\n{listed(LINES['behind'], POSTS[:2])}"
    channels = read(("list.txt", text)).understood.channels
    assert {one.channel.name: one.posts for one in channels} == {"Кофе и точка": 3, "Чайный дом": 2}


def test_bought_adverts_listed_in_words_are_no_posts_of_ones_own(refusal):
    line = "{0} — @channel{4} — 2 500 ₽ — {3} просмотров — +{4} подписчиков"
    assert refusal("list.txt", listed(line)) == "file.placements"


def test_subscribers_listed_by_day_are_an_audience(read):
    days = [(day, "", 5000 + place, 0) for place, (day, *_) in enumerate(POSTS)]
    result = read(("list.txt", listed("{0} — {3} подписчиков", days)))
    assert [reading.subscribers for reading in result.audience] == [5000, 5001, 5002]


@pytest.mark.parametrize(
    "text", ["1 " * 140_000, "12.10 " * 1300 + "x", "1 111 111 111 111 111 111 111 x\n" * 9000, "👁 " * 3900]
)
def test_a_strange_text_is_given_up_at_once(refusal, text):
    assert refusal("list.txt", f"{text}\n{text[:7000]}\n{text[:7000]}").startswith("file.")
