"""What breaks: the picture of a post that has one reading, no neighbours, a name of any length, or is years old."""

import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.core.charts.data import AgeBand, AgePoint, Band, GrowthChart
from bot.core.charts.growth import age_text, draw
from bot.core.locales.translator import translator
from tests.kit.examples import examples

AGES = st.floats(0.01, 50_000)
COUNTS = st.one_of(st.just(0.0), st.floats(0, 1e9))


@st.composite
def charts(given_by):
    ages = sorted(given_by(st.lists(AGES, min_size=1, max_size=40, unique=True)))
    points = tuple(AgePoint(age, given_by(COUNTS)) for age in ages)
    usual = []
    for age in sorted(given_by(st.lists(AGES, max_size=12, unique=True))):
        low, centre, high = sorted(given_by(st.lists(COUNTS, min_size=3, max_size=3)))
        is_wide = given_by(st.booleans())
        usual.append(AgeBand(age, low if is_wide else None, centre, high if is_wide else None))
    expected = given_by(st.none() | st.just(Band(1.0, 2.0, 3e6)))
    words = given_by(st.text(max_size=300))
    return GrowthChart(words, words, words, points, tuple(usual), expected)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow])
@given(charts(), st.sampled_from(["ru", "en"]))
def test_any_growth_draws_and_the_same_growth_draws_the_same_bytes(chart, language):
    t = translator(language)
    picture = draw(chart, t)
    assert Image.open(io.BytesIO(picture)).size == (1280, 720)
    assert draw(chart, t) == picture


def test_the_first_day_is_told_in_hours_and_the_rest_in_days():
    assert [age_text(age, translator("ru")) for age in (1, 24, 72)] == ["1 ч", "24 ч", "3 д"]
