"""`otklik money`: one formula, its numbers, its answer."""

import sys
from collections.abc import Mapping

from bot.answers.wording import plain
from bot.core.locales import Translator, translator
from bot.core.parsing.amounts import read_typed
from bot.features.money.typed import TypedAmounts, told
from bot.features.money.words import culprit_name, in_names, lines, reason_words
from bot.terminal.talk import refuse, show_json, speaker
from metrics.errors import DomainError
from metrics.money import MONEY, Money, MoneyFormula, compute
from metrics.money.formula import Input

ANSWERED = "zero_denominator"  # the numbers may well be so; every other reason is a slip of the hand


def money(code: str, texts: Mapping[str, str | None], *, language: str | None, as_json: bool) -> int:
    """Prints one formula's answer and returns the exit code. `texts`: what was typed for each input."""
    t = translator("en")
    try:
        t = speaker(language)
        said = _told(MONEY[code], texts)
        answer = _answer(code, said, t)
    except DomainError as error:
        return refuse(error, t, as_json=as_json)
    if as_json:
        show_json(_json(answer, said.currency, t))
    else:
        sys.stdout.write("\n".join(plain(line) for line in lines(answer, t, said.currency)) + "\n")
    return 0


def _answer(code: str, said: TypedAmounts, t: Translator) -> Money:
    answer = compute(code, said.amounts, said.sure)
    if answer.reason not in (None, ANSWERED):
        raise DomainError(f"money.{answer.reason}", input=culprit_name(answer, t))
    return answer


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _told(formula: MoneyFormula, texts: Mapping[str, str | None]) -> TypedAmounts:
    missing = [_option(one.code) for one in formula.required if texts.get(one.code) is None]
    if missing:
        raise DomainError("money.missing", formula=formula.code, options=", ".join(missing))
    said = TypedAmounts()
    for one in formula.inputs:
        text = texts.get(one.code)
        if text is not None:
            said = said.with_more(_read(one, text))
    return said


def _read(one: Input, text: str) -> TypedAmounts:
    amount = read_typed(text)
    if amount is None:
        raise DomainError("money.not_a_number", option=_option(one.code), text=text[:40])
    return told(one, amount)


def _json(answer: Money, currency: str | None, t: Translator) -> dict[str, object]:
    formula, reason = MONEY[answer.code], reason_words(answer, t)
    return {
        "code": answer.code,
        "title": t.plain(f"money.{answer.code}"),
        "value": answer.value,
        "unit": answer.unit,
        "currency": currency,
        "inputs": dict(answer.inputs),
        "formula": formula.symbols,
        "in_words": plain(in_names(formula, t)),
        "explanation": t.plain(f"money.words.{answer.code}"),
        "reason": answer.reason,
        "message": None if reason is None else plain(reason),
    }
