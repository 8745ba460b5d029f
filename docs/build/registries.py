"""The registries as parts of a page: every rate, every money formula, with what each is made of and an example."""

from bot.answers.wording import sum_of
from bot.core.locales import Translator
from bot.features.money.words import in_names, in_numbers, value_words
from docs.build import markdown
from metrics import money
from metrics.estimates import REASONS
from metrics.formulas import FORMULAS, Formula
from metrics.money.formula import MoneyFormula
from metrics.posts import INTERACTIONS

_OWN_NAMES = ("interactions", "weighted", "views_24h", "views_48h")


def rates(t: Translator) -> str:
    return "\n\n".join(_rate(formula, t) for formula in FORMULAS.values())


def money_formulas(t: Translator) -> str:
    return "\n\n".join(_money(formula, t) for formula in money.MONEY.values())


def interactions(t: Translator) -> str:
    """Returns what counts as an interaction, by platform."""
    names = {
        "vk": "VK",
        "x": "X",
        "youtube": "YouTube",
        "tiktok": "TikTok",
        "linkedin": "LinkedIn",
        "max": "MAX",
    }
    return "\n".join(
        f"- {t.plain('page.platform.other') if platform == 'other' else names.get(platform, platform.title())}: "
        f"{sum_of(parts, t)}"
        for platform, parts in INTERACTIONS.items()
    )


def reasons(t: Translator) -> str:
    return "\n".join(f"- `{code}` {t.plain(f'reason.{code}')}" for code in REASONS)


def quantity(name: str, t: Translator) -> str:
    return t.plain(f"formula.quantity.{name}" if name in _OWN_NAMES else f"field.{name}")


def _rate(formula: Formula, t: Translator) -> str:
    least = formula.minimum_posts
    facts = t.plain(
        "page.facts",
        symbols=formula.symbols,
        denominator=quantity(formula.denominator, t),
        minimum=t.plain("page.minimum.posts", n=least) if least else t.plain("page.minimum.none"),
        interval=t.plain("page.interval.none" if formula.average == "median" else "page.interval.yes"),
    )
    inputs = "; ".join(
        f"{quantity(name, t)} {', '.join(t.number(value) for value in values)}"
        for name, values in formula.example.inputs.items()
    )
    example = t.plain("page.example", inputs=inputs, value=markdown.exact(formula.example.value, t))
    lines = [
        f"### {t.plain(f'formula.{formula.code}')}",
        f"`{formula.code}` · {t.plain(f'formula.words.{formula.code}')}",
        "\n".join(f"- {line}" for line in (facts, example, t.plain("page.source", source=formula.source))),
    ]
    return "\n\n".join(lines)


def _money(formula: MoneyFormula, t: Translator) -> str:
    answer = money.compute(formula.code, formula.example.inputs)
    value = value_words(answer.value, answer.unit, t)
    source = formula.source or t.plain("page.source.common")
    lines = [
        f"**{in_names(formula, t)}** = {in_numbers(formula, answer, t)} = **{value}**",
        t.plain("page.source", source=source),
    ]
    return "\n\n".join(
        [
            f"### {t.plain(f'money.{formula.code}')}",
            f"`{formula.code}` · {t.plain(f'money.words.{formula.code}')}",
            "\n".join(f"- {line}" for line in lines),
        ]
    )
