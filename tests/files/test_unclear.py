"""What breaks: a table that only a person can explain is refused, asked about in vain, or read by the wrong answer."""

import pytest

from metrics.errors import DomainError
from storage.files.tables.headers import fingerprint
from storage.files.upload.notes import HeaderMeanings, Hints
from storage.files.upload.questions import ask_about, columns_in, first_posts

DAY = 86_400
OWN_WORDS = "Рубрика;Когда вышло;Сколько глянули;Плюсики\nНовости;05.11.2025 10:00;1 200;34\nСоветы;17.11.2025 11:30;980;12\n"
OWN_TITLES = ("Рубрика", "Когда вышло", "Сколько глянули", "Плюсики")
EITHER_WAY = "date,views,likes\n03/03/2025,12,1\n03/04/2025,10,1\n02/01/2025,9,1\n04/05/2025,11,1\n"


@pytest.fixture
def question(tmp_path, written):
    def ask(*files, told=None):
        paths = []
        for number, (name, content) in enumerate(files):
            path = tmp_path / f"asked-{number}"
            path.write_bytes(written(content))
            paths.append((name, path))
        return ask_about(paths, "UTC", Hints(told=told or {}))

    return ask


def test_columns_that_could_be_meant_are_offered_with_an_example(question):
    asked = question(("свой.csv", OWN_WORDS))
    assert asked.wanted == ("views", "reactions")  # a date is known by its values
    assert [(one.position, one.title, one.example, one.is_date) for one in asked.candidates] == [
        (2, "Сколько глянули", "1 200", False),
        (3, "Плюсики", "34", False),
    ]


def test_what_a_title_says_already_is_not_asked(question):
    two_dates = "Эфир;Съёмка;Просмотры;Лайки\n05.11.2025;01.11.2025;10;1\n17.11.2025;02.11.2025;12;2\n"
    asked = question(("x.csv", two_dates))
    assert asked.wanted == ("date",)
    assert [one.title for one in asked.candidates] == ["Эфир", "Съёмка"]
    asked = question(("x.csv", "дата;глянули\n05.11.2025;10\n17.11.2025;12\n"))
    assert asked.wanted == ("views", "reactions")


