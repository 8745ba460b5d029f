"""The same posts in every dress: order of columns, titles of twelve languages, title rows, a sum column, comments among posts,
several channels, totals by day, code pages, .xls, .ods and .csv. It reads back equal or is refused in words, never wrong in silence.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink
from tests.files.dresses import DRESSES, as_csv
from tests.kit.examples import examples

TITLES = {
    "en": "Published|Post link|Views|Likes|Comments|Shares", "ru": "Дата|Ссылка|Просмотры|Лайки|Комментарии|Репосты",
    "uk": "Дата публікації|Посилання|Перегляди|Вподобання|Коментарі|Поширення", "de": "Datum|Link|Aufrufe|Gefällt mir|Kommentare|Geteilt",
    "fr": "Date|Lien|Vues|J’aime|Commentaires|Partages", "es": "Fecha|Enlace|Visualizaciones|Me gusta|Comentarios|Compartidos",
    "pt": "Data|Link|Visualizações|Curtidas|Comentários|Compartilhamentos", "it": "Data|Link|Visualizzazioni|Mi piace|Commenti|Condivisioni",
    "pl": "Data|Link|Wyświetlenia|Polubienia|Komentarze|Udostępnienia", "tr": "Tarih|Bağlantı|Görüntülenme|Beğeni|Yorum|Paylaşım",
    "ja": "日付|リンク|表示回数|いいね|コメント|シェア", "camel": "publishDate|postLink|viewsCount|likesCount|commentsCount|sharesCount",
}  # fmt: skip
FIELDS = ("views", "reactions", "comments", "forwards")
CODE_PAGES = {"ru": ["cp1251", "koi8-r", "cp866", "mac_cyrillic", "utf-16", "utf-8-sig"]}
COUNTS = st.tuples(st.integers(100, 90_000), *[st.integers(1, 500)] * 3)
POSTS = st.lists(COUNTS, min_size=4, max_size=9)
START = datetime(2026, 9, 14, 10, 5, tzinfo=UTC)


def outcome(tmp_path, content):
    path = tmp_path / "table"
    path.write_bytes(content)
    sink = MemorySink()
    return read_upload([("таблица", path)], zone="UTC", as_of=None, sink=sink), sink


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("language", TITLES)
@settings(max_examples=examples(3), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    posts=POSTS,
    order=st.permutations(range(6)),
    title_rows=st.booleans(),
    with_sum=st.booleans(),
    with_comments=st.booleans(),
    data=st.data(),
)
def test_the_same_posts_come_out_of_every_dress(
    tmp_path, language, dress, posts, order, title_rows, with_sum, with_comments, data
):
    titles = TITLES[language].split("|")
    rows = []
    for number, counts in enumerate(posts):
        day = START + timedelta(days=number, hours=number % 5)
        rows.append([f"{day:%d.%m.%Y %H:%M}", f"https://vk.com/wall-5_{number + 1}", *counts])
        if with_comments:
            rows.append(
                [
                    f"{day:%d.%m.%Y %H:%M}",
                    f"https://vk.com/wall-5_{number + 1}?reply={900 + number}",
                    0,
                    1,
                    0,
                    0,
                ]
            )
    table = [[*(titles[place] for place in order)], *([row[place] for place in order] for row in rows)]
    if with_sum:
        table[0].append("Всего" if language == "ru" else "ΣΣ")
        for line, row in zip(table[1:], rows, strict=True):
            line.append(sum(row[3:]))
    if title_rows:
        table = [["Отчёт" if language == "ru" else "Report"], [], *table]
    encoding = data.draw(st.sampled_from(CODE_PAGES.get(language, ["utf-8"]))) if dress == "csv" else "utf-8"
    understood, sink = outcome(tmp_path, as_csv(table, encoding) if dress == "csv" else DRESSES[dress](table))
    [found] = understood.channels
    assert found.posts == len(posts)
    assert {name: found.totals[name] for name in FIELDS} == {
        name: sum(counts[place] for counts in posts) for place, name in enumerate(FIELDS)
    }
    read = {
        post.external_id: (post.views, post.reactions, post.comments, post.forwards)
        for post in sink.posts(found.channel.key)
    }
    assert read == {str(number): counts for number, counts in enumerate(posts, 1)}


@pytest.mark.parametrize("language", TITLES)
@settings(max_examples=examples(3), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posts=POSTS, order=st.permutations(range(5)))
def test_totals_by_day_are_no_posts_in_any_language(tmp_path, language, posts, order):
    titles = [title for place, title in enumerate(TITLES[language].split("|")) if place != 1]
    titles[0] = "Day" if language in ("en", "camel") else "Дата" if language == "uk" else titles[0]
    rows = [[f"{START + timedelta(days=number):%d.%m.%Y}", *counts] for number, counts in enumerate(posts)]
    table = [[titles[place] for place in order], *([row[place] for place in order] for row in rows)]
    understood, _ = outcome(tmp_path, as_csv(table))
    assert [found.posts for found in understood.channels] == [0]
    assert "daily_series" in {warned.code for warned in understood.warnings}
