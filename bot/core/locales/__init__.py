"""Every sentence for a person, in every language, and how its numbers and dates are written.

Catalogues are gettext `.po` files, one a conversation (`ru/er.po`, `en/er.po`), compiled in memory when a language is
first used. A message's id is its code (`er.no_posts`), so that metrics and storage can speak in codes.
"""

from bot.core.locales.translator import Html, Translator, translator

LANGUAGES = ("ru", "en")
__all__ = ["LANGUAGES", "Html", "Translator", "translator"]
