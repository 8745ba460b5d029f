"""HTML parse mode: text and entities, refused in TDLib's words.

Follows the grammar of core.telegram.org/bots/api#html-style; offsets in errors are bytes of UTF-8,
offsets in entities UTF-16 code units.
"""

import re
from typing import Never

from bot.sandbox.entity_kinds import ARGUMENTS, TAGS, Entity, OpenTag, entity_of, with_languages
from bot.sandbox.limits import bad_request, utf16_length

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|(lt|gt|amp|quot));?")
SPACE = " \t\r\n"


class _Parser:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.parts: list[str] = []
        self.length = 0
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.html):
            here = self.html[self.at]
            if here == "&":
                self._reference()
            elif here != "<":
                self._plain()
            elif self.html.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            _refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.parts), self.entities

    def _plain(self) -> None:
        stops = [
            place for place in (self.html.find("<", self.at), self.html.find("&", self.at)) if place >= 0
        ]
        end = min(stops, default=len(self.html))
        self._write(self.html[self.at : end])
        self.at = end

    def _reference(self) -> None:
        text, self.at = _dereference(self.html, self.at)
        self._write(text)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += utf16_length(text)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._until(SPACE + ">")
        if self.at >= len(self.html):
            _refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = name.lower()
        if tag not in TAGS:
            _refuse(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        opened = OpenTag(tag, self._byte(begin), self.length, "")
        while self._skip_space() != ">":
            self._attribute(opened, begin)
        self.at += 1
        if tag == "span" and opened.argument != "tg-spoiler":
            _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {opened.begins_at_byte}')
        self.open.append(opened)

    def _attribute(self, opened: OpenTag, begin: int) -> None:
        name = self._until(SPACE + "=>").lower()
        where = f'the tag "{opened.tag}" at byte offset {opened.begins_at_byte}'
        if not name:
            _refuse(f"Empty attribute name in {where}")
        if self._skip_space(needed=False) != "=":
            if opened.tag == "blockquote" and name == "expandable":
                opened.bare.add(name)
                return
            _refuse(f"Expected equal sign in declaration of an attribute of {where}")
        self.at += 1
        if not self._skip_space(needed=False):
            _refuse(f'Unclosed start tag "{opened.tag}" at byte offset {opened.begins_at_byte}')
        value = self._value(begin)
        if name == "expandable":
            opened.bare.add(name)
        if ARGUMENTS.get(opened.tag) == name:
            prefixed = opened.tag == "code"
            opened.argument = value.removeprefix("language-") if prefixed else value

    def _value(self, begin: int) -> str:
        quote = self.html[self.at]
        if quote not in "\"'":
            token = self.at
            word = self._while_name()
            if self.at >= len(self.html) or self.html[self.at] not in SPACE + ">":
                _refuse(f"Unexpected end of name token at byte offset {self._byte(token)}")
            return word.lower()
        self.at += 1
        parts = []
        while self.at < len(self.html) and self.html[self.at] != quote:
            text, self.at = _dereference(self.html, self.at)
            parts.append(text)
        if self.at >= len(self.html):
            _refuse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return "".join(parts)

    def _end_tag(self) -> None:
        begin = self.at
        self.at += 2
        if not self.open:
            _refuse(f"Unexpected end tag at byte offset {self._byte(begin)}")
        name = self._until(SPACE + ">").lower()
        self._skip_space(needed=False)
        if self.at >= len(self.html) or self.html[self.at] != ">":
            _refuse(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            _refuse(
                f"Unmatched end tag at byte offset {self._byte(begin)},"
                f' expected "</{opened.tag}>", found "</{name}>"'
            )
        self._close(opened)

    def _close(self, opened: OpenTag) -> None:
        length = self.length - opened.offset
        entity = entity_of(opened, length, self._text_since(opened)) if length else None
        if entity:
            self.entities.append(entity)

    def _text_since(self, opened: OpenTag) -> str:
        """Returns the plain text inside a link.

        The link points to it without a href, and names a person who is mentioned.
        """
        if opened.tag != "a":
            return ""
        return "".join(self.parts).encode("utf-16-le")[opened.offset * 2 :].decode("utf-16-le")

    def _until(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.html) and self.html[self.at] not in stops:
            self.at += 1
        return self.html[begin : self.at]

    def _while_name(self) -> str:
        begin = self.at
        while self.at < len(self.html) and re.match(r"[A-Za-z0-9.-]", self.html[self.at]):
            self.at += 1
        return self.html[begin : self.at]

    def _skip_space(self, *, needed: bool = True) -> str:
        while self.at < len(self.html) and self.html[self.at] in SPACE:
            self.at += 1
        here = self.html[self.at : self.at + 1]
        if not here and needed:
            _refuse(f"Unclosed start tag at byte offset {self._byte(self.at)}")
        return here

    def _byte(self, place: int) -> int:
        return len(self.html[:place].encode())


def parse_html(html: str) -> tuple[str, list[Entity]]:
    """Returns text and entities as Telegram sorts them. Raises ApiError «can't parse entities: ...»."""
    text, entities = _Parser(html).run()
    return text, sorted(with_languages(entities), key=lambda entity: (entity["offset"], -entity["length"]))


def _dereference(html: str, at: int) -> tuple[str, int]:
    """Returns the character of a reference and where reading goes on; what is no reference stays."""
    match = REFERENCE.match(html, at)
    if match is None:
        return html[at], at + 1
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED[name], match.end()
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code == 0 or code > 0x10FFFF:
        return html[at], at + 1
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units"
        )
    return chr(code), match.end()


def _refuse(what: str) -> Never:
    raise bad_request(f"can't parse entities: {what}")
