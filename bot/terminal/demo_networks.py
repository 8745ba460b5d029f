"""The example team elsewhere: a community of VK and a channel of YouTube, which the bot reads with keys of nobody."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from bot.demo import ExampleChannel, generate_team
from bot.demo.client import Sandbox
from bot.demo.team import views_share
from metrics.posts import Post
from storage.engine import Connection
from storage.workspace import channels, network_progress

KEYS = {"VK_SERVICE_KEY": "a-key-of-nobody", "YOUTUBE_API_KEY": "another-key-of-nobody"}
COMMUNITY = ("vk", "7700101", "kuhnya_primer", "Кухня по соседству ВКонтакте")
TUBE = ("youtube", "UC7700202marshrutprimer0", "marshrut_primer", "Маршрут выходного дня: видео")
VIDEO_EVERY = 7  # posts: two or three videos a week


async def make_networks(box: Sandbox, as_of: int) -> None:
    """Makes what came out there in a year. The bot knows nothing of it until it reads it."""
    kitchen, walks = generate_team(as_of, seed=3)
    wall = await box.vk.channel(*COMMUNITY[1:], subscribers=kitchen.audience[-1].subscribers)
    await wall.put(*_wall(kitchen))
    tube = await box.youtube.channel(*TUBE[1:], subscribers=walks.audience[-1].subscribers * 7)
    await tube.put(*_videos(walks))


async def follow_networks(conn: Connection, workspace_id: int, person: int, now: int) -> None:
    """Follows the networks as if `/add` had been said: the bot's first run reads what there is."""
    for network, external_id, name, title in (COMMUNITY, TUBE):
        added = await channels.add(
            conn,
            workspace_id,
            platform=network,
            title=title,
            handle=name,
            external_id=external_id,
            added_by=person,
            now=now,
        )
        await network_progress.begin(
            conn, workspace_id, added.id, network=network, place=external_id, now=now
        )


def _wall(example: ExampleChannel) -> Iterator[dict[str, Any]]:
    for post in example.posts:
        yield {
            "id": post.external_id,
            "published_at": post.published_at,
            "text": post.title or "",
            "views": _views(post),
            "likes": post.reactions,
            "comments": post.comments,
            "reposts": post.forwards,
            "kind": post.format if post.format in ("photo", "video", "album", "poll", "link") else None,
            "is_ad": post.is_ad,
            "is_repost": post.is_forwarded,
        }


def _videos(example: ExampleChannel) -> Iterator[dict[str, Any]]:
    for post in example.posts[::VIDEO_EVERY]:
        yield {
            "id": sha256(post.external_id.encode()).hexdigest()[:11],
            "published_at": post.published_at,
            "text": post.title or "",
            "views": _views(post) * 5,
            "likes": (post.reactions or 0) * 5,
            "comments": post.comments,
        }


def _views(post: Post) -> int:
    """Returns views within a week, when a feed lets go of a post: the example's later growth is left out."""
    age_h = (post.observed_at - post.published_at) / 3600
    return round((post.views or 0) / max(1.0, views_share(age_h)))
