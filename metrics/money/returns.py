"""What came back for what was spent, and what may be spent at most."""

from metrics.money.costs import COST
from metrics.money.formula import Example, Input, MoneyFormula

_REVENUE = Input("revenue", "money")
_GUIDE = "gtm.atifalam.com, ROI / ROAS"

RETURNS = (
    MoneyFormula(
        "roi",
        "(revenue - cost) / cost",
        (COST, _REVENUE),
        "percent",
        _GUIDE,
        Example({"cost": 1_000, "revenue": 1_500}, 50),
        lambda cost, revenue: (revenue - cost) / cost,
        divisors=("cost",),
    ),
    MoneyFormula(
        "romi",
        "(revenue * margin - cost) / cost",
        (COST, _REVENUE, Input("margin", "percent", usual=100, maybe_share=True)),
        "percent",
        "cpa-planner.com, advanced marketing indicators",
        Example({"cost": 15_000, "revenue": 45_000, "margin": 60}, 80),
        lambda cost, revenue, margin: (revenue * margin - cost) / cost,
        divisors=("cost",),
    ),
    MoneyFormula(
        "roas",
        "revenue / cost",
        (COST, _REVENUE),
        "times",
        _GUIDE,
        Example({"cost": 15_000, "revenue": 45_000}, 3),
        lambda cost, revenue: revenue / cost,
        divisors=("cost",),
    ),
    MoneyFormula(
        "mer",
        "total_revenue / total_cost",
        (Input("total_cost", "money"), Input("total_revenue", "money")),
        "times",
        _GUIDE,
        Example({"total_cost": 200_000, "total_revenue": 900_000}, 4.5),
        lambda total_cost, total_revenue: total_revenue / total_cost,
        divisors=("total_cost",),
    ),
    MoneyFormula(
        "break_even_cpv",
        "click_rate * conversion * profit",
        (Input("click_rate", "percent"), Input("conversion", "percent"), Input("profit", "money")),
        "money",
        None,
        Example({"click_rate": 1.5, "conversion": 4, "profit": 2_000}, 1.2),
        lambda click_rate, conversion, profit: click_rate * conversion * profit,
    ),
)
