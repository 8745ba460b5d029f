"""What the bot asks to be answered in words, and which messages may be an answer.

A question waits for days, so it must not swallow what is meant otherwise: a command, a link, a file, thanks.
"""

import re
from enum import StrEnum


class QuestionKind(StrEnum):
    """One line a question. Its name is stored, and what it needs beside it."""

    SHARING = "sharing"  # Telegram's chooser of channels was offered
    SUBSCRIBERS = "subscribers"
    CHECKED = "check"  # which channel
    CHECK_PRICE = "check_price"  # what is asked for an ad in it
    MONEY = "money"  # the numbers of a formula
    PLACEMENT = "placement"  # what is missing of a bought post
    PLACEMENT_POST = "placement_post"
    PLACEMENT_VIEWS = "placement_views"
    PLACEMENT_REVENUE = "placement_revenue"
    PLACEMENT_TERMS = "placement_terms"  # what was agreed, corrected
    PLACEMENT_GOAL = "placement_goal"  # where the post leads: a channel, an address
    ZONE = "zone"
    TITLE = "title"  # of a channel that is to be called otherwise
    KEY = "key"  # of a service, in private alone


TAKES_LINKS = frozenset(
    {
        QuestionKind.CHECKED,
        QuestionKind.PLACEMENT,
        QuestionKind.PLACEMENT_POST,
        QuestionKind.PLACEMENT_GOAL,
    }
)
TAKES_FORWARDS = frozenset({QuestionKind.PLACEMENT, QuestionKind.PLACEMENT_POST})
TAKES_PLACES = frozenset({QuestionKind.ZONE})

_CANCEL = re.compile(
    r"отмен(?:а|ить|и|яй)|потом|позже|не сейчас|не надо|не нужно|стоп|cancel|later|not now|never ?mind|stop",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"(?:спасибо|спс|благодарю|пасиб[оа]?)(?: \w+){0,2}|ок(?:ей)?|хорошо|ладно|понял[аи]?|понятно|ясно|супер|отлично|круто"
    r"|привет|здравствуйте|добр(?:ый|ое|ой) \w+|thanks?(?: you)?(?: \w+){0,3}|thx|ok(?:ay)?|got it|great|cool|hi|hello",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|\bwww\.|\b(?:t|telegram)\.me/|(?:^|\s)@[A-Za-z]\w{3,}", re.IGNORECASE)
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")


def says_cancel(text: str) -> bool:
    """Tells whether a text says «Отмена», «потом», “later”."""
    return _CANCEL.fullmatch(_bare(text)) is not None


def is_small_talk(text: str) -> bool:
    """Tells whether it is thanks, a greeting, an emoji: nobody means a number or a name by it."""
    bare = _bare(text)
    return (not bare and "?" not in text) or _SMALL_TALK.fullmatch(bare) is not None


def may_answer(kind: QuestionKind, text: str) -> bool:
    if text.startswith("/") or is_small_talk(text) or says_cancel(text):
        return False
    return kind in TAKES_LINKS or _LINK.search(text) is None


def _bare(text: str) -> str:
    """Returns words alone: no marks around them, blanks once."""
    return " ".join(_AROUND.sub("", text).split())
