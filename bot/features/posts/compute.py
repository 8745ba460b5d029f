"""A request -> the card of a post: verdict, figures, picture. Runs in workers."""

from zoneinfo import ZoneInfo

from bot.answers.report import Report
from bot.core.charts.growth import draw
from bot.core.locales import translator
from bot.features.posts.how import explanation
from bot.features.posts.picture import chart
from bot.features.posts.request import PostRequest
from bot.features.posts.words import caption
from metrics.frame import audience_table, table
from metrics.post_card import PostCard, post_card


def build_card(request: PostRequest) -> Report:
    t, card = translator(request.language).on(request.platform), card_of(request)
    drawn = chart(card, request, t) if card else None
    return Report(text=caption(card, request, t), picture=draw(drawn, t) if drawn else None)


def explain_card(request: PostRequest) -> str:
    return explanation(card_of(request), request, translator(request.language).on(request.platform))


def card_of(request: PostRequest) -> PostCard | None:
    """Returns the card of a post; None for one that was forwarded from elsewhere."""
    return post_card(
        table(request.posts),
        audience_table(request.audience),
        table(request.readings),
        mine=request.post,
        zone=ZoneInfo(request.zone),
        as_of=request.as_of,
        platform=request.platform,
    )
