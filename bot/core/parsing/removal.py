"""«удалить», “delete all”: people who ask a command of a list to take something back."""

_VERBS_SAID = (
    "удалить удали удалите убрать убери уберите стереть сотри снять сними сбросить сбрось отменить отмени"
    " delete remove clear reset erase cancel"
)
_OBJECTS_SAID = (
    "цель цели заметку заметки заметка последнюю все всё мою мои эту"
    " goal goals note notes the my last all it this"
)
_VERBS, _OBJECTS = frozenset(_VERBS_SAID.split()), frozenset(_OBJECTS_SAID.split())


def begins_with_removal(text: str | None) -> bool:
    """Tells whether the first word asks to take something back."""
    words = _words(text)
    return bool(words) and words[0] in _VERBS


def is_removal(text: str | None) -> bool:
    """Tells whether nothing else is said: «удалить заметку», and not «удалить старые посты»."""
    return begins_with_removal(text) and all(word in _OBJECTS for word in _words(text)[1:])


def _words(text: str | None) -> list[str]:
    return [word.strip('.,!?:«»"') for word in (text or "").casefold().split()]
