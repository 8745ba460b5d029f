"""What the card of a post is computed from. No pandas here."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import links
from bot.answers.report import Report
from bot.core.jobs import Job
from metrics.posts import AudienceReading, Post
from metrics.reposts import Repost
from storage.identity import TELEGRAM_CHANNEL_BASE

HISTORY_DAYS = 56  # before the post, and of a channel's first posts also after it


@dataclass(frozen=True, slots=True)
class PostRequest:
    """`posts` and `readings` hold the post itself and its neighbours. `deleted_at`: when that was found out.

    `reposts`: of this post, by other channels, as far as a service has told of any.
    """

    title: str
    platform: str
    handle: str | None
    chat_id: int | None
    language: str
    zone: str
    as_of: int
    post: Post
    posts: Sequence[Post]
    readings: Sequence[Post]
    audience: Sequence[AudienceReading]
    deleted_at: int | None = None
    reposts: Sequence[Repost] = ()


def address(request: PostRequest) -> str | None:
    """Returns where the post is shown; of a private channel, to its readers. None: nowhere."""
    private = None if request.chat_id is None else f"t.me/c/{TELEGRAM_CHANNEL_BASE - request.chat_id}"
    if (
        private
        and request.platform == "telegram"
        and not request.handle
        and request.post.external_id.isdecimal()
    ):
        return f"https://{private}/{request.post.external_id}"
    return links.address_of(request.post.link, request.platform, request.handle, request.post.external_id)


# Run by a worker.
build = Job[PostRequest, Report]("bot.features.posts.compute:build_card")
explain = Job[PostRequest, str]("bot.features.posts.compute:explain_card")
