"""Titles and texts of the example posts. A text can be made again from a post: nobody stores it."""

from random import Random

from bot.demo.noise import seeded
from bot.demo.plans import Plan
from metrics.posts import TITLE_CHARS, Post

AD_TAG = "реклама"
AD_OFFERS = (
    "Скидка недели: {0}",
    "Проверили сами: {0}",
    "Подарок подписчикам: {0}",
)
SENTENCES = (
    "Сохраните, чтобы не потерять.",
    "Подробности и фото ниже.",
    "Расскажите в комментариях, как получилось у вас.",
    "На всё уходит не больше получаса.",
    "Мы проверили это в прошлые выходные и остались довольны.",
    "Если есть вопросы, задавайте: отвечаем каждый вечер.",
    "Спасибо всем, кто прислал свои варианты.",
    "В следующий раз покажем, что ещё можно сделать.",
    "Перешлите тому, кому это пригодится.",
    "Больше таких постов ищите по хештегу.",
)
SHORTEST, LONGEST = 2, 9  # sentences


def title_of(plan: Plan, chance: Random, *, ad: bool) -> str:
    if ad:
        return chance.choice(AD_OFFERS).format(chance.choice(plan.sponsors))
    text = chance.choice(plan.beginnings).format(chance.choice(plan.subjects))
    return (text[0].upper() + text[1:])[:TITLE_CHARS]


def text_of(title: str, hashtags: str, number: int) -> str:
    """Returns what was written under `title`; `number` is the post's id."""
    chance = seeded(str(number))
    body = " ".join(chance.choices(SENTENCES, k=chance.randint(SHORTEST, LONGEST)))
    tags = " ".join(f"#{tag}" for tag in hashtags.split())
    return "\n\n".join(part for part in (title, body, tags) if part)


def text_of_post(post: Post) -> str:
    return text_of(post.title or "", post.hashtags or "", int(post.external_id))
