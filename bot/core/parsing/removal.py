"""«удалить», “delete all”, «не тот файл, откати»: people who ask to take something back."""

import re

_VERBS_SAID = (
    "удалить удали удалите убрать убери уберите стереть сотри снять сними сбросить сбрось отменить отмени"
    " delete remove clear reset erase cancel"
)
_OBJECTS_SAID = (
    "цель цели заметку заметки заметка последнюю все всё мою мои эту"
    " goal goals note notes the my last all it this"
)
_VERBS, _OBJECTS = frozenset(_VERBS_SAID.split()), frozenset(_OBJECTS_SAID.split())


_UNDOES = re.compile(
    r"\b(?:отмен\w+|откат\w+|верн[иу]\w*|удал\w+|убер\w+|убрать|undo|revert|roll ?back|cancel|remove|delete)\b",
    re.IGNORECASE,
)
_UPLOAD = re.compile(r"\b(?:загруз(?!чик)\w+|импорт\w*|файл\w*|upload\w*|import\w*|files?)\b", re.IGNORECASE)
_WRONG_FILE = re.compile(r"\b(?:не тот файл|не те файлы|ошиб\w+ файлом|wrong file)\b", re.IGNORECASE)
_ASKED_WORDS = 12


def asks_to_undo_upload(text: str) -> bool:
    """Tells whether the last file is to be taken back: «отмени загрузку», «ой, не тот файл», “undo the import”."""
    if len(text.split()) > _ASKED_WORDS or "?" in text:
        return False
    return bool(_WRONG_FILE.search(text) or (_UNDOES.search(text) and _UPLOAD.search(text)))


def begins_with_removal(text: str | None) -> bool:
    """Tells whether the first word asks to take something back."""
    words = _words(text)
    return bool(words) and words[0] in _VERBS


def is_removal(text: str | None) -> bool:
    """Tells whether nothing else is said: «удалить заметку», and not «удалить старые посты»."""
    return begins_with_removal(text) and all(word in _OBJECTS for word in _words(text)[1:])


def _words(text: str | None) -> list[str]:
    return [word.strip('.,!?:«»"') for word in (text or "").casefold().split()]
