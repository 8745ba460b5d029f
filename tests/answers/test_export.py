"""What breaks: an export that a spreadsheet of its language misreads, that the bot reads back as other posts, or that is too large."""

import csv
import io
import multiprocessing
import re
import zipfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bot.core.locales import LANGUAGES, translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.export.compute import build_export
from bot.features.export.request import FORMATS
from metrics.errors import DomainError
from metrics.posts import COUNTERS, AudienceReading
from metrics.posts import FORMATS as KINDS
from storage.files.formats import otklik_export
from storage.files.tables.columns import normalise
from storage.files.upload.importer import read_upload
from storage.files.upload.sinks import MemorySink
from tests.answers.exports import AS_OF, ZONE, a_post, a_request, an_export, refusal_with_room_for
from tests.kit.examples import examples

EVERY_DRESS = [(language, file_format) for language in LANGUAGES for file_format in FORMATS]
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Mn", "Me"]), max_size=40
).map(lambda text: " ".join(text.split()) or None)
BEGINNINGS = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''-", "Итого ", "#", ";", '"', ","])
IDS = st.one_of(
    st.integers(1, 10**19).map(str),
    st.tuples(st.integers(-(10**9), -1), st.integers(1, 10**6)).map(lambda pair: f"{pair[0]}_{pair[1]}"),
    st.sampled_from(["007", "1E5", "12-05", "=1+1", "TRUE", "DFx_-9", "-Qw", "'-1", "1/2"]),
)


@st.composite
def channels(draw):
    """Posts of any network with every kind of title, id, mark and rounding; some counters unknown."""
    carried = draw(st.sets(st.sampled_from(COUNTERS), min_size=1))
    ids = draw(st.lists(IDS, min_size=1, max_size=12, unique=True))
    counts = st.one_of(st.none(), st.integers(1, 10**9))
    moments = st.integers(AS_OF - 10 * 365 * 86_400, AS_OF)
    posts = []
    for external_id in ids:
        title = draw(WORDS)
        exact = draw(st.booleans())
        posts.append(
            a_post(
                0,
                external_id=external_id,
                published_at=draw(moments),
                observed_at=AS_OF if not exact else draw(st.integers(AS_OF, AS_OF + 86_400)),
                observed_exact=exact,
                format=draw(st.one_of(st.none(), st.sampled_from(KINDS))),
                text_length=draw(st.one_of(st.none(), st.integers(0, 5000))),
                hashtags=draw(st.sampled_from([None, "чай", "чай кофе_2"])),
                is_ad=draw(st.booleans()),
                is_forwarded=draw(st.booleans()),
                title=(draw(BEGINNINGS) + title).strip() if title else None,
                link=draw(st.sampled_from([None, f"https://example.org/{external_id}"])),
                steps=draw(st.sampled_from([None, "views:100", "views:100 reactions:10"])),
                **{name: draw(counts) if name in carried else None for name in COUNTERS},
            )
        )
    posts[0] = posts[0]._replace(**{next(iter(carried)): 7})
    return sorted(posts, key=lambda post: post.published_at)


def read_back(*files, zone=ZONE):
    """The only channel of an upload, its posts and its subscribers."""
    with TemporaryDirectory() as folder:
        sent = []
        for name, data in files:
            path = Path(folder) / str(len(sent))
            path.write_bytes(data)
            sent.append((name, path))
        sink = MemorySink()
        understood = read_upload(sent, zone=zone, as_of=None, sink=sink)
    [told] = understood.channels
    return understood, told, sink.posts(told.channel.key), sink.audience(told.channel.key)


def by_id(posts):
    """What an export says of each; the moment of a reading only where the source said it."""
    told = [
        post._replace(observed_at=post.observed_at if post.observed_exact else 0, time_known=True)
        for post in posts
    ]
    return sorted(told, key=lambda post: post.external_id)


@settings(max_examples=examples(9))
@given(channels())
@pytest.mark.parametrize(("language", "file_format"), EVERY_DRESS)
def test_an_export_is_read_back_as_the_same_posts(language, file_format, posts):
    with TemporaryDirectory() as folder:
        [made] = an_export(Path(folder), posts, language=language, file_format=file_format)
        understood, told, found, _ = read_back((made.name, made.path.read_bytes()), zone="Asia/Tokyo")
    assert told.posts == len(posts)
    assert {file.format for file in understood.files} == {"otklik_export"}
    assert understood.warnings == []
    assert by_id(found) == by_id(posts)


