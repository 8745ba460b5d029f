"""The dictionary of column titles: what the words of real files mean.

A title is normalised first; within a meaning the names stand in order of preference, so that `publish time` wins over
`date` in a file that has both. Families add or forbid names (`Подписчики` is an audience in a list of channels and a
net change in a YouTube file).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from storage.files.tables.title_words import read_title

IGNORED = "ignored"

MEANINGS: dict[str, tuple[str, ...]] = {
    "id": (
        "message_id", "messageid", "msg_id", "message id", "post id", "post_id", "postid", "tweet id", "ポストid", "video asset id",
        "content", "контент", "conteúdo", "video id", "contenido", "id поста", "id записи", "id", "id сообщения", "номер поста",
        "идентификатор поста", "shortcode", "video_id",
    ),
    "link": (
        "permalink", "post link", "postlink", "tweet permalink", "video link", "msg_link", "post url", "ポストのリンク",
        "ссылка на пост", "ссылка на публикацию", "link", "url", "ссылка", "message link", "посилання", "ссылка на запись",
        "пост (ссылка)", "посилання на допис",
    ),
    "date": (
        "publish time", "post time", "video publish time", "время публикации видео", "post_datetime", "post_date",
        "horário de publicação do vídeo", "veröffentlichungszeitpunkt des videos", "дата поста (utc)", "дата поста",
        "дата публикации", "время публикации", "post publish date", "published_at", "published", "created date",
        "created_at", "datetime", "date", "timestamp", "date_utc", "дата и время", "дата", "日付", "time", "publish_date",
        "date posted", "created time", "created_time", "дата і час", "data", "fecha", "datum", "posted", "publication date",
        "post date", "published date", "published on", "date published", "hora de publicación del vídeo", "hora de publicación del video", "publication time", "час публікації відео",
        "дата выхода", "дата размещения", "опубликовано", "опубликован", "дата/время", "дата, время", "дата выхода поста",
        "дата публікації", "дата публікації допису", "дата та час", "дата создания", "создано", "день", "когда",
    ),
    "text": (
        "message", "text", "caption", "post text", "tweet text", "ポスト本文", "новости", "текст", "текст поста",
        "содержание", "video title", "название видео", "título do vídeo", "videotitel", "post title", "title",
        "description", "заголовок", "content_text", "body", "post message", "пост", "текст публикации", "назва відео", "título del vídeo", "título del video",
        "допис", "сообщение", "публикация", "название поста", "тема",
    ),
    "views": (
        "view_cnt", "views", "viewscount", "views_count", "views.count", "video views", "current_views", "просмотры", "просмотров",
        "количество просмотров", "visualizações", "aufrufe", "перегляди", "view_count", "views count", "plays",
        "impressions", "インプレッション数", "показы", "охват просмотров", "impressions (total)", "переглядів", "просм", "просмотр",
        "visualizaciones", "lifetime post total impressions", "показов", "текущие просмотры", "vistas",
    ),
    "reach": (
        "reach", "facebook reach", "instagram reach", "avg_post_reach", "avg_posts_reach", "охват", "reached audience",
        "impression:unique_users", "lifetime post total reach", "reach_total", "охват поста", "охваты", "охоплення", "reached users", "members reached", "members_reached", "accounts reached", "accounts_reached", "people reached",
        "охватов", "охвата",
    ),
    "forwards": (
        "forwards", "пересылки", "пересылок", "forwardscount", "sharescount", "shares_count", "number_forwards", "reposts", "repost", "reposts.count",
        "retweets", "リポスト", "репосты", "поделились", "shares", "share", "количество репостов",
        "compartilhamentos", "reposts (total)", "shares (total)", "forward_count", "репостов", "пересылка", "репост",
        "поширення", "поширень", "пересилання", "пересилань", "репостів", "репости", "поделиться", "share_count", "shares count",
        "total shares", "пересланные", "шеры",
    ),
    "comments": (
        "comments", "commentscount", "comments_count", "comments.count", "comments added", "новые комментарии", "комментарии",
        "number_replies", "replies.replies", "reply_count", "replycount", "repliescount", "replies", "返信", "comment", "количество комментариев", "комментариев",
        "comentários adicionados", "comments (total)", "replies_count", "comment_count", "комменты", "комментов", "комментарий",
        "коментарі", "коментарів", "comments count", "total comments", "комменти", "коменти", "comentários",
    ),
    "reactions": (
        "reactions", "reactionscount", "reactions_count", "react_cnt_sum", "total_reactions", "likes", "likes.count", "like",
        "likes_count", 'отметки "нравится"', "отметки «нравится»", "количество лайков", "лайки", "лайков", "реакции",
        "いいね", 'marcações "gostei"', "reactions (total)", "reaction_count", "like_count", "количество реакций", "реакций", "реакция",
        "нравится", "лайк", "сердечки", "классы", "класс", "класс!", "реакції", "реакцій", "вподобання", "вподобань", "вподобайки", "вподобайок", "мне нравится", "curtidas",
        "total likes", "likes count", "reactions count", "sum_reactions", "reactions_sum",
    ),
    "dislikes": ("dislikes", 'отметки "не нравится"', "отметки «не нравится»", "дизлайки"),
    "saves": (
        "saves", "bookmarks", "ブックマーク", "add to favorites", "favorites", "сохранения", "в избранное", "saved", "сохранений",
        "закладки", "збереження", "збережень",
    ),
    "clicks": (
        "total clicks", "clicks", "clicks (total)", "clicks (organic)", "переходы", "клики", "кликов", "переходов", "кліки",
        "переходи",
    ),
    "stars": ("stars", "paid_reactions"),
    "interactions_sum": (
        "reactions, comments and shares", "content interactions", "engagements", "エンゲージメント", "взаимодействия",
        "вовлечения", "interactions", "total interactions", "взаимодействий", "взаємодії",
    ),
    "subscribers": (
        "participants_count", "n_subscribers", "subscriber_count", "subs_cnt", "counter_value", "подписчики",
        "total followers", "followers", "subscribers", "members_count", "количество подписчиков", "число подписчиков",
        "подписчиков", "members", "followers_count", "підписники", "підписників", "участников", "участники", "аудитория",
        "читатели", "подписчики канала", "подписчиков канала", "subscribers_count",
    ),
    "channel_handle": (
        "channel username", "channel_username", "account username", "username", "юзернейм", "channel_link",
        "ссылка на канал", "owner_username",
    ),
    "channel_name": (
        "channel title", "channel_title", "channel_name", "channel", "page name", "account name", "канал", "название канала",
        "channel name", "имя канала", "chat", "source",
    ),
    "channel_id": ("channel_id", "channel id", "page id", "account id", "owner_id", "peer_id.channel_id", "chat_id"),
    "kind": ("post type", "media_type", "media type", "type", "тип", "тип поста", "content type", "post_type", "format"),
    "has_media": ("has_media", "contains_media", "media path", "media_path", "media"),
    "text_length": ("message_length", "text_length", "length", "длина текста"),
    "album": ("grouped_id", "media_group_id"),
    "is_forwarded": ("is_forward", "is_forwarded", "forwarded_from", "fwd_from", "forwarded", "переслано"),
    "is_ad": ("marked_as_ads", "funded content status", "is_ad", "реклама"),
    "observed": ("observed_at", "collected_at", "scraped_at", "snapshot_at", "дата сбора", "time observed"),
}  # fmt: skip

COUNTER_MEANINGS = (
    "views", "reach", "reactions", "dislikes", "comments", "forwards", "saves", "clicks", "stars", "interactions_sum",
)  # fmt: skip

_INVISIBLE = str.maketrans(
    {"\u00ad": "", "\ufeff": "", "\u200b": "", "\u200e": "", "\u00a0": " ", "\u202f": " ", "ё": "е"}
)


@lru_cache(maxsize=4096)
def normalise(title: str) -> str:
    """Returns a title without soft hyphens, marks and a trailing backslash; case folded, ё as е."""
    plain = " ".join(title.translate(_INVISIBLE).strip().rstrip("\\").casefold().replace("ё", "е").split())
    quoted = len(plain) > 2 and plain[0] == plain[-1] == '"'
    return plain[1:-1] if quoted else plain


# What people put before and after a known word: «Кол-во просмотров, шт.», `Total views`, «Дата (МСК)». A per cent sign
# is not among them: a share of something is no count of it.
_BEFORE = re.compile(
    r"^(?:общее )?(?:кол-во|количество|число|сумма|всего|к-сть|кількість|усього|number of|total|post) "
)
_AFTER = re.compile(
    r",? ?\((?:шт|чел|ед|total|всего|мск|msk|utc|gmt)[^)%]*\)$|,? (?:шт|чел|ед|total|всего)\.?$| (?:поста|публикации|записи|допису)$"
    r"|[ :.]+$|(?<=\w)[ _]?count$"
)
_LONGEST_TITLE = 60

_RANKS: dict[str, tuple[str, int]] = {
    normalise(name): (meaning, rank) for meaning, names in MEANINGS.items() for rank, name in enumerate(names)
}


def meaning_of(title: str, family: Mapping[str, str] | None = None) -> str | None:
    name = normalise(title)
    if family and name in family:
        return family[name]
    known = _RANKS.get(name) or _RANKS.get(_bare(name))
    return known[0] if known else read_title(title).meaning


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """Returns a normalised title without the words around its noun; as it is, if nothing known is left."""
    if len(name) > _LONGEST_TITLE:
        return name
    bare = name.replace("_", " ")
    while (shorter := _AFTER.sub("", _BEFORE.sub("", bare, count=1), count=1)) != bare:
        bare = shorter
    return next((known for known in (bare, f"{bare}s", bare.replace(" ", "_")) if known in _RANKS), name)


def known_titles(titles: Iterable[object]) -> int:
    """Counts the distinct meanings a row of titles names: that makes a row a header."""
    return len({meaning for title in titles if isinstance(title, str) and (meaning := meaning_of(title))})


def map_columns(titles: Sequence[str], family: Mapping[str, str] | None = None) -> dict[str, list[int]]:
    """Returns meaning -> positions of its columns, the preferred name first.

    They are addressed by position: a title may come twice.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for position, title in enumerate(titles):
        name = normalise(title)
        meaning = meaning_of(title, family)
        if family and meaning == "subscribers" and name not in _RANKS and name not in family:
            continue  # a service names its own audience; words alone would take who came for who is there
        if meaning and meaning != IGNORED:
            rank = _rank(name) if not (family and name in family) else -1
            found.setdefault(meaning, []).append((rank, position))
    return {meaning: [position for _, position in sorted(places)] for meaning, places in found.items()}


def _rank(name: str) -> int:
    """Returns a rank: names of the dictionary as they stand come before those with words around them."""
    known = _RANKS.get(name)
    if known:
        return known[1]
    bare = _RANKS.get(_bare(name))
    return len(_RANKS) + (bare[1] if bare else len(_RANKS))  # what words alone suggest comes last
