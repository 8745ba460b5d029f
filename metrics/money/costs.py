"""What one unit of a result costs, and how many of those who saw it went on."""

from metrics.money.formula import Example, Input, MoneyFormula

COST = Input("cost", "money")
PER_THOUSAND = 1000

_GUIDE = "MediaPost, Guide to Online Terms"
_GLOSSARY = "addeck.io/glossary"


def _cost_of(code: str, counted: str, source: str | None, cost: float, count: float) -> MoneyFormula:
    """Builds the formula of a cost over a count; `cost` and `count` are those of the worked example."""
    return MoneyFormula(
        code,
        f"cost / {counted}",
        (COST, Input(counted, "count")),
        "money",
        source,
        Example({"cost": cost, counted: count}, cost / count),
        lambda **given: given["cost"] / given[counted],
        divisors=(counted,),
    )


COSTS = (
    MoneyFormula(
        "cpm",
        "1000 * cost / views",
        (COST, Input("views", "count")),
        "money",
        _GUIDE,
        Example({"cost": 3_000, "views": 6_000}, 500),
        lambda cost, views: PER_THOUSAND * cost / views,
        divisors=("views",),
    ),
    _cost_of("cpv", "views", _GLOSSARY, 3_000, 6_000),
    _cost_of("cpf", "followers", None, 6_000, 120),
    _cost_of("cpc", "clicks", _GUIDE, 1_000, 500),
    _cost_of("cpl", "leads", _GUIDE, 5_000, 40),
    _cost_of("cpe", "interactions", "IAB media math", 3_000, 150),
    _cost_of("cpa", "actions", _GUIDE, 1_000, 100),
    MoneyFormula(
        "ctr",
        "clicks / views",
        (Input("clicks", "count"), Input("views", "count")),
        "percent",
        _GUIDE,
        Example({"clicks": 500, "views": 10_000}, 5),
        lambda clicks, views: clicks / views,
        divisors=("views",),
        part_of=("clicks", "views"),
    ),
    MoneyFormula(
        "conversion",
        "actions / clicks",
        (Input("actions", "count"), Input("clicks", "count")),
        "percent",
        "buzzintely.com/digital-advertising-calculator",
        Example({"actions": 25, "clicks": 500}, 5),
        lambda actions, clicks: actions / clicks,
        divisors=("clicks",),
        part_of=("actions", "clicks"),
    ),
)
