"""What breaks: a goal is set, and the summary tells nothing of it, or another plan than the straight way to it."""

from datetime import UTC, date, datetime

import pytest

from bot.demo import generate_team
from bot.features.summaries.request import DigestChannel, DigestRequest, build, covered
from metrics.goals import Aim

AS_OF = int(datetime(2026, 11, 23, 6, 0, tzinfo=UTC).timestamp())
GOAL = Aim("subscribers", 20_000, date(2027, 3, 1), 10_000, date(2026, 10, 1))


@pytest.mark.parametrize("frequency", ["daily", "weekly"])
def test_a_goal_stands_in_the_summary_with_its_plan_and_its_fact(frequency):
    """From 10 000 on 1 October 53 of 151 days have passed: the plan is 13 510; the team's kitchen has 12 500."""
    kitchen = generate_team(AS_OF, seed=3)[0]
    recent = [post for post in kitchen.posts if post.published_at > AS_OF - 100 * 86_400]
    channel = DigestChannel(
        kitchen.title, "telegram", kitchen.handle, recent, kitchen.audience, (), AS_OF, goals=[GOAL]
    )
    first, last = covered(frequency, date(2026, 11, 23))
    asked = DigestRequest("ru", "Europe/Moscow", AS_OF, frequency, first, last, [channel], draw=False)
    said = build(asked).text.replace("\xa0", " ")
    assert "🎯 20 000 подписчиков к 1 мар 2027: 12 " in said
    assert "по плану 13 510 — отстаёт" in said
