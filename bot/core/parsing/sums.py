"""A sum and what it bought, each with its unit: «cpm 5000 рублей за 12000 просмотров»; the units tell which is which."""

import re

from bot.core.parsing.amounts import CURRENCY
from bot.core.parsing.vocabulary import group
from metrics.money import MoneyFormula

# What is counted, by the input of a formula of costs.
_UNITS = {
    "views": group(r"просмотр\w* показ\w* охват\w* views? impressions? reach"),
    "followers": group(r"подпис\w+ сабов followers? subscribers? subs"),
    "clicks": group(r"клик\w* переход\w* clicks?"),
    "leads": group(r"заявк\w* заявок лид\w* leads?"),
    "interactions": group(r"реакци\w+ лайк\w* взаимодействи\w+ reactions? likes? interactions?"),
    "actions": group(r"действи\w+ покуп\w+ заказ\w* регистраци\w+ actions? purchases? orders? signups?"),
}
_NUMBER = r"\d[\d\s.,]*(?:тыс\w*\.?|млн|[kкmм]\b)?"
_JOINED = r"\s*(?:,|и|за|на|and|for|при)?\s+(?:за |на |for )?"


def _sums(sign_first: str) -> re.Pattern[str]:
    cost = rf"(?P<cost>{sign_first}{_NUMBER})"
    paid = cost if sign_first else rf"{cost}\s*(?P<currency>{CURRENCY})\.?"
    counted = rf"(?P<count>{_NUMBER})\s*(?P<unit>[^\W\d]+)"
    other = {"cost": "cost2", "currency": "currency2", "count": "count2", "unit": "unit2"}
    swapped = re.sub(r"\?P<(\w+)>", lambda name: f"?P<{other[name[1]]}>", f"{counted}{_JOINED}{paid}")
    return re.compile(rf"(?:за |на |for )?(?:{paid}{_JOINED}{counted}|{swapped})", re.IGNORECASE)


_WRITTEN = (_sums(""), _sums("[$€£₽]"))


def in_order_of(formula: MoneyFormula, text: str) -> str | None:
    """Returns the sum and the count as the formula takes them, «5000 рублей 12000»; None where a unit is another's, or missing."""
    if len(formula.inputs) != len(("cost", "count")) or formula.inputs[0].code != "cost":
        return None
    found = next((match for pattern in _WRITTEN if (match := pattern.fullmatch(text.strip()))), None)
    if found is None:
        return None
    said = {name.removesuffix("2"): value.strip() for name, value in found.groupdict().items() if value}
    counted = _UNITS.get(formula.inputs[1].code)
    if counted is None or not counted.fullmatch(said["unit"].casefold()):
        return None
    return " ".join(filter(None, (said["cost"], said.get("currency"), said["count"])))
