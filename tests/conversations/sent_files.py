"""Files that people send in the walks; no two of one kind alike."""

import csv
import io
import json
import time
from datetime import UTC, datetime
from itertools import count

DAY_S = 86_400
COUNTERS = ("views", "reactions", "comments", "forwards")
TITLES = "Рубрика;Когда вышло;Глянули;Плюсики"
numbers = count(time.time_ns() % 1_000_000)


def own_words(*, titles: str = TITLES, posts: int = 12, when: str = "%d.%m.%Y %H:%M") -> bytes:
    """A post a day, the oldest on the 2nd of a month; no two files alike."""
    start, mark = datetime(2026, 9, 2, 10, 30, tzinfo=UTC).timestamp(), next(numbers)
    rows = [
        f"Новости {mark};{datetime.fromtimestamp(start + 86_400 * n, UTC):{when}};{1000 + n};{40 + n}"
        for n in range(posts)
    ]
    return "\n".join([titles, *rows]).encode()


def statistics(
    *,
    channel: str | None = None,
    posts: int = 12,
    newest_days_ago: int = 8,
    first_id: int = 1,
    counters: tuple[str, ...] = COUNTERS,
) -> bytes:
    """A CSV of one post a day, the newest last; without `channel` it does not say whose it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["id", "date", *(["channel"] if channel else []), *counters])
    now = int(time.time())
    for number in range(posts):
        at = datetime.fromtimestamp(now - (newest_days_ago + posts - 1 - number) * DAY_S, UTC)
        figures = {"views": 1000 + 37 * number, "reactions": 40 + number, "comments": 5, "forwards": 9}
        row = [first_id + number, at.isoformat(), *([channel] if channel else [])]
        writer.writerow([*row, *(figures[name] for name in counters)])
    return text.getvalue().encode()


def account(*names: str, first: int) -> bytes:
    """A whole account's export of Telegram Desktop: channels, and a talk between people."""
    chats = [
        {
            "name": name,
            "type": "private_channel",
            "id": first + number,
            "messages": [
                {
                    "id": n,
                    "type": "message",
                    "date": "2026-10-05T10:00:00",
                    "date_unixtime": str(1_791_000_000 + 86_400 * n),
                    "from": name,
                    "from_id": f"channel{first + number}",
                    "text": "пост",
                    "reactions": [{"type": "emoji", "count": 5 + n, "emoji": "👍"}],
                }
                for n in range(1, 4 + number)
            ],
        }
        for number, name in enumerate(names)
    ]
    talk = {"name": "Мама", "type": "personal_chat", "id": 1, "messages": []}
    return json.dumps({"chats": {"about": "", "list": [*chats, talk]}}, ensure_ascii=False).encode()


def days_only() -> bytes:
    """Four rows with days and nothing that says whether a row is a post or the totals of a day."""
    days = ("03.03.2026", "17.04.2026", "02.01.2026", "25.05.2026")
    lines = [f"{day};{1000 + next(numbers)};{40 + n}" for n, day in enumerate(days)]
    return "\n".join(["Дата;Просмотры;Лайки", *lines]).encode()
