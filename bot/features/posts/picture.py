"""What the picture of a post's card shows: its growth in the band of the channel's other posts."""

from bot.answers.wording import shortened
from bot.core.charts.data import AgeBand, AgePoint, Band, GrowthChart
from bot.core.locales import Translator
from bot.features.posts.request import PostRequest
from bot.features.posts.words import data_moment, published, rounded
from metrics.post_card import PostCard

TITLE_CHARS = 80


def chart(card: PostCard, request: PostRequest, t: Translator) -> GrowthChart | None:
    """Returns the chart, or None.

    None where nothing was read that grows, or neither a second reading nor a usual level gives it a place.
    """
    if not card.grown or (len(card.grown) == 1 and not card.usual):
        return None
    expected = card.expected_24h
    return GrowthChart(
        title=shortened((request.post.title or "").strip() or request.title, TITLE_CHARS),
        subtitle=t.plain(
            "post.chart.basis",
            channel=shortened(request.title, TITLE_CHARS // 2),
            published=published(request, t),
            moment=data_moment(request, t),
        ),
        label=t.plain(f"post.chart.{card.denominator}"),
        points=tuple(AgePoint(seen.age_h, seen.value) for seen in card.grown),
        usual=tuple(AgeBand(one.age_h, one.low, one.centre, one.high) for one in card.usual),
        expected=None
        if expected is None
        else Band(*map(rounded, (expected.low, expected.value, expected.high))),
    )