@pytest.mark.parametrize(
    "content",
    [
        "a,b,c\n1,2,3\n4,5,6\n",
        "город,население\nТверь,416216\nКлин,75000\n",
        "Эфир;О чём\n05.11.2025;о кофе\n17.11.2025;о чае\n",
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["no dates", "people of towns", "no figures", "no table"],
)
def test_a_table_without_dates_or_without_figures_is_not_asked_about(question, content):
    assert question(("x.csv", content)) is None


def test_days_and_months_are_asked_with_a_date_that_differs(question):
    asked = question(("x.csv", EITHER_WAY))
    assert (asked.example, asked.day_first - asked.month_first) == ("03/04/2025", 30 * DAY)


def test_an_answer_is_followed_wherever_that_header_comes_again(read):
    told = {fingerprint(OWN_TITLES): HeaderMeanings({1: "date", 2: "views", 3: "reactions"})}
    upload = read(
        ("свой.csv", OWN_WORDS),
        ("ещё.csv", OWN_WORDS.replace(".11.", ".12.").upper()),
        hints=Hints(told=told),
    )
    assert [(post.views, post.reactions) for post in upload.posts] == [(1200, 34), (980, 12)] * 2
    assert upload.warned["columns_told"]["date"] in ("Когда вышло", "КОГДА ВЫШЛО")
    assert upload.warned["columns_told"]["fingerprint"] == fingerprint(OWN_TITLES)


def test_other_headers_are_read_as_they_say(read):
    told = {fingerprint(OWN_TITLES): HeaderMeanings({1: "date", 2: "views"}, "month")}
    upload = read(("x.csv", "date,views,likes\n17.11.2025,5,1\n"), hints=Hints(told=told))
    assert upload.warned.keys() == {"dates_without_time"}


def test_a_person_goes_before_the_dictionary(read):
    """Both columns claim to be views; the one that was pointed at is."""
    titles, rows = ("дата", "Просмотры", "Показы за неделю"), "17.11.2025 10:00;1;500"
    told = {fingerprint(titles): HeaderMeanings({2: "views"})}
    upload = read(("x.csv", f"{';'.join(titles)}\n{rows}\n"), hints=Hints(told=told))
    assert [post.views for post in upload.posts] == [500]


def test_a_column_named_utc_stays_in_utc(read):
    titles = ("Вышло (UTC)", "глянули")
    told = {fingerprint(titles): HeaderMeanings({0: "date", 1: "views"})}
    text = f"{';'.join(titles)}\n17.11.2025 10:00;5\n"
    upload = read(("x.csv", text), hints=Hints(told=told), zone="Asia/Vladivostok")
    assert upload.posts[0].published_at % DAY == 10 * 3600


@pytest.mark.parametrize(("order", "month"), [("day", 4), ("month", 3)])
def test_the_order_of_dates_is_followed(read, order, month):
    told = {fingerprint(("date", "views", "likes")): HeaderMeanings(date_order=order)}
    upload = read(("x.csv", EITHER_WAY), hints=Hints(told=told))
    assert f"{order}_first_told" in upload.warned
    firsts = {post.published_at for post in upload.posts if post.views == 10}
    assert firsts == {1_743_638_400 if month == 4 else 1_741_046_400}


def test_json_of_own_words_is_asked_about_and_read(question, read):
    rows = [{"эфир": f"2025-11-{day:02}T10:00:00Z", "глянули": 100 + day} for day in (5, 17)]
    asked = question(("x.json", rows))
    assert [one.title for one in asked.candidates] == ["глянули"]
    upload = read(
        ("x.json", rows), hints=Hints(told={asked.fingerprint: HeaderMeanings({0: "date", 1: "views"})})
    )
    assert [post.views for post in upload.posts] == [105, 117]


def test_the_first_posts_are_the_oldest_as_they_would_be_stored(tmp_path):
    path = tmp_path / "file"
    path.write_text(
        "id;date;views;likes\n4;17.11.2025;5;1\n3;16.11.2025;4;1\n2;15.11.2025;3;1\n1;14.11.2025;2;1\n"
    )
    assert [post.views for post in first_posts([("x.csv", path)], "UTC", Hints(), 3)] == [2, 3, 4]


def test_a_wrong_answer_is_refused_like_any_file(read):
    told = {fingerprint(OWN_TITLES): HeaderMeanings({0: "date", 2: "views"})}
    with pytest.raises(DomainError, match="dates_unreadable"):
        read(("свой.csv", OWN_WORDS), hints=Hints(told=told))


def test_what_a_person_says_of_a_column_holds_in_an_export_of_a_service_too(read):
    """The service, its dates and its other titles are known as before: only that column is another."""
    titles = [
        "Post ID", "Account ID", "Account username", "Account name", "Description", "Publish time", "Permalink", "Post type", "Date", "Views", "Reach",
        "Likes", "Shares", "Comments",
    ]  # fmt: skip
    rows = [
        f"180{n},17,kofe,Кофе,Текст {n},0{n}/02/2026 10:00,https://www.instagram.com/p/C{n}x/,IG reel,Lifetime,100,80,1{n},2,3"
        for n in range(1, 10)
    ]
    told = {fingerprint(titles): HeaderMeanings({10: "views", 9: "", 13: "saves"})}
    upload = read(("Sep-01-2026.csv", "\n".join([",".join(titles), *rows])), hints=Hints(told=told))
    assert (upload.format, upload.only.channel.platform) == ("meta_instagram", "instagram")
    assert upload.only.totals == {"views": 720, "reactions": 135, "forwards": 18, "saves": 27}
    assert [use.title for use in upload.understood.columns if use.meaning == "views"] == ["Reach"]
    assert upload.posts[0].published_at == 1_767_348_000  # 2 January: months still come first


def test_columns_are_named_as_the_file_names_them(read):
    """Some are read under other titles: addresses of posts, views at an age."""
    rows = [f"0{n}.09.2026 10:00;https://t.me/kofe/{n};100;80" for n in range(1, 9)]
    upload = read(("a.csv", "\n".join(["Дата;Пост;Просмотры;Просмотры за 24 часа", *rows])))
    assert {use.title: use.meaning for use in upload.understood.columns} == {
        "Дата": "date", "Пост": "link", "Просмотры": "views", "Просмотры за 24 часа": "views",
    }  # fmt: skip


def test_a_question_names_the_file_that_it_is_about(question):
    known = "дата;просмотры;ссылка\n05.11.2025;10;https://t.me/a/1\n06.11.2025;12;https://t.me/a/2\n"
    assert question(("ясный.csv", known), ("свой.csv", OWN_WORDS)).file == "свой.csv"
    assert question(("ясный.csv", known), ("даты.csv", EITHER_WAY)).file == "даты.csv"


def test_columns_to_be_corrected_are_shown_as_their_service_means_them(tmp_path):
    """Subscribers of a table of videos are a gain, and its impressions are of thumbnails."""
    titles = "Контент,Название видео,Время публикации видео,Просмотры,Подписчики,Показы"
    rows = "\n".join(
        f'aB{n}dEfGhIj{n},Видео о кофе {n},"Sep {n}, 2026",{100 + n},{n},{900 + n}' for n in range(1, 9)
    )
    path = tmp_path / "Данные из таблицы.csv"
    path.write_text(f"{titles}\n{rows}\n", encoding="utf-8")
    found = columns_in([(path.name, path)], "UTC", Hints())
    assert found is not None
    assert {one.title: one.meaning for one in found.columns} == {
        "Контент": "id", "Название видео": "text", "Время публикации видео": "date", "Просмотры": "views", "Подписчики": None, "Показы": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "titles",
    ["День;Подписались;Отписались", "Date;Joined;Left", "Дата;Новые подписчики;Отказались от подписки;Прирост", "Дата;Вступившие;Вышедшие", "Date;Gained;Lost;Net"],
)  # fmt: skip
def test_who_came_and_who_went_by_day_is_called_growth(refusal, titles):
    rows = [
        ";".join([f"{day:02}.10.2026", *map(str, [day, 3, day - 3][: titles.count(";")])])
        for day in range(1, 25)
    ]
    assert refusal("x.csv", "\n".join([titles, *rows])) == "file.growth"


def test_growth_beside_an_audience_is_an_audience(read):
    rows = [f"{day:02}.10.2026;{5000 + day};{day};3" for day in range(1, 25)]
    upload = read(("x.csv", "\n".join(["Дата;Подписчики;Подписались;Отписались", *rows])))
    assert (upload.format, len(upload.audience)) == ("subscribers_over_time", 24)
