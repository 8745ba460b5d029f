"""What a title nobody wrote down before means, by the words in it: `Просмотры поста`, `publishDate`, `Nombre de vues`.

Every language has its stems; a word that makes a share, a price, a mean, a duration or a plan of a counter takes the
meaning away. `columns` asks here only when its dictionary does not know the title.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from storage.files.tables.date_words import plain_letters

_CAMEL = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")
_NO_WORD = re.compile(r"[^\w%₽$€£]+|_+")
_SIGNS = {
    "👁": "views",
    "👀": "views",
    "💬": "comments",
    "🗨": "comments",
    "🔁": "forwards",
    "↗": "forwards",
    "↪": "forwards",
    "🔖": "saves",
}
_EASTERN = re.compile(
    r"[\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
)  # written without blanks between words
_LONGEST_TITLE = 60
_MOST_WORDS = 7

# Words that stand for something else than a count of it.
_ASIDE = {
    "share": r"%|rate|ratio|percent\w*|процент\w*|дол[яи]|частк\w*|prozent\w*|anteil|taux|tasa|taxa|tasso|oran\w*|wskaznik\w*|коэф\w*|конверси\w*|er|err|erv|vr|ctr"
    r"|вовлеченност\w*|залучен\w*|engagementrate|\w*率|نرخ|معدل|index|индекс\w*|виральност\w*",
    "price": r"₽|\$|€|£|руб|рубл\w*|rub|usd|eur|php|inr|kzt|uah|byn|donation\w*|грн|тенге|price|cost\w*|цен[аы]|стоимост\w*|вартіст\w*|варт\w*|cpm|cpv|cpc|cpa|cpl|cpf|cps|бюджет\w*|budget|расход\w*|spent|spend|revenue|доход\w*|earning\w*"
    r"|umsatz|precio|preco|prix|kosten|prezzo|fiyat|cena|koszt\w*|оплат\w*|сумма",
    "mean": r"средн\w*|avg|average|mean|median\w*|медиан\w*|durchschnitt\w*|moyen\w*|medi[oa]|ortalama|sredni\w*|серед\w*|平均",
    "time": r"duration|длительност\w*|продолжительност\w*|тривал\w*|hours?|minutes?|seconds?|watch|досмотр\w*|часов|часы|минут\w*|мин|mins?|секунд\w*|sek|sec|сек|horas?|heures?|stunden|saat|dauer|duree|duracion|duracao|durata|sure|удержан\w*|retention|wiedergabezeit|\w*時間|\w*时长|czas",
    "plan": r"план\w*|plan|прогноз\w*|forecast|target|цел[ьи]|kpi|goal|рост|прирост\w*|growth|change|изменен\w*|разниц\w*|diff|delta|динамик\w*|норма|норм",
    "other": r"profile?\w*|profil\w*|perfil|prof|hashtag|detail|expand|unfollow\w*|отпис\w*|dislike\w*|дочит\w*|дизлайк\w*|nicht|viral\w*|виральн\w{2,3}|viewers?|зрител\w*|users?|ranking|рейтинг|место|на|per|pro|par|вложени\w*"
    r"|paid|promoted|рекламн\w{2,3}|реклам[ыіе]|платн\w{2,3}|продвиж\w*|промо",
}  # fmt: skip
_ASIDE_WORDS = {reason: re.compile(plain_letters(f"(?:{words})$")) for reason, words in _ASIDE.items()}

_COUNTERS = {
    "views": r"(?:page)?views?|viewed|viewcount|просм|просмотр\w*|перегляд\w*|(?:video)?aufruf\w*|ansicht\w*|vues?|visualiza\w*|visualizz\w*|vistas|reproduc\w*|wyswietl\w*|odslon\w*|goruntul\w*|izlenme\w*"
    r"|impressions?|impress\w+|impresiones|показ\w*|покази|weergave\w*|gosterim\w*|lecture\w*|plays|再生\w*|視聴\w*|インプレッション\w*|閲覧\w*|表示\w*|prosmotr\w*"
    r"|прочт\w*|прочит\w*|прочет\w*|увидел\w*|посмотрел\w*|смотрел\w*|seen|prochteni\w*|прагляд\w*|паказ\w*|қаралым\w*|көрілім\w*|көрсетілім\w*|кўриш\w*|korish\w*|rishlar|baxış\w*|tayangan|dilihat|xem|weergegeven|zobrazen\w*|zhlednut\w*|vizualiz\w*|afisari|visning\w*|بازدید\w*|نمایش|مشاهد\w*|المشاهد\w*|الظهور|צפיות|阅读\w*|浏览\w*|播放\w*|观看\w*|展示\w*|曝光\w*|조회\w*|노출\w*|재생\w*",
    "reach": r"reach|reached|охват\w*|охоплен\w*|reichweite\w*|portee|alcance|copertura|zasieg\w*|erisim|bereik|couverture|リーチ\w*|ohvat"
    r"|jangkauan|dosah|rackvidd|الوصول|وصول|触达\w*|覆盖\w*|도달\w*|חשיפה|қамту|қамтылу",
    "reactions": r"likes?|reactions?|reacts?|mag|реакц\w*|лайк\w*|нрав\w*|вподоб\w*|gefallt|reaktion\w*|aime|gusta\w*|curtid\w*|gosto\w*|gostei|piace|reazion\w*|begeni\w*|begenme\w*|polub\w*|lubie|reakcj\w*|tepki\w*|reaccion\w*"
    r"|reacoes|いいね\w*|リアクション\w*|сердечк\w*|эмодзи|laiki?"
    r"|hearts?|thumbs|класс\w*|огоньк\w*|упадаба\w*|падаба\w*|рэакц\w*|ұнат\w*|yoqtir\w*|layk\w*|reaksiya\w*|bəyən\w*|disukai|suka|thich|leuks?|libi|apreci\w*|gilla\w*|لایک\w*|پسند\w*|واکنش\w*|إعجاب\w*|الإعجاب\w*|الاعجاب\w*|اعجاب\w*|לייקים|אהבתי|点赞\w*|喜欢\w*|좋아요\w*|반응\w*|favorite_count|digg\w*|clap\w*",
    "comments": r"comment\w*|комм|коммент\w*|комент\w*|kommentar\w*|comentari\w*|commenti|yorum\w*|komentarz\w*|コメント\w*|返信\w*|repl(?:y|ies)|ответ\w*|відповід\w*|respuestas?|respostas?|antwort\w*|reponses?|risposte|yanit\w*|odpowiedzi|обсужд\w*"
    r"|каментар\w*|пікір\w*|изоҳ\w*|шарҳ\w*|izoh\w*|sharh\w*|şərh\w*|komentar\w*|luan|reacties|comentarii|نظر\w*|کامنت\w*|دیدگاه\w*|تعليق\w*|التعليق\w*|תגובות|评论\w*|留言\w*|回复\w*|댓글\w*|답글\w*|discuss\w*",
    "forwards": r"forward\w*|fwds?|shares?|shared|reposts?|retweets?|репост\w*|поделил\w*|поделиться|пересыл\w*|пересл\w*|перес|реп|поширен\w*|пересилан\w*|geteilt\w*|teilung\w*|partage\w*|compart\w*|condivi\w*|paylas\w*|udostepn\w*|シェア\w*|共有\w*|リポスト\w*|weiterleit\w*|шер\w?"
    r"|рэпост\w*|перасыл\w*|бөліс\w*|улашиш\w*|ulash\w*|dibagikan|bagikan|chia|gedeeld|sdilen\w*|distribuiri|delning\w*|فوروارد\w*|بازنشر|اشتراک\w*|مشارك\w*|المشارك\w*|שיתופים|转发\w*|分享\w*|공유\w*|리트윗\w*|переслан\w*|репостнул\w*",
    "saves": r"saves?|saved|bookmark\w*|favou?rit\w*|сохр\w*|закладк\w*|избранн\w*|збереж\w*|gespeichert\w*|lesezeichen|enregistre\w*|guard[ao]\w*|guardo|salv(?:o|os|a|ament\w*|ataggi\w*|ate)|kaydet\w*|kaydedil\w*|zapisan\w*|zapisy|保存\w*|ブックマーク\w*|signet\w*"
    r"|collect\w*|disimpan|opgeslagen|ulozen\w*|ذخیره\w*|حفظ|收藏\w*|저장\w*|сақта\w*|saqla\w*",
    "clicks": r"clicks?|клик\w*|кліки|klicks?|переход\w*|cli(?:c|cs|que|ques)|tiklama\w*|klikniec\w*|クリック\w*",
}  # fmt: skip
_ATTRIBUTES = {
    "date": r"date|dates|дата|даты|время|datum|fecha|data|tarih\w*|日付\w*|日時\w*|publish\w*|published|опублик\w*|veroffentlich\w*|datetime|timestamp|公開\w*|投稿日\w*|день|posted|когда|вышел|выход\w*|publie|horario|uhrzeit"
    r"|created?|taken|sent|күні|сана|sana|tarix|tanggal|ngay|вышла|вышло|publicado|veroeffentlicht|تاریخ|التاريخ|زمان|תאריך|日期\w*|时间\w*|发布\w*|날짜\w*|게시일\w*|일시\w*|scheduled|момент",
    "link": r"link\w*|url|permalink|ссылк\w*|посилан\w*|lien|enlace|リンク\w*|odnosnik|baglanti\w*\w*|адрес"
    r"|havola|ҳавола|сілтеме|спасылк\w*|keçid|tautan|odkaz|лінк|לינק|קישור|لینک|الرابط|رابط|链接\w*|링크\w*",
    "text": r"text|текст\w*|caption|message|описан\w*|опис|beschreibung|descri\w*|title|titel|titre|titulo|titolo|заголов\w*|тем[аы]|opis|aciklama|baslik|baslig\w*|tytul|タイトル\w*|本文\w*|説明\w*|названи[ея]|назва|legende|testo|texto|texte|metin|tresc"
    r"|матн|мавзу|мәтін|тақырып|matn|mavzu|mətn|teks|judul|tekst|тэкст|متن|عنوان|النص|العنوان|טקסט|כותרת|标题\w*|内容\w*|正文\w*|제목\w*|본문\w*|내용\w*|headline|subject|creative|креатив\w*",
}  # fmt: skip
_OWNERS = r"accounts?|аккаунт\w*|акаунт\w*|channels?|канал\w*|chat|чат\w*|page|страниц\w*|сторінк\w*|paginas?|seite\w*|konto\w*|konta|compte|cuenta|conta|conto|account\w*|hesa[bp]\w*|kanal\w*|canal\w*|паблик\w*|сообществ\w*|групп\w*|group|アカウント\w*|площадк\w*|strony|fanpage|блог\w*|облік\w*|proje[ck]t|проект\w*"
_POSTS = r"posts?|пост\w?|публикац\w*|публікац\w*|запис[ьи]|допис\w*|messages?|msg|сообщени\w*|media|tweets?|video\w*|beitrag\w*|publica\w*|publication\w*|pubblica\w*|gonderi\w*|post\w?|ポスト\w*|投稿\w*|видео|reels?|content|контент\w*"
_IDS = r"ids?|ид|identif\w*|идентифик\w*|ідентифік\w*|kennung|identyfik\w*|kimli\w*|\w+id"
_USERS = r"username|nutzername\w*|benutzername\w*|usuario|utilisateur|utente|uzytkownik\w*|kullanici\w*|пользовател\w*|користувач\w*|handle|ник|логин|ユーザー\w*"
_NAMES = r"name|nome|nom|nombre|название|назва|имя|ім'я|naam|nazwa|adi|kontoname|seitenname|名\w*|名前"
_KINDS = r"type|тип|вид|формат\w*|format|typ|tipo|tur\w*|beitragsart|種類\w*|rodzaj|タイプ\w*|rubric"
_NETWORKS = (
    r"network|platform\w*|платформ\w*|соцсет\w*|сеть|социальная|netzwerk|reseau|rede|mreza|source_network"
)
_NEW = r"new|gained|lost|нов\w*|ушл\w*|пришл\w*|neue\w*|nouve\w*|nuev\w*|nov[ao]s?|yeni|now\w*|нетто|net|подписк\w*|follows?|seguimientos|seguimentos|新\w*"
_SUBSCRIBERS = r"subscribers?|followers?|fans?|подписч\w*|пдп|підписник\w*|abonnent\w*|abonnes?|suscriptor\w*|seguidor\w*|inscritos|takipci\w*|obserwuj\w*|フォロワー\w*|登録者\w*|участник\w*|members?|читател\w*|subs"
_COMPILED = {
    name: re.compile(plain_letters(f"(?:{words})$"))
    for name, words in {
        **_COUNTERS, **_ATTRIBUTES, "owner": _OWNERS, "post": _POSTS, "number": _IDS, "user": _USERS, "name": _NAMES, "kind": _KINDS,
        "network": _NETWORKS, "new": _NEW, "audience": _SUBSCRIBERS,
    }.items()
}  # fmt: skip
_EASTERN_WORDS = {
    name: [word.replace("\\w*", "") for word in pattern.pattern[3:-2].split("|") if _EASTERN.search(word)]
    for name, pattern in _COMPILED.items()
}
_AGE = re.compile(
    r"(?<!\d)(\d{1,3})\s*[-_]?\s*(?:(h|hr|hrs|hours?|ч|час|часа|часов|год|годин\w*|std|stunden|horas?|heures?|saat|godz\w*|時間)|(d|days?|д|дн|дня|дней|день|сут\w*|tage?|dias?|jours?|gun|dni))(?![^\W\d_])",
    re.IGNORECASE,
)
_FIRST_DAY = re.compile(
    r"(?:через|за(?: первые)?|after|in|nach|après|dopo|tras|po)\s+(?:(?:a|one|einem|un|uno|una|the first|1-е)\s+)?(?:сутки|день|day|tag|jour|giorno|d[ií]a|dobie)\b",
    re.IGNORECASE,
)  # an age without a number: «через сутки»
# When it was counted, which takes nothing from what is: «Подписчиков на конец дня», «Просмотров на 31.10.2026».
_AS_OF = re.compile(
    r"\s+на\s+(?:конец|кінець|дату|сегодня|сьогодні|текущ\w+|момент|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)(?![^\W]).*$",
    re.IGNORECASE,
)
_CLOCK_WORD = re.compile(r"(?:врем[яе]|time|zeit|temps|tiempo|tempo|czas|sure|suresi)$")
_HOUR_S, _DAY_S, _MOST_AGE_S = 3600, 86_400, 90 * 86_400


class TitleWords(NamedTuple):
    """`meaning` of the dictionary, or why the column is left aside (`share`, `price`, `mean`, `time`, `plan`, `other`)."""

    meaning: str | None
    aside: str | None = None


def words_of(title: str) -> list[str]:
    """Returns the words of a title, accents off: `publishDate`, `Дата_Час`, `Лайки/реакции`."""
    apart = _NO_WORD.sub(" ", _CAMEL.sub(" ", title.replace("\u00ad", "")))
    return plain_letters(apart).split()


def age_of(title: str) -> int | None:
    """Returns the seconds after publication that a title names («Просмотры через 24ч»); None for most."""
    found = _AGE.search(title.replace("_", " "))
    if not found:
        return _DAY_S if _FIRST_DAY.search(title) else None
    age = int(found[1]) * (_HOUR_S if found[2] else _DAY_S)
    return age if 0 < age <= _MOST_AGE_S else None


def _without_age(title: str) -> str:
    """Returns the title without its age: «Просмотров через 48 часов» counts views, no duration."""
    return _FIRST_DAY.sub(" ", _AGE.sub(" ", title.replace("_", " "))) if age_of(title) else title


@lru_cache(maxsize=4096)
def read_title(title: str) -> TitleWords:
    words = words_of(_AS_OF.sub("", _without_age(title)))
    if not words and (known := next((name for mark, name in _SIGNS.items() if mark in title), None)):
        return TitleWords(known)
    if not words or len(words) > _MOST_WORDS or len(title) > _LONGEST_TITLE:
        return TitleWords(None)
    found = {name for name, pattern in _COMPILED.items() if any(map(pattern.match, words))}
    if _EASTERN.search(title):
        plain = plain_letters(title)
        found |= {name for name, known in _EASTERN_WORDS.items() if any(word in plain for word in known)}
    counted = [name for name in _COUNTERS if name in found]
    if counted == ["views"] and (words[0] == "час" or any(map(_CLOCK_WORD.match, words))):
        return TitleWords(None, "time")  # «Время просмотра»
    telling = [word for word in words if not (word == "media" and "_" in title)]  # a mean in Italian only
    aside = next((why for why, known in _ASIDE_WORDS.items() if any(map(known.match, telling))), None)
    if counted or "audience" in found:
        return _counter(counted, found, aside)
    told = None if "by" in words else _attribute(found, words)  # `Posted by`: who did it
    return TitleWords(told, aside if aside in ("share", "price", "mean", "plan") else None)


def aside_of(title: str) -> str | None:
    """Returns what a title stands for beside counters and facts: a share, money, a mean, a plan; or None."""
    words = words_of(title)
    return next(
        (why for why, known in _ASIDE_WORDS.items() if why != "other" and any(map(known.match, words))), None
    )


def _counter(counted: list[str], found: set[str], aside: str | None) -> TitleWords:
    if aside or "number" in found:
        return TitleWords(None, aside or "other")
    if "audience" in found:
        is_audience = "new" not in found and not counted
        return TitleWords("subscribers") if is_audience else TitleWords(None, "other")
    if "owner" in found and "clicks" not in counted:
        return TitleWords(None, "other")
    return TitleWords(_joined(counted))


def _joined(counted: list[str]) -> str:
    """Returns what a title of several counters counts: «Охват/Просмотры», «Лайки и комментарии»."""
    if "clicks" in counted:
        return "clicks"
    engaged = [name for name in counted if name not in ("views", "reach")]
    return "interactions_sum" if len(engaged) > 1 else (engaged or counted)[0]


def _attribute(found: set[str], words: list[str]) -> str | None:
    if "number" in found and "new" not in found:
        return "channel_id" if "owner" in found else "id" if "post" in found else None
    if "user" in found:
        return "channel_handle"
    if "network" in found:
        return "network"
    if "owner" in found and "link" not in found and (len(words) == 1 or "name" in found):
        return "channel_name"
    if "kind" in found and ("post" in found or len(words) == 1):
        return "kind"
    return next((name for name in _ATTRIBUTES if name in found and "owner" not in found), None)
