"""Addresses of posts and of their owners on the platforms: one home for every pattern of them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

_HOSTS = {
    "t.me": "telegram", "telegram.me": "telegram", "telegram.dog": "telegram", "tiktok.com": "tiktok", "x.com": "x", "twitter.com": "x", "vk.com": "vk",
    "vk.ru": "vk", "vkvideo.ru": "vk", "instagram.com": "instagram", "facebook.com": "facebook", "fb.watch": "facebook", "fb.com": "facebook",
    "youtube.com": "youtube", "youtu.be": "youtube", "linkedin.com": "linkedin", "ok.ru": "other", "dzen.ru": "other", "max.ru": "max",
    "rutube.ru": "other", "threads.net": "other", "threads.com": "other", "pinterest.com": "other",
}  # fmt: skip
_ADDRESS = re.compile(
    rf"(?:https?://)?(?:[a-z-]{{1,6}}\.)?({'|'.join(map(re.escape, _HOSTS))})/(?:s/)?@?([^\s?#]*)([?#]\S*)?",
    re.IGNORECASE,
)
# What makes an address one of a post: the part after the host, by platform.
_POSTS = {
    "telegram": re.compile(r"(?:c/(?P<owner_id>\d+)|(?P<owner>\w+))/(?:\d+/)?(?P<id>\d+)/?$"),
    "vk": re.compile(r"(?:[\w.]*/?)?.*?(?:wall|video|clip|photo)(?P<owner_id>-?\d+)_(?P<id>\d+)"),
    "instagram": re.compile(r"(?:(?P<owner>[\w.]+)/)?(?:p|reel|reels|tv|stories/[\w.]+)/(?P<id>[\w-]+)"),
    "tiktok": re.compile(r"(?P<owner>[\w.]+)/(?:video|photo)/(?P<id>\d+)"),
    "x": re.compile(r"(?P<owner>\w+|i/web)/status(?:es)?/(?P<id>\d+)"),
    "youtube": re.compile(
        r"(?:watch|shorts/(?P<short>[\w-]{6,})|live/(?P<live>[\w-]{6,})|(?P<id>[\w-]{11})$)"
    ),
    "facebook": re.compile(r".*?(?P<id>\d{5,}|pfbid\w+|[\w-]{8,})/?$"),
    "linkedin": re.compile(r".*?(?:(?:activity|share|ugcpost)[:-]|(?=\d{10}))(?P<id>\d+)", re.IGNORECASE),
    "max": re.compile(r".*?(?P<id>\w*\d\w*)/?$"),
    "other": re.compile(r".*?(?P<id>\w*\d\w*)/?$"),
}
_COMMENT = re.compile(
    r"[?&](?:reply|thread|comment|comment_id|reply_comment_id|lc)=\w|[?&]w=\w+_r\d|#comment", re.IGNORECASE
)
_YOUTUBE_ID = re.compile(r"[?&]v=([\w-]+)")
_HANDLE = re.compile(
    r"(?:https?://)?(?:t\.me/|telegram\.me/)?(?:s/)?@?([A-Za-z]\w{3,31})/?(?:\d+/?)?", re.ASCII
)
_PRIVATE = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/(?:\+|joinchat/|c/\d)\S*", re.IGNORECASE)
_NAMES_OWNER = frozenset(
    {"telegram", "tiktok", "x", "instagram"}
)  # a post's address may begin with its author's handle
_SAMPLE = 400
# Whose an address is, on networks that are read with a key: the part after the host.
_VK_OWNER = re.compile(
    r"(?:(?:club|public|event)(?P<id>\d+)|(?:wall|video|clip|photo|topic|market)-(?P<of>\d+)\S*|(?P<name>[a-z][\w.]{1,31}))/?$",
    re.IGNORECASE | re.ASCII,
)
_VK_SHOWN = re.compile(r"[?&](?:w|z)=(?:wall|video|clip|photo)-(\d+)")
_YOUTUBE_OWNER = re.compile(
    r"(?:channel/(?P<id>UC[\w-]{22})|(?:c|user)/(?P<old>[\w.-]{1,60})|(?P<name>[^\W_][\w.·-]{2,29}))(?:/(?:videos|shorts|streams|about|featured)?)?$"
)
_YOUTUBE_PARTS = frozenset(
    {"watch", "shorts", "live", "embed", "playlist", "feed", "results", "hashtag", "channel", "c", "user"}
)


# A channel of MAX by its name, its id, or an invitation; of a post the part before it.
_MAX_OWNER = re.compile(
    r"(?:(?P<join>join/[\w-]{4,100})|(?:c/)?(?P<id>-\d{3,19})(?:/\S*)?|(?P<name>[a-z][\w-]{1,60})(?:/\S*)?)/?$",
    re.IGNORECASE | re.ASCII,
)


class PostLink(NamedTuple):
    platform: str
    owner: str | None  # a handle
    owner_id: str | None  # Telegram's without -100, VK's without the minus
    id: str
    is_comment: bool


class OwnerLink(NamedTuple):
    """A channel of a network that is read with a key. `name`, on VK: «club1» or a public name; on YouTube: «UC…», «@name»,
    or «video/ID» of one of its videos; on MAX: a public name, «-1» or «join/…».
    """

    platform: str
    name: str

    @property
    def address(self) -> str:
        """As a person writes it; reading it gives the same channel."""
        if self.platform == "vk":
            return f"vk.com/{self.name}"
        if self.platform == "max":
            return f"max.ru/{self.name}"
        kind, _, video = self.name.partition("/")
        if kind == "video":
            return f"youtu.be/{video}"
        return f"youtube.com/{'' if self.name.startswith('@') else 'channel/'}{self.name}"


def read_owner_link(text: str) -> OwnerLink | None:
    """Returns whose an address is: a channel's, or a post's of it.

    None for all but VK's, YouTube's and MAX's.
    """
    found = _ADDRESS.fullmatch(text.strip())
    if not found:
        return None
    host, path, query = found[1].lower(), found[2], found[3] or ""
    match _HOSTS[host]:
        case "vk":
            return _vk_owner(path, query)
        case "youtube":
            return _youtube_owner(host, path, query)
        case "max":
            return _max_owner(path)
        case _:
            return None


def _vk_owner(path: str, query: str) -> OwnerLink | None:
    if shown := _VK_SHOWN.search(query):
        return OwnerLink("vk", f"club{shown[1]}")
    found = _VK_OWNER.match(path)
    if not found:
        return None
    number = found["id"] or found["of"]
    return OwnerLink("vk", f"club{number}" if number else found["name"].lower())


def _youtube_owner(host: str, path: str, query: str) -> OwnerLink | None:
    video = read_post_link(f"{host}/{path}{query}")
    if (host == "youtu.be" or path.split("/", maxsplit=1)[0] in _YOUTUBE_PARTS) and video:
        return OwnerLink("youtube", f"video/{video.id}")
    found = _YOUTUBE_OWNER.match(path)
    if not found or (path.split("/", maxsplit=1)[0] in _YOUTUBE_PARTS and found["name"]):
        return None
    if found["id"]:
        return OwnerLink("youtube", found["id"])
    return OwnerLink("youtube", f"@{found['old'] or found['name']}")


def _max_owner(path: str) -> OwnerLink | None:
    found = _MAX_OWNER.match(path)
    if not found:
        return None
    return OwnerLink("max", found["join"] or found["id"] or found["name"].lower())


def read_post_link(cell: Any) -> PostLink | None:
    """Returns the post an address is of, or of a comment under it; None for anything else."""
    if not isinstance(cell, str) or len(cell) < 8:
        return None
    found = _ADDRESS.match(cell.strip())
    if not found:
        return None
    platform, path, query = _HOSTS[found[1].lower()], found[2], found[3] or ""
    post = _POSTS[platform].match(path + query if platform == "vk" else path)
    if not post and platform == "vk":
        post = _POSTS["vk"].match(query)
    if not post:
        return None
    parts = post.groupdict()
    watched = _YOUTUBE_ID.search(query)
    name = parts.get("id") or parts.get("short") or parts.get("live") or (watched[1] if watched else None)
    if not name:
        return None
    owner = parts.get("owner")
    if owner in ("i/web", "c", "p", "reel"):
        owner = None
    owner_id = parts.get("owner_id")
    return PostLink(
        platform, owner, owner_id and owner_id.lstrip("-"), name, _COMMENT.search(query) is not None
    )


def handle_of(text: str) -> str | None:
    """Returns «name» of «@name», «t.me/name/12», «https://t.me/s/name»; None for anything else."""
    found = _HANDLE.fullmatch(text.strip())
    return found[1].lower() if found else None


