"""Which keys there are, what they are good for, and what is read with them. Of a key its last characters at most."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.wording import TITLE_CHARS, shortened
from bot.core.locales import Html, Translator
from storage.workspace.keys import Tariff, WorkspaceKey
from storage.workspace.tgstat_channels import TgstatChannel

CHANNELS_SHOWN = 10


def none_words(t: Translator) -> Html:
    return t("keys.no_keys")


def key_words(
    kept: WorkspaceKey, channels: Sequence[TgstatChannel], zone: str, t: Translator, *, opens: bool
) -> Html:
    state = kept.state if opens else "again"
    moment = _moment(kept.checked_at, zone, t)
    lines = [t("keys.title"), "", t(f"keys.state.{state}", hint=kept.hint, moment=moment)]
    lines += _tariff(kept.tariff, zone, t)
    if channels:
        lines += ["", t("keys.channels")]
        lines += [_channel(one, zone, t) for one in channels[:CHANNELS_SHOWN]]
    else:
        lines += ["", t("keys.no_channels")]
    return Html("\n".join([*lines, "", t("keys.how_kept")]))


def _tariff(told: Tariff, zone: str, t: Translator) -> Iterator[str]:
    if told.tariff is not None:
        yield t("keys.tariff", tariff=told.tariff)
    if told.requests_left is not None and told.requests_most is not None:
        left, most = t.number(told.requests_left), t.number(told.requests_most)
        if told.expires_at is None:
            yield t("keys.left", left=left, most=most)
        else:
            until = t.date(datetime.fromtimestamp(told.expires_at, ZoneInfo(zone)).date(), year=True)
            yield t("keys.left_until", left=left, most=most, until=until)


def _channel(one: TgstatChannel, zone: str, t: Translator) -> str:
    title = shortened(one.title, TITLE_CHARS)
    if one.handle is None:
        return t("keys.channel.no_name", title=title)
    if one.problem is not None:
        code = f"keys.problem.{one.problem}"
        return t("keys.channel.problem", title=title, why=t(code if t.has(code) else "keys.problem.away"))
    if one.read_at is None:
        return t("keys.channel.waits", title=title)
    return t("keys.channel.read", title=title, moment=_moment(one.read_at, zone, t))


def _moment(at: int, zone: str, t: Translator) -> str:
    return t.moment(datetime.fromtimestamp(at, ZoneInfo(zone)))
