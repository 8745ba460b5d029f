"""The card of a check, of every source in both languages. What breaks: a sentence that lacks a word, a judgement never made."""

from typing import get_args

import pytest

from bot.collection.networks.raw import post_of
from bot.features.check.compute import build_card
from bot.features.check.request import CheckRequest, Source
from metrics.posts import AudienceReading
from storage.files.tables.texts import read_text
from tests.metrics.audit.test_own import NOW, channel_of


def request_of(source: str, language: str, platform: str, **changes: float) -> CheckRequest:
    published, _, counters = channel_of(**changes)
    rows = [
        post_of(
            str(number),
            read_text("чай"),
            published_at=int(at),
            now=NOW,
            post_format="photo",
            link=None,
            **{name: int(values[number]) for name, values in counters.items()},
        )
        for number, at in enumerate(published)
    ]
    return CheckRequest(
        title="Кофейня",
        handle="coffee",
        platform=platform,
        language=language,
        zone="UTC",
        as_of=NOW,
        readings=rows,
        audience=[AudienceReading(NOW, 12_300, 100)],
        source=source,
        may_watch=False,
        draw=False,
    )


@pytest.mark.parametrize("source", get_args(Source))
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_channel_of_a_network_is_held_against_itself_and_the_card_says_so(source, language):
    for platform in ("vk", "youtube"):
        clean = build_card(request_of(source, language, platform))
        bought = build_card(request_of(source, language, platform, likes=7))
        assert (clean.verdict, bought.verdict) == ("by_itself", "look_closer")
        assert "Telegram" in clean.caption  # where the signs that were not checked can be
        assert "×6" in bought.caption
        assert "≈12" in bought.full
        assert not bought.needs_watch
