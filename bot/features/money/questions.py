"""What is asked on the way to a money answer, in words: one number at a time, each with its name."""

from collections.abc import Sequence

from bot.core.locales import Html, Translator
from bot.features.money.reckoning import ORDER, Reckoning
from bot.features.money.suggesting import DAYS, Suggestion
from bot.features.money.words import in_names, input_words
from metrics.money.formula import Input


def question_words(
    reckoning: Reckoning, one: Input, offered: Sequence[Suggestion], t: Translator, *, in_group: bool
) -> Html:
    """Returns the question of the input `one`.

    The formula stands above the first question, what is known above the others.
    """
    formula, amounts = reckoning.formula, reckoning.told.amounts
    if amounts:
        head = t("money.chat.known", known=", ".join(told_words(reckoning, code, t) for code in amounts))
    else:
        head = t("money.chat.head", title=t(f"money.{formula.code}"), formula=in_names(formula, t))
    lines = [head, "", t("money.chat.question", question=t(f"money.ask.{one.code}"))]
    lines += [_suggestion(row, t) for row in offered]
    if one.usual is not None:
        lines.append(t("money.chat.may_skip"))
    if in_group:
        lines.append(t("money.chat.how_to_cancel"))
    return Html("\n".join(lines))


def _suggestion(of: Suggestion, t: Translator) -> Html:
    """Returns where the number comes from."""
    return t(
        "money.chat.suggestion",
        channel=of.channel.title,
        days=t.plural("er.days", DAYS),
        left=t.number(of.left),
        started=t.number(of.started),
        percent=t.percent(of.churn_percent),
    )


def doubt_words(reckoning: Reckoning, t: Translator) -> Html:
    first, second = reckoning.pair
    if reckoning.doubt == ORDER:
        named = (
            f"{t.plain(f'money.input.{code}')} {reckoning.told.amounts[code]:g}" for code in (first, second)
        )
        return t("money.doubt.order", example=f"/money {reckoning.formula.code} {' '.join(named)}")
    if reckoning.doubt == "more_than_whole":
        told = {"part": told_words(reckoning, first, t), "whole": told_words(reckoning, second, t)}
        return t("money.doubt.more_than_whole", **told)
    share, percent = meanings(reckoning, t)
    return t("money.doubt.maybe_share", share=share, percent=percent)


def both_words(reckoning: Reckoning, t: Translator) -> str:
    return ", ".join(told_words(reckoning, code, t) for code in reckoning.pair)


def told_words(reckoning: Reckoning, code: str, t: Translator) -> str:
    """Returns what was told: «затраты 1 000 ₽»."""
    unit = next(one.unit for one in reckoning.formula.inputs if one.code == code)
    amount = input_words(reckoning.told.amounts[code], unit, t, reckoning.told.currency)
    return f"{t.plain(f'money.input.{code}')} {amount}"


def meanings(reckoning: Reckoning, t: Translator) -> tuple[str, str]:
    """Returns both meanings of a 0.6: «60 %» and «0,6 %»."""
    code = next(one.code for one in reckoning.formula.inputs if one.maybe_share)
    amount = reckoning.told.amounts[code]
    return input_words(100 * amount, "percent", t), input_words(amount, "percent", t)
