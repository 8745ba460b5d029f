"""What a customer costs and brings, and how many of them stay."""

from metrics.money.costs import COST
from metrics.money.formula import Example, Input, MoneyFormula

_GUIDE = "gtm.atifalam.com, ROI / ROAS"
_LEFT, _STARTED = Input("left", "count"), Input("started", "count")

CUSTOMERS = (
    MoneyFormula(
        "cac",
        "cost / customers",
        (COST, Input("customers", "count")),
        "money",
        _GUIDE,
        Example({"cost": 60_000, "customers": 75}, 800),
        lambda cost, customers: cost / customers,
        divisors=("customers",),
    ),
    MoneyFormula(
        "ltv",
        "monthly_value * months",
        (Input("monthly_value", "money"), Input("months", "months")),
        "money",
        _GUIDE,
        Example({"monthly_value": 300, "months": 8}, 2_400),
        lambda monthly_value, months: monthly_value * months,
    ),
    MoneyFormula(
        "ltv_margin",
        "arpu * margin / churn",
        (Input("arpu", "money"), Input("margin", "percent", maybe_share=True), Input("churn", "percent")),
        "money",
        "caverse.in, LTV/CAC",
        Example({"arpu": 300, "margin": 60, "churn": 12.5}, 1_440),
        lambda arpu, margin, churn: arpu * margin / churn,
        divisors=("churn",),
    ),
    MoneyFormula(
        "ltv_cac",
        "ltv / cac",
        (Input("ltv", "money"), Input("cac", "money")),
        "times",
        "growthcalc.co, pixsools.com",
        Example({"ltv": 2_400, "cac": 800}, 3),
        lambda ltv, cac: ltv / cac,
        divisors=("cac",),
    ),
    MoneyFormula(
        "churn",
        "left / started",
        (_LEFT, _STARTED),
        "percent",
        None,
        Example({"left": 250, "started": 10_000}, 2.5),
        lambda left, started: left / started,
        divisors=("started",),
        part_of=("left", "started"),
    ),
    MoneyFormula(
        "retention",
        "1 - left / started",
        (_LEFT, _STARTED),
        "percent",
        None,
        Example({"left": 250, "started": 10_000}, 97.5),
        lambda left, started: 1 - left / started,
        divisors=("started",),
        part_of=("left", "started"),
    ),
)
