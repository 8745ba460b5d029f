"""What breaks: a person is told of a file what does not follow from it, or nothing they can do next."""

from dataclasses import fields

import pytest

from bot.answers.computable import computable
from bot.answers.wording import plain, units
from bot.core.locales import translator
from bot.features.uploads.words import told
from storage.files.upload.understood import (
    ChannelContents,
    FileWarning,
    FoundChannel,
    ReadFile,
    SkippedRows,
    Understood,
)
from storage.workspace.channels import Channel
from storage.workspace.workspaces import Workspace

HERE = Workspace(1, 5, "private", None, "ru", "Europe/Moscow", 0)


@pytest.mark.parametrize(
    ("fields", "known", "rates", "lacking", "step"),
    [
        ({"views": 9, "reactions": 9}, True, ["er_by_views", "view_rate", "er_by_subscribers"], {}, None),
        ({"reactions": 9}, True, ["er_by_subscribers"], {"er_by_views": ["views"], "view_rate": ["views"]}, "views_telegram"),
        ({"views": 9}, True, ["view_rate"], {"er_by_views": ["interactions"], "er_by_subscribers": ["interactions"]}, "interactions_telegram"),
        ({"views": 9, "interactions_sum": 3}, False, ["er_by_views"], {"view_rate": ["subscribers"], "er_by_subscribers": ["subscribers"]}, None),
        ({"reach": 9, "comments": 0, "reactions": 2}, True, ["er_by_reach", "er_by_subscribers"], {"er_by_views": ["views"], "view_rate": ["views"]}, None),
    ],
    ids=["all", "no views", "no reactions", "a sum, no subscribers", "reach"],
)  # fmt: skip
def test_what_follows_from_the_fields_of_a_file(fields, known, rates, lacking, step):
    found = computable("telegram", fields, posts=9, subscribers_known=known)
    assert list(found.rates) == rates
    assert {rate: list(needs) for rate, needs in found.lacking.items()} == lacking
    assert found.next_step == step


@pytest.mark.parametrize("platform", ["telegram", "other", "youtube"])
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("fields", [{}, {"views": 2}, {"reactions": 2}])
def test_every_next_step_has_its_sentence(platform, language, fields):
    step = computable(platform, fields, posts=2, subscribers_known=True).next_step
    assert translator(language).has(f"uploads.next.{step}")
    nothing = computable(platform, fields, posts=0, subscribers_known=True).next_step
    assert translator(language).has(f"uploads.next.{nothing}")


def _channel(title: str) -> Channel:
    nothing = dict.fromkeys(field.name for field in fields(Channel))
    return Channel(**{**nothing, "id": 1, "title": title, "platform": "telegram", "level": "own"})


def _contents(**fields: int) -> ChannelContents:
    at = 1_760_000_000
    found = FoundChannel("telegram:k", "telegram", "К")
    return ChannelContents(found, posts=10, first=at, last=at + 9 * 86_400, fields=fields)


def _told(understood: Understood, *parts: ChannelContents, titles: str = "К", language: str = "ru") -> str:
    stored = [(_channel(titles), part) for part in parts]
    t = translator(language)
    return told(understood, stored, (10, 0), HERE, t, subscribers_known=False)


def test_what_follows_stands_before_the_fold_and_the_account_under_it():
    understood = Understood(
        files=[ReadFile("x.csv", "generic_table")],
        skipped=[SkippedRows("no_date", 3, 7)],
        warnings=[FileWarning("dates_without_time")],
    )
    text = _told(understood, _contents(views=10, reactions=8))
    head, fold = text.split("<blockquote expandable>")
    head, fold = plain(head), plain(fold)
    assert "Посчитаю: ER по просмотрам" in head
    assert "когда узнаю число подписчиков" in head
    assert "просмотры — у всех; реакции — у 8 из 10" in fold
    assert "Пропущено 3 строки: нет даты (например, строка 7)" in fold
    assert "без времени" in fold
    assert "Дальше" not in head


def test_totals_by_day_say_so_first_and_what_to_send_once():
    days = FileWarning("daily_series", {"metric": "reach", "days": 5, "total": 900})
    understood = Understood(files=[ReadFile("x.csv", "meta_overview")], warnings=[days])
    contents = _contents()
    contents.posts = 0
    text = _told(understood, contents)
    assert text.count("Пришлите") == 1
    assert "охват" in text
    assert "Новых постов" not in text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_file_of_a_thousand_warnings_and_wild_titles_fits_into_a_message(language):
    warnings = [
        FileWarning("left_out", {"name": f"<b>{n}</b>&" * 20, "refusal": "file.empty"}) for n in range(300)
    ]
    understood = Understood(files=[ReadFile("x.zip", "generic_table")], warnings=warnings)
    text = _told(understood, *[_contents(views=1)] * 40, titles="<i>&" * 32, language=language)
    assert units(text) <= 4096
    assert text.count("<blockquote") == text.count("</blockquote>") == 1
    assert "<i>" not in text
