"""A language: sentences by code, plurals, numbers, dates."""

import gettext
import html
import io
import math
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter

from babel.dates import format_date, get_day_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from metrics.posts import AudienceReading
from storage.controls import without_controls

HERE = Path(__file__).parent
MISSING = "—"
APPROXIMATELY = "≈"
NBSP = "\u00a0"
SMALLEST_DIGITS = 4  # of a percentage, behind the point
# What some networks have a word of their own for: likes, videos.
OWN_WORDS = {"er.posts": "posts", "field.reactions": "reactions"}


class Html(str):
    """A piece of text that is HTML already: the translator puts it into a sentence as it is."""

    __slots__ = ()


class _Plain(Formatter):
    """What people named or wrote can't turn the sentence around it."""

    def format_field(self, value: object, format_spec: str) -> str:
        return without_controls(super().format_field(value, format_spec))


class _Escaping(_Plain):
    def format_field(self, value: object, format_spec: str) -> str:
        text = super().format_field(value, format_spec)
        return text if isinstance(value, Html) else html.escape(text, quote=False)


_PLAIN, _ESCAPING = _Plain(), _Escaping()


class Translator:
    """Sentences of one language. Calling it gives HTML with every parameter escaped; `plain` gives bare text."""

    def __init__(self, language: str, catalogue: gettext.GNUTranslations, network: str | None = None) -> None:
        self.language = language
        self._catalogue = catalogue
        self._network = network

    def on(self, network: str) -> "Translator":
        """Returns the translator in the words of a network: the usual ones where it has none of its own."""
        return Translator(self.language, self._catalogue, network)

    def __call__(self, code: str, **params: object) -> Html:
        return Html(_ESCAPING.vformat(self._sentence(code), (), params))

    def plain(self, code: str, **params: object) -> str:
        """Returns a sentence for buttons, alerts, pictures and terminals, which show HTML as it stands."""
        return _PLAIN.vformat(self._sentence(code), (), params)

    def plural(self, code: str, n: int, *, approximate: bool = False, **params: object) -> str:
        """Returns the form of `code` for n («21 пост», «22 поста»); {n} is written with grouping."""
        code = self._own(code)
        form = self._catalogue.ngettext(code, code, n)
        if form == code:
            raise LookupError(f"no plural {code!r} in {self.language}")
        return _PLAIN.vformat(form, (), {**params, "n": self.number(n, approximate=approximate)})

    def has(self, code: str) -> bool:
        return self._catalogue.gettext(code) != code

    def number(self, value: float | None, digits: int = 0, *, approximate: bool = False) -> str:
        if value is None:
            return MISSING
        text = format_decimal(
            value, format="#,##0" + ("." + "0" * digits if digits else ""), locale=self.language
        )
        return APPROXIMATELY + text if approximate else text

    def subscribers(self, told: AudienceReading | None) -> str:
        """Writes how many there are, with ≈ where the source rounds: pages, YouTube, what a person typed as «12.5K»."""
        return self.number(None) if told is None else self.number(told.subscribers, approximate=told.step > 0)

    def compact(self, value: float | None) -> str:
        """Returns an axis label: 12 300 -> «12,3K»; short forms are the same in both languages.

        The platforms write them so.
        """
        if value is None:
            return MISSING
        for limit, suffix in ((1e6, "M"), (1e3, "K")):
            if abs(value) >= limit:
                return format_decimal(value / limit, format="#,##0.#", locale=self.language) + suffix
        return format_decimal(value, format="#,##0.##", locale=self.language)

    def percent(self, value: float | None, *, approximate: bool = False, signed: bool = False) -> str:
        """Returns a percentage; `value` is in percent already.

        It has two significant digits below 1, one behind the point below 100, none above.
        """
        if value is None:
            return MISSING
        size = abs(value)
        digits = _digits_below_one(size) if size < 1 else 1 if size < 100 else 0
        text = self.number(value, digits)
        sign = "+" if signed and value > 0 else ""
        return (APPROXIMATELY if approximate else "") + sign + text.replace("-", "−") + self.percent_sign

    @property
    def percent_sign(self) -> str:
        """What stands behind a number: «2,9 %» in Russian, “2.9%” in English."""
        return "%" if self.language == "en" else f"{NBSP}%"

    def bare_percent(self, value: float | None) -> str:
        """Returns what `percent` does without the sign, for the ends of a range."""
        return self.percent(value).removesuffix(self.percent_sign)

    def days_of_month(self, first: date, last: date, *, year: bool = False) -> str:
        """Returns days of one month: «16–22 нояб», «Nov 16–22»."""
        return self.date(last, year=year).replace(str(last.day), f"{first.day}–{last.day}", 1)

    def month(self, day: date) -> str:
        """Returns a month: «октябрь 2026»."""
        return format_date(day, "LLLL y", locale=self.language)

    def long_date(self, day: date) -> str:
        """Returns a date: «3 апреля», “April 3”."""
        return format_date(day, {"ru": "d MMMM", "en": "MMMM d"}[self.language], locale=self.language)

    def date(self, day: date, *, year: bool = False) -> str:
        pattern = {"ru": "d MMM", "en": "MMM d"}[self.language]
        if year:
            pattern = {"ru": "d MMM y", "en": "MMM d, y"}[self.language]
        return format_date(day, pattern, locale=self.language).replace(".", "")  # «16 нояб», not «16 нояб.»

    def weekday(self, number: int) -> str:
        """Returns a weekday: «пн», «Mon»; Monday is 0."""
        name: str = get_day_names("abbreviated", "stand-alone", locale=self.language)[number]
        return name

    def moment(self, at: datetime, *, year: bool = False) -> str:
        """Returns day and minute in the zone `at` is in already."""
        return f"{self.date(at.date(), year=year)}, {at:%H:%M}"

    def _own(self, code: str) -> str:
        if self._network is None or code not in OWN_WORDS:
            return code
        own = f"networks.{OWN_WORDS[code]}.{self._network}"
        return own if self._catalogue.gettext(own) != own else code

    def _sentence(self, code: str) -> str:
        code = self._own(code)
        text = self._catalogue.gettext(code)
        if text == code:
            raise LookupError(f"no sentence {code!r} in {self.language}")
        return text


def _digits_below_one(size: float) -> int:
    """Returns how many digits say something: «0,036», «0,65» have two such."""
    shown = float(f"{size:.2g}")
    return (
        1 if shown >= 1 else min(SMALLEST_DIGITS, max(2, 1 - math.floor(math.log10(shown)))) if shown else 2
    )


@lru_cache
def translator(language: str) -> Translator:
    """Returns the translator of a language; unknown languages speak English."""
    folder = HERE / language
    if not folder.is_dir() or not language.isalpha():
        return translator("en")
    merged = Catalog(locale=language)
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return Translator(language, gettext.GNUTranslations(compiled))
