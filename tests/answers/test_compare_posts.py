"""What breaks: a comparison whose posts do not add up: to those of its lines, or to those that the channels published."""

import re
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.wording import VISIBLE_UNITS, plain, units, visible
from bot.core.locales import translator
from bot.core.parsing.periods import PeriodChoice
from bot.features.compare.compute import build_report
from bot.features.compare.request import ComparedChannel, CompareRequest
from metrics import periods
from tests.answers.test_one_value import JUNE, channels
from tests.kit.examples import examples
from tests.metrics.zoo import ZONE, Channel, moments, post

RU = translator("ru")
FIRST = periods.dates(JUNE.first, JUNE.first + timedelta(days=6), ZONE)


def said(of: list[Channel], by: str = "er_by_views") -> str:
    compared = [
        ComparedChannel(f"Канал {number}", one.platform, one.posts, one.audience, (*one.posts, *one.earlier))
        for number, one in enumerate(of)
    ]
    choice = PeriodChoice(first=of[0].period.first, last=of[0].period.last)
    as_of = max(one.as_of for one in of)
    request = CompareRequest("ru", str(ZONE), as_of, choice, compared, (), by, len(of))
    answer = build_report(request).text
    assert units(visible(answer)) <= VISIBLE_UNITS
    return plain(answer).replace("\xa0", " ")


def counted(line: str) -> int:
    """The posts of a channel's line that count."""
    apart = re.search(r"в счёт (?:идут )?(\d[\d ]*)", line)
    whole = re.search(r"(\d[\d ]*) пост", line)
    return int((apart or whole)[1].replace(" ", ""))


@settings(max_examples=examples(40))
@given(st.lists(channels(), min_size=2, max_size=4), st.sampled_from(["er_by_views", "view_rate"]))
def test_the_posts_of_the_lines_add_up_to_those_of_the_team(of, by):
    text = said(of, by)
    lines = [line for line in text.splitlines() if re.match(r"\d+\. ", line)]
    team = re.search(r"Все посты вместе: [^,]*(?:,\d[^,]*)?, (\d[\d ]*) пост", text)
    if team is not None:
        assert sum(map(counted, lines)) == int(team[1].replace(" ", ""))


def week_of(views: int, young: int = 0) -> Channel:
    published = moments(FIRST.first, 6, (9, 18))
    as_of = FIRST.end_unix
    rows = [post(at, views=views, reactions=views // 20, age_s=as_of - at) for at in published]
    last = [post(as_of - (3 + one) * 3600, views=90, reactions=30, age_s=3600) for one in range(young)]
    return Channel((*rows, *last), (), FIRST, as_of)


def test_two_channels_are_both_and_their_posts_add_up_by_hand():
    """12 and 12 posts count; two more of the second are under a day old."""
    text = said([week_of(1_000), week_of(2_000, young=2)])
    assert "оба канала" in text.splitlines()[0]
    lines = [line for line in text.splitlines() if re.match(r"\d+\. ", line)]
    assert sorted(map(counted, lines)) == [12, 12]
    assert any("14 постов" in line for line in lines)
    assert re.search(r"Все посты вместе: .*, 24 поста", text)
