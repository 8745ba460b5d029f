"""What breaks: a caption that Telegram refuses, or a number without its denominator, n, period, zone and age."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answers.request import EngagementRequest
from bot.answers.wording import CAPTION_UNITS, VISIBLE_UNITS, dividend, units, visible
from bot.core.locales import translator
from bot.core.parsing.periods import PeriodChoice
from bot.core.parsing.zones import clock_name
from bot.features.engagement.compute import build_report
from bot.sandbox.entities import parse_html
from metrics.goals import METRICS, Aim
from metrics.posts import COLUMNS, COUNTERS, AudienceReading, Post
from metrics.registry import HEADLINES
from tests.kit.examples import examples

AS_OF = int(datetime(2026, 11, 23, 9, 0, tzinfo=UTC).timestamp())
DAY_S = 86_400
COUNTS = st.none() | st.integers(0, 10**6) | st.just(10**12)
NOTHING = dict.fromkeys(COLUMNS)


@st.composite
def posts(draw) -> Post:
    age_s = draw(st.integers(0, 120 * DAY_S))
    counters = {name: draw(COUNTS) for name in COUNTERS}
    facts = {
        "external_id": str(draw(st.integers(1, 10**9))),
        "published_at": AS_OF - age_s,
        "observed_at": AS_OF - draw(st.integers(0, age_s)),
        "observed_exact": draw(st.booleans()),
        "time_known": True,
        "is_ad": draw(st.sampled_from([False, False, True])),
        "is_forwarded": draw(st.sampled_from([False, False, True])),
        "steps": draw(st.sampled_from([None, "views:100 reactions:10"])),
    }
    return Post(**(NOTHING | counters | facts))


PERIODS = st.sampled_from(
    [
        PeriodChoice(days=7),
        PeriodChoice(days=90),
        PeriodChoice(first=date(2026, 10, 1), last=date(2026, 10, 31)),
        PeriodChoice(first=date(2025, 12, 1), last=date(2026, 11, 30)),
    ]
)
READINGS = st.builds(
    AudienceReading, st.integers(AS_OF - 10**7, AS_OF), st.integers(0, 10**8), st.sampled_from([0, 10_000])
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 6, 1))
GOALS = st.builds(
    Aim,
    st.sampled_from(METRICS),
    st.floats(0.1, 1e9),
    st.none() | DAYS,
    st.none() | st.floats(0, 1e9),
    DAYS,
)
WRITTEN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)
NOTES = st.tuples(DAYS, WRITTEN.filter(lambda text: "nan" not in text.lower()))  # looked for below
REQUESTS = st.builds(
    EngagementRequest,
    title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)
    | st.sampled_from(["<b>R&D</b>" * 40, "🇷🇺👩‍💻" * 60]),
    platform=st.sampled_from(["telegram", "vk", "instagram", "tiktok"]),
    language=st.sampled_from(["ru", "en"]),
    zone=st.sampled_from(["Europe/Moscow", "America/Argentina/ComodRivadavia"]),
    as_of=st.just(AS_OF),
    period=PERIODS,
    posts=st.lists(posts(), min_size=1, max_size=30, unique_by=lambda post: post.external_id),
    audience=st.lists(READINGS, max_size=3),
    asked=st.none() | PERIODS,
    goals=st.lists(GOALS, max_size=3, unique_by=lambda aim: aim.metric),
    notes=st.lists(NOTES, max_size=4),
    draw=st.just(False),
)
BUSY = [
    Post(
        **NOTHING
        | {"external_id": str(n), "published_at": AS_OF - n * DAY_S // 3, "observed_at": AS_OF}
        | {"observed_exact": True, "time_known": True, "is_ad": n % 5 == 0, "is_forwarded": n % 7 == 0}
        | {"views": 10**12 - n, "reactions": 10**11 + n * 10**9, "comments": 10**10, "forwards": 10**10}
        | {"steps": "views:1000"}
    )
    for n in range(1, 300)
]
EVERYTHING_TO_SAY = EngagementRequest(
    title="Ж" * 200,
    platform="telegram",
    language="ru",
    zone="America/Argentina/ComodRivadavia",
    as_of=AS_OF,
    period=PeriodChoice(days=90),
    posts=BUSY,
    audience=[AudienceReading(AS_OF - 90 * DAY_S, 10**12, 10**9)],
    asked=PeriodChoice(first=date(2025, 12, 1), last=date(2026, 11, 30)),
    draw=False,
)
TEAM = replace(
    EVERYTHING_TO_SAY,
    goals=[Aim(metric, 10.0**12, date(2027, 3, 1), 1.0, date(2026, 1, 1)) for metric in METRICS],
    notes=[(date(2026, 11, day), "Розыгрыш " * 20) for day in (1, 9, 20)],
)


@settings(max_examples=examples(200))
@given(REQUESTS)
@example(EVERYTHING_TO_SAY)
@example(TEAM)
def test_a_caption_always_fits_and_says_what_its_numbers_are(request):
    answer = build_report(request).text
    text, _ = parse_html(answer)
    assert len(text.encode("utf-16-le")) // 2 <= CAPTION_UNITS
    assert units(visible(answer)) <= VISIBLE_UNITS
    t = translator(request.language)
    assert any(t(f"formula.{code}") in text for code in HEADLINES.values())
    clock = clock_name(request.zone, datetime.fromtimestamp(AS_OF, UTC), request.language)
    words = [clock, t("er.data_age", moment="@").split("@")[0]]
    assert [word for word in words if word not in text] == []
    assert "nan" not in text.lower().removeprefix(request.title.lower()[:128])


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_fullest_caption_keeps_what_matters_in_sight(language):
    text, entities = parse_html(build_report(replace(EVERYTHING_TO_SAY, language=language)).text)
    [fold] = [entity for entity in entities if entity["type"] == "expandable_blockquote"]
    in_sight = text.encode("utf-16-le")[: fold["offset"] * 2].decode("utf-16-le")
    t = translator(language)
    for said in ("÷", "ERR", t("er.data_age", moment="@").split("@")[0], t.plural("er.days", 90)):
        assert said in in_sight


@pytest.mark.parametrize(
    ("components", "shown"),
    [(("reactions",), "реакции"), (("reactions", "comments"), "(реакции + комментарии)")],
)
def test_only_a_sum_stands_in_brackets(components, shown):
    assert dividend(components, translator("ru")) == shown
