"""The example team of the walk: names in both languages, and channels that are read as time goes by."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.demo import ExampleChannel
from bot.demo.client import Channel
from bot.demo.people import people_of
from bot.demo.plans import KITCHEN, WALKS
from bot.demo.readings import at_age, readings_between
from bot.demo.team import generate_channel
from metrics.posts import Post
from storage.engine import Database
from storage.workspace import audience, members, posts
from storage.workspace.news import MemberEvent

CHUNK_ROWS = 500
HISTORY, AHEAD = timedelta(days=120), timedelta(days=16)
SELLERS = ("city_walks", "weekend_map", "open_roads")
NAMES = {
    "ru": {
        "person": "Анна",
        "colleague": "Борис",
        "books": "Книги на выходные",
        "kitchen": "Кухня по соседству",
        "route": "Маршрут выходного дня",
        "group": "Команда",
        "elsewhere": "Отдел",
        "city_walks": "Городские прогулки",
        "weekend_map": "Карта выходных",
        "open_roads": "Открытые дороги",
    },
    "en": {
        "person": "Anna",
        "colleague": "Ben",
        "books": "Weekend Books",
        "kitchen": "Kitchen Next Door",
        "route": "Weekend Route",
        "group": "The team",
        "elsewhere": "Office",
        "city_walks": "City Walks",
        "weekend_map": "Weekend Map",
        "open_roads": "Open Roads",
    },
}
ENGLISH_TITLES = (
    "Pumpkin soup in twenty minutes",
    "A day out by train: what to take",
    "Five common mistakes, and how to avoid them",
    "Three recipes, one winner",
    "Where to go this Saturday",
    "What to make of what is in the fridge",
    "A walk for the whole family",
)
ENGLISH_LINKS = {"Реклама у соседей": "Ad next door", "Чат выходного дня": "Weekend chat"}
ENGLISH_TAGS = ("dinner", "quick", "weekend", "family", "museums")


@dataclass
class Played:
    """A channel of the team, read at a few ages of each post; from `falls` on, its views are `share` of what they were.

    `people`: who joined and left, oldest first.
    """

    channel: Channel
    example: ExampleChannel
    people: list[MemberEvent]
    workspace_id: int
    channel_id: int
    falls: datetime | None = None
    share: float = 1.0

    async def read_between(self, database: Database, after: datetime, until: datetime) -> None:
        """Stores what became known of the channel after `after` and up to `until`."""
        first, last = after.timestamp(), until.timestamp()
        rows = [
            self._as_it_went(at_age(post, age_h, share=self._share(post)))
            for post, age_h in readings_between(self.example.posts, after, until)
        ]
        counted = [one for one in self.example.audience if first < one.observed_at <= last]
        people = [one for one in self.people if first < one.happened_at <= last]
        own, now = (self.workspace_id, self.channel_id), int(last)
        async with database.begin() as conn:
            for start in range(0, len(rows), CHUNK_ROWS):
                chunk = rows[start : start + CHUNK_ROWS]
                await posts.store(conn, *own, chunk, import_id=None, source="page", now=now)
            await audience.store(conn, *own, counted, source="bot", now=now)
            await members.store(conn, *own, people, now)

    def _share(self, post: Post) -> float:
        return self.share if self._has_fallen(post) else 1.0

    def _has_fallen(self, post: Post) -> bool:
        return self.falls is not None and post.published_at >= self.falls.timestamp()

    def _as_it_went(self, post: Post) -> Post:
        """A channel that falls does so because it went over to video."""
        if self.falls is None:
            return post
        if self._has_fallen(post):
            return post._replace(format="video")
        return post._replace(format="photo") if post.format == "video" else post


def team_examples(language: str, morning: datetime) -> tuple[ExampleChannel, ExampleChannel]:
    """The kitchen and the route as they'll be at the end of the walk; neither falls by itself."""
    end = int((morning + AHEAD).timestamp())
    kitchen, route = (generate_channel(replace(plan, drop=None), end) for plan in (KITCHEN, WALKS))
    return told_in(language, kitchen), told_in(language, route)


def subscribers_at(example: ExampleChannel, moment: datetime) -> int:
    known = [one.subscribers for one in example.audience if one.observed_at <= moment.timestamp()]
    return known[-1]


def told_in(language: str, example: ExampleChannel) -> ExampleChannel:
    """Titles and hashtags of the posts in the reader's language."""
    if language == "ru":
        return example
    return replace(
        example,
        posts=[
            post._replace(
                title=post.title and ENGLISH_TITLES[number % len(ENGLISH_TITLES)],
                hashtags=post.hashtags and ENGLISH_TAGS[number % len(ENGLISH_TAGS)],
            )
            for number, post in enumerate(example.posts)
        ],
    )


def people_told_in(language: str, example: ExampleChannel) -> list[MemberEvent]:
    """Joins and leaves, with the names of the invite links in the reader's language."""
    people = people_of(example)
    if language == "ru":
        return people
    return [
        one._replace(link_name=one.link_name and ENGLISH_LINKS.get(one.link_name, one.link_name))
        for one in people
    ]
