"""Addresses of posts. What a file calls a link is a stranger's word: only a plain web address becomes one."""

import re

_WEB = re.compile(r"(?:https?://)?([\w.-]+\.\w{2,}/[^\s\"'<>]*)", re.ASCII)
_TELEGRAM_NAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)
LONGEST = 300
_BEFORE_NAME = {
    "vk": "vk.com/",
    "youtube": "youtube.com/@",
    "max": "max.ru/",
}  # elsewhere a name stands for itself, as on Telegram


def name_of(platform: str, handle: str) -> str:
    """Returns «@name», «vk.com/name»: a channel as its network names it; an address stays as it is."""
    return handle if "/" in handle else f"{_BEFORE_NAME.get(platform, '@')}{handle}"


def address_of(link: str | None, platform: str, handle: str | None, external_id: str) -> str | None:
    """Returns the file's own link, else where a public Telegram channel shows the post; None: neither."""
    if link and len(link) <= LONGEST and (found := _WEB.fullmatch(link.strip())):
        return f"https://{found[1]}"
    if platform == "telegram" and handle and _TELEGRAM_NAME.fullmatch(handle) and external_id.isdecimal():
        return f"https://t.me/{handle}/{external_id}"
    return None
