"""The language a chat starts with; people change it by /lang. And that of whoever runs the program."""

import os

from bot.core.locales import LANGUAGES

# Where a Telegram client in this language mostly means a reader of Russian.
_READS_RUSSIAN = frozenset(
    {"ru", "uk", "be", "kk", "ky", "uz", "tg", "tk", "hy", "az", "ka", "tt", "ba", "mo"}
)


def first_language(language_code: str | None, default: str) -> str:
    """Returns the first language by `language_code` as clients send it («ru», «pt-br»), or None."""
    if not language_code:
        return default
    code = language_code.lower().partition("-")[0]
    if code in LANGUAGES:
        return code
    return "ru" if code in _READS_RUSSIAN else "en"


def first_zone(language: str, default_language: str, default: str) -> str:
    """Returns the first zone: the default is that of readers of the default language.

    Others say theirs in `/digest`.
    """
    return default if language == default_language else "UTC"


def environment_language() -> str:
    """Returns the language that the system of whoever runs the program asks for."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "ru" if wanted.startswith("ru") else "en"