def test_both_files_of_one_export_beside_each_other_and_packed_are_the_same_posts_once(tmp_path):
    posts = [a_post(number) for number in range(12)]
    subscribers = [AudienceReading(AS_OF - 86_400, 5000, 0), AudienceReading(AS_OF, 5100, 0)]
    files = []
    for file_format in FORMATS:
        (tmp_path / file_format).mkdir()
        [made] = an_export(tmp_path / file_format, posts, file_format=file_format, audience=subscribers)
        files.append((made.name, made.path.read_bytes()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    for sent in (files, [("выгрузка.zip", packed.getvalue())]):
        _, told, found, audience = read_back(*sent)
        assert told.posts == 12
        assert by_id(found) == by_id(posts)
        assert audience == subscribers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_knows_every_title_that_an_export_writes(language):
    t = translator(language)
    facts = ("id", "date", "title", "link", "format", "is_ad", "is_forwarded", "observed_at")
    written = [normalise(t.plain(f"export.column.{name}", zone="").removesuffix(" ()")) for name in facts]
    sheets = {t.plain(f"export.sheet.{name}") for name in ("readings", "months", "notes")}
    assert sheets <= otklik_export.OTHERS.keys()
    assert tuple(written) == otklik_export.TITLES[language]
    assert (
        tuple(normalise(t.plain(f"field.{name}")) for name in COUNTERS)
        == otklik_export.COUNTER_TITLES[language]
    )
    beside = {name: normalise(t.plain(f"export.column.{name}")) for name in otklik_export.BESIDE[language]}
    assert beside == otklik_export.BESIDE[language]
    assert {kind: otklik_export.KINDS[t.plain(f"export.format.{kind}")] for kind in KINDS} == {
        kind: kind for kind in KINDS
    }


def rows_of(made, sheet):
    """Titles, and rows by title."""
    titles, *rows = CalamineWorkbook.from_path(made.path).get_sheet_by_name(sheet).to_python()
    return titles, [dict(zip(titles, row, strict=True)) for row in rows]


def test_a_workbook_has_its_sheets_in_the_order_they_are_wanted(tmp_path):
    [made] = an_export(
        tmp_path, [a_post(number) for number in range(12)], audience=[AudienceReading(AS_OF, 5000, 0)]
    )
    names = CalamineWorkbook.from_path(made.path).sheet_names
    assert names == ["посты", "месяцы", "подписчики", "замеры", "как считали"]
    _, posts = rows_of(made, "посты")
    assert posts[0]["id"] == "1"
    assert posts[0]["дата (Europe/Moscow)"] == datetime(2025, 9, 29, 19, 0)
    assert posts[0]["реклама"] == "нет"
    _, months = rows_of(made, "месяцы")
    assert [(row["месяц"], row["постов"]) for row in months] == [(date(2025, 9, 1), 12)]
    assert "ER по охвату, %" not in months[0]
    notes = CalamineWorkbook.from_path(made.path).get_sheet_by_name("как считали").to_python()
    assert ["ER по просмотрам, %", NOTE_OF_ER] in notes


NOTE_OF_ER = (
    "реакции + комментарии + репосты ÷ просмотры, для каждого поста отдельно, по счётчикам в его строке. "
    "Пустая клетка: чего-то из этого никто не считал, или пост переслан."
)


def test_an_er_of_a_post_is_that_of_its_row_and_empty_where_it_is_not_known(tmp_path):
    odd = [
        a_post(0, views=None),
        a_post(1, reactions=None),
        a_post(2, is_forwarded=True),
        a_post(3, reactions=0, comments=0, forwards=0),
        a_post(4, is_ad=True),
    ]
    [made] = an_export(tmp_path, [*odd, *(a_post(number) for number in range(5, 20))])
    _, posts = rows_of(made, "посты")
    assert [row["ER по просмотрам, %"] for row in posts[:6]] == ["", "", "", 0, 5.4, 5.4]


def test_a_channel_without_views_has_an_er_by_what_it_has(tmp_path):
    posts = [a_post(number, views=None, reach=2000) for number in range(12)]
    [made] = an_export(tmp_path, posts)
    _, rows = rows_of(made, "посты")
    assert {row["ER по охвату, %"] for row in rows} == {2.7}


def test_numbers_dates_and_ids_are_shown_as_excel_has_them(tmp_path):
    [made] = an_export(tmp_path, [a_post(number) for number in range(12)])
    with zipfile.ZipFile(made.path) as book:
        styles = book.read("xl/styles.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    codes = re.findall(r'formatCode="([^"]+)"', styles)
    assert {"dd.mm.yyyy hh:mm", "#,##0", "0.00"} <= set(codes)
    assert '<pane xSplit="1" ySplit="1"' in sheet
    assert 'numberStoredAsText="1"' in sheet
    assert "<autoFilter" in sheet


def test_a_workbook_computes_nothing_and_links_nowhere(tmp_path):
    evil = '=HYPERLINK("http://example.org";"x")'
    [made] = an_export(tmp_path, [a_post(number, title=evil, link="http://a.b/c") for number in range(5)])
    with zipfile.ZipFile(made.path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    assert not any("<f>" in part or "<hyperlink" in part for part in parts.values())
    assert rows_of(made, "посты")[1][0]["заголовок"] == evil


@pytest.mark.parametrize(
    ("language", "delimiter", "cells"),
    [
        ("ru", ";", ["29.09.2025 19:00:00", "фото", "да", "нет", "1000", "5,4"]),
        ("en", ",", ["2025-09-29 19:00:00", "photo", "yes", "no", "1000", "5.4"]),
    ],
)
def test_csv_is_what_the_excel_of_its_language_opens_as_columns(tmp_path, language, delimiter, cells):
    posts = [a_post(0, format="photo", is_ad=True), *(a_post(number) for number in range(1, 12))]
    [made] = an_export(tmp_path, posts, language=language, file_format="csv")
    content = made.path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    _, first, *rest = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert len(rest) == 11
    assert [first[place] for place in (1, 4, 5, 6, 7, 11)] == cells


def test_an_id_that_excel_would_make_another_number_or_a_date_of_stands_behind_a_tab(tmp_path):
    ids = ["7300000000000000001", "007", "12-05", "-100_7", "42"]
    posts = [a_post(number, external_id=external_id) for number, external_id in enumerate(ids)]
    [made] = an_export(tmp_path, posts, file_format="csv")
    rows = csv.reader(io.StringIO(made.path.read_text("utf-8-sig"), newline=""), delimiter=";")
    assert [row[0] for row in rows][1:] == ["\t7300000000000000001", "\t007", "\t12-05", "'-100_7", "42"]


def test_a_period_gives_its_own_posts_with_the_months_of_the_whole(tmp_path):
    posts = [a_post(24 * day) for day in range(50)]
    october = PeriodChoice(first=date(2025, 10, 1), last=date(2025, 10, 31))
    (tmp_path / "whole").mkdir()
    (tmp_path / "part").mkdir()
    [whole] = an_export(tmp_path / "whole", posts)
    [part] = an_export(tmp_path / "part", posts, period=october)
    assert len(rows_of(part, "посты")[1]) == 31
    [row] = rows_of(part, "месяцы")[1]
    assert row == rows_of(whole, "месяцы")[1][1]
    assert len(rows_of(part, "замеры")[1]) == 31


def test_a_period_without_a_post_is_told(tmp_path):
    march = PeriodChoice(first=date(2020, 3, 1), last=date(2020, 3, 31))
    with pytest.raises(DomainError, match=r"export\.nothing_then"):
        an_export(tmp_path, [a_post(0)], period=march)


def years_of_posts():
    start = int(datetime(2022, 6, 1, tzinfo=UTC).timestamp())
    return [a_post(number, published_at=start + number * 86_400, observed_at=AS_OF) for number in range(1200)]


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_that_telegram_would_refuse_is_divided_by_years_and_no_post_is_lost(tmp_path, file_format):
    posts = years_of_posts()
    (tmp_path / "whole").mkdir()
    request = a_request(tmp_path / "whole", posts, file_format=file_format)
    [whole] = build_export(request)
    limit = whole.path.stat().st_size * 2 // 3
    made = build_export(replace(request, file_bytes=limit))
    assert [re.search(r"-(20\d\d)-", file.name)[1] for file in made] == ["2022", "2023", "2024", "2025"]
    assert all(file.path.stat().st_size <= limit for file in made)
    assert not whole.path.exists()
    _, _, found, _ = read_back(*((file.name, file.path.read_bytes()) for file in made))
    assert by_id(found) == by_id(posts)


def test_a_single_year_that_is_too_large_is_refused_with_a_period_to_ask_for(tmp_path):
    with pytest.raises(DomainError) as refused:
        build_export(a_request(tmp_path, years_of_posts(), file_bytes=2_000))
    assert refused.value.code == "export.too_big"
    t = translator("ru")
    assert "/export 1.01.2022-31.03.2022" in t("error.export.too_big", **refused.value.params)


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_full_disk_is_said_whatever_was_being_written(tmp_path, file_format):
    """The system's limit on the size of a file stands in for a disk without room."""
    request = a_request(tmp_path, years_of_posts(), file_format=file_format)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(refusal_with_room_for, 3_000, request).result() == "export.no_room"