def platform_of(text: str) -> str | None:
    """Returns where an address leads, by its host; None for a host that isn't known."""
    found = _ADDRESS.match(text.strip())
    return _HOSTS[found[1].lower()] if found else None


def is_private_link(text: str) -> bool:
    return _PRIVATE.fullmatch(text.strip()) is not None


def owner_of(cells: Sequence[Any]) -> tuple[str | None, str | None]:
    """Returns (platform, handle) that most addresses of posts agree on.

    Of no posts, the platform of the addresses.
    """
    links = [link for cell in cells[:_SAMPLE] if (link := read_post_link(cell))]
    if not links:
        hosts = [
            _HOSTS[found[1].lower()]
            for cell in cells[:_SAMPLE]
            if isinstance(cell, str) and (found := _ADDRESS.match(cell.strip()))
        ]
        return (Counter(hosts).most_common(1)[0][0] if len(hosts) * 2 > len(cells[:_SAMPLE]) else None), None
    platform = Counter(link.platform for link in links).most_common(1)[0][0]
    handle, times = Counter(link.owner for link in links).most_common(1)[0]
    agreed = platform in _NAMES_OWNER and handle is not None and times * 2 > len(links)
    return platform, handle if agreed else None


def are_post_links(cells: Sequence[Any]) -> bool:
    """Tells whether a column is of addresses of posts: every filled cell of its head, and not one for all."""
    first = next((cell for cell in cells[:_SAMPLE] if cell not in ("", None)), None)
    if first is None or not read_post_link(first):
        return False
    filled = [cell for cell in cells[:_SAMPLE] if cell not in ("", None)]
    return all(map(read_post_link, filled)) and (len(set(filled)) > 1 or len(filled) == 1)
