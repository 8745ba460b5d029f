"""Who brought readers: reposts and mentions in words, with what they brought where counts show it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from bot.answers.links import address_of
from bot.answers.wording import shortened
from bot.core.locales import Html, Translator
from metrics.posts import Post
from metrics.reposts import Gain, Repost, ViewCount, counts_by_post, gains

NAMES, NAME_CHARS = 3, 32
GAINS = 2  # told of one channel, the largest first


def post_lines(reposts: Sequence[Repost], counts: Sequence[ViewCount], t: Translator) -> list[Html]:
    """Returns one post's lines, «репост у @x: +1 900 просмотров», then the unknown; empty without any."""
    found = gains(reposts, counts)
    shown = _largest(found)
    rest = [one for gain in found if gain not in shown for one in gain.reposts]
    lines = [_gain_line(gain, t) for gain in shown]
    return [*lines, *([_names_line(rest, t)] if rest else [])]


def channel_lines(reposts: Sequence[Repost], readings: Iterable[Post], t: Translator) -> list[Html]:
    """Returns the lines of a channel within some days, over all its posts; empty without any."""
    by_post: dict[str | None, list[Repost]] = defaultdict(list)
    for one in reposts:
        by_post[one.external_id].append(one)
    counts = counts_by_post(readings, {name for name in by_post if name is not None})
    found = [
        gain
        for name, mine in by_post.items()
        for gain in gains(mine, counts.get(name, []) if name is not None else [])
    ]
    shown = _largest(found)
    rest = [one for gain in found if gain not in shown for one in gain.reposts]
    return [*(_gain_line(gain, t) for gain in shown), *([_names_line(rest, t)] if rest else [])]


def _largest(found: Sequence[Gain]) -> list[Gain]:
    told = [gain for gain in found if gain.views is not None]
    return sorted(told, key=lambda gain: -(gain.views or 0))[:GAINS]


def _gain_line(gain: Gain, t: Translator) -> Html:
    key = f"reposts.{_kind(gain.reposts)}"
    names = _names(gain.reposts, t)
    return t("reposts.gain", who=t(key, names=names), views=t.plural("digest.views", gain.views or 0))


def _names_line(reposts: Sequence[Repost], t: Translator) -> Html:
    return t(f"reposts.{_kind(reposts)}", names=_names(reposts, t))


def _kind(reposts: Sequence[Repost]) -> str:
    kinds = {one.kind for one in reposts}
    kind = "forward" if "forward" in kinds else "mention"
    several = len({_name(one) for one in reposts}) > 1
    return f"{'both' if len(kinds) > 1 else kind}{'s' if several or len(kinds) > 1 else ''}"


def _names(reposts: Sequence[Repost], t: Translator) -> Html:
    """Returns names, the largest channels first; each once, however often it named the post."""
    ordered = sorted(reposts, key=lambda one: (-(one.members or 0), one.at))
    by_name = {_name(one): one for one in reversed(ordered)}
    shown = [_linked(name, by_name[name]) for name in dict.fromkeys(map(_name, ordered))][:NAMES]
    more = len(by_name) - len(shown)
    listed = ", ".join(shown)
    return Html(f"{listed} {t('reposts.more', count=t.number(more))}") if more else Html(listed)


def _name(one: Repost) -> str:
    return f"@{one.handle}" if one.handle else shortened(one.title or one.link, NAME_CHARS)


def _linked(name: str, one: Repost) -> str:
    link, shown = address_of(one.link, "telegram", None, ""), escape(name, quote=False)
    return f'<a href="{escape(link)}">{shown}</a>' if link else shown
