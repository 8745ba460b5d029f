"""What breaks: a person who waits for a file that never comes, and is not told why or what to do."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.locales import LANGUAGES, translator
from bot.core.workers import Workers
from bot.features.export import service as exporting
from bot.features.export.service import Exporting
from metrics.errors import DomainError
from tests.answers.exports import a_post, a_request, asks_for_too_much, dies, never_ends


@pytest.fixture(scope="module")
def workers():
    pool = Workers(count=1, timeout_s=60, memory_mb=512)
    pool.start()
    yield pool
    pool.end(timeout_s=0)


@pytest.mark.parametrize(
    ("work", "timeout_s", "code"),
    [
        (dies, 60, "export.broke_off"),
        (asks_for_too_much, 60, "export.no_memory"),
        (never_ends, 0.1, "export.too_long"),
    ],
)
async def test_a_fault_of_the_worker_is_told_as_what_it_is(
    work, timeout_s, code, workers, settings, tmp_path, monkeypatch
):
    monkeypatch.setattr(exporting, "build", work)
    hasty = settings.workers.model_copy(update={"worker_timeout_s": timeout_s})
    one = Exporting(None, workers, None, replace(settings, workers=hasty), None)
    with pytest.raises(DomainError) as refused:
        await one._build(a_request(tmp_path, [a_post(0)]))
    assert refused.value.code == code
    for language in LANGUAGES:
        assert translator(language).has(f"error.{code}")


async def test_the_worker_makes_the_files_where_the_rows_are(workers, settings, tmp_path):
    one = Exporting(None, workers, None, settings, None)
    [made] = await one._build(a_request(tmp_path, [a_post(number) for number in range(3)]))
    assert made.path.parent == tmp_path
    assert Path(made.path).stat().st_size > 0
