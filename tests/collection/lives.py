"""A channel's life as the updates tell it, and what its posts must show in the end."""

import random
from dataclasses import dataclass, field

CHANNEL = {"id": -1001000000777, "type": "channel", "title": "Life", "username": "life"}
GROUP = {"id": -1001000000888, "type": "supergroup", "title": "Talk"}
START = 1_790_000_000


@dataclass
class Life:
    """Updates in the order they happened; `expected`: post -> (reactions, stars, comments, text length, is ad)."""

    updates: list[dict] = field(default_factory=list)
    expected: dict[str, tuple] = field(default_factory=dict)
    clock: int = START

    def add(self, **update) -> None:
        self.updates.append({"update_id": len(self.updates) + 1, **update})

    def tick(self, seconds: int) -> int:
        self.clock += seconds
        return self.clock


def message(number: int, at: int, **content) -> dict:
    return {"message_id": number, "date": at, "chat": CHANNEL, "sender_chat": CHANNEL, **content}


def totals(number: int, at: int, counts: dict[str, int]) -> dict:
    kinds = {"paid": {"type": "paid"}}
    reactions = [
        {"type": kinds.get(name, {"type": "emoji", "emoji": name}), "total_count": count}
        for name, count in counts.items()
    ]
    return {"chat": CHANNEL, "message_id": number, "date": at, "reactions": reactions}


def copy_of(number: int, copied: int, at: int) -> dict:
    origin = {"type": "channel", "chat": CHANNEL, "message_id": number, "date": at}
    return {
        "message_id": copied, "date": at, "chat": GROUP, "is_automatic_forward": True, "forward_origin": origin,
        "sender_chat": CHANNEL, "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}, "text": "copy",
    }  # fmt: skip


def comment(number: int, thread: int, at: int) -> dict:
    author = {"id": 5, "is_bot": False, "first_name": "Ann"}
    return {
        "message_id": number,
        "date": at,
        "chat": GROUP,
        "message_thread_id": thread,
        "from": author,
        "text": "hm",
    }


def make_life(seed: int, posts: int = 6) -> Life:
    """Single posts and albums, edits that are and that are none, reactions that come and go, comments."""
    chance, life = random.Random(seed), Life()
    number, in_group = 10, 500
    for _ in range(posts):
        at = life.tick(chance.randint(60, 40_000))
        size = chance.choice([1, 1, 2, 4])
        numbers = list(range(number, number + size))
        number += size + chance.randint(0, 2)
        album = {"media_group_id": f"g{numbers[0]}"} if size > 1 else {}
        texts = {one: "т" * chance.randint(1, 60) if one == numbers[0] else "" for one in numbers}
        for one in numbers:
            picture = {"photo": [{"file_unique_id": f"f{one}"}]} if album else {}
            word = {"caption" if album else "text": texts[one]} if texts[one] else {}
            life.add(channel_post=message(one, at, **album, **picture, **word))
        reactions, stars = 0, None
        for _ in range(chance.randint(0, 5)):
            moment = life.tick(chance.randint(1, 9_000))
            reactions, stars = chance.randint(0, 90), chance.randint(0, 3)
            counts = {"👍": reactions, **({"paid": stars} if stars else {})}
            life.add(message_reaction_count=totals(numbers[0], moment, counts))
            if chance.random() < 0.3:  # the late reaction that comes as an edit
                word = {"caption" if album else "text": texts[numbers[0]]}
                picture = {"photo": [{"file_unique_id": f"f{numbers[0]}"}]} if album else {}
                life.add(edited_channel_post=message(numbers[0], at, **album, **picture, **word))
        is_ad = chance.random() < 0.3
        if is_ad:
            texts[numbers[0]] = "#реклама " + texts[numbers[0]]
            edited = life.tick(30)
            word = {"caption" if album else "text": texts[numbers[0]], "edit_date": edited}
            picture = {"photo": [{"file_unique_id": f"f{numbers[0]}"}]} if album else {}
            life.add(edited_channel_post=message(numbers[0], at, **album, **picture, **word))
        said = None
        if chance.random() < 0.7:
            copied = in_group = in_group + 1
            life.add(message=copy_of(numbers[0], copied, at))
            said = chance.randint(0, 4)
            for _ in range(said):
                in_group += 1
                life.add(message=comment(in_group, copied, life.tick(chance.randint(1, 500))))
        life.expected[str(numbers[0])] = (reactions, stars, said, len(texts[numbers[0]]), is_ad)
    return life
