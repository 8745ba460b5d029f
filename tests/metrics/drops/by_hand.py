"""docs/evidence.md#A.6 reckoned slowly, word by word, with nothing of the package: what the rule is held against."""

import math
from statistics import mean, median, variance

VIEWS = {"sp0": 0.12, "sd0": 0.09, "rho": 0.4, "q": 0.05}
ER = {"sp0": 0.62, "sd0": 0.12, "rho": 0.1, "q": 0.08}


def window_days(days, last):
    """The last 3 days, extended day by day to 7 while they hold fewer than 6 posts."""
    length = 3
    while length < 7 and sum(last - length < day <= last for day in days) < 6:
        length += 1
    return last - length + 1, last


def compare(posts, last, sp0, sd0, rho, q):
    """`posts`: (day, x) each, days numbered so that day 0 is a Monday. D, SE, z, drop and its interval."""
    first, last = window_days([day for day, _ in posts], last)
    H = [(day, x) for day, x in posts if first - 56 <= day < first]
    W = [(day, x) for day, x in posts if first <= day <= last]
    centre = median(x for _, x in H)
    mad3 = 3 * max(1.4826 * median(abs(x - centre) for _, x in H), 0.03)
    H, W = (
        [(day, min(max(x, centre - max(mad3, 1.0)), centre + mad3)) for day, x in side] for side in (H, W)
    )
    nH, nW = len(H), len(W)
    kH, kW = len({day for day, _ in H}), len({day for day, _ in W})
    mean_H = mean(x for _, x in H)

    raw = {day: [x for other, x in H if other == day] for day, _ in H}
    SS = sum((x - mean(raw[day])) ** 2 for day, x in H)
    sp2 = (SS + 8 * sp0**2) / (nH - kH + 8)

    of_weekday = {w: [(day, x) for day, x in H if day % 7 == w] for w in range(7)}
    n = {w: len(pairs) for w, pairs in of_weekday.items()}
    k = {w: len({day for day, _ in pairs}) for w, pairs in of_weekday.items()}
    means = {w: mean(x for _, x in pairs) for w, pairs in of_weekday.items() if pairs}
    q2 = q**2
    if len(means) == 7:
        free = max(1, kH - 7)
        within = sum((mean(values) - means[day % 7]) ** 2 for day, values in raw.items())
        moment = within / free - sp2 * mean(1 / len(values) for values in raw.values())
        of_days = (free * max(0, moment) + 10 * sd0**2) / (free + 10)
        q2 = max(q2, variance(means.values()) - mean(sp2 / n[w] + of_days / k[w] for w in range(7)))
    e = {w: (means[w] - mean_H) * q2 / (q2 + sp0**2 / n[w] + sd0**2 / k[w]) for w in means}

    m = {day: mean(values) - e.get(day % 7, 0) for day, values in raw.items()}
    base = sum(len(raw[day]) * m[day] for day in raw) / nH
    D = mean(x - e.get(day % 7, 0) for day, x in W) - base

    mean_m = mean(m.values())
    var1 = sum((level - mean_m) ** 2 for level in m.values()) / (kH - 1)
    sd2 = ((kH - 1) * max(0, var1 - sp2 * mean(1 / len(raw[day]) for day in raw)) + 10 * sd0**2) / (kH + 9)
    SE2 = (
        sp2 / nW
        + sd2 * (kW + 2 * sum((kW - j) * rho**j for j in range(1, kW))) / kW**2
        + sp2 / nH
        + sd2 * (1 + rho) / (1 - rho) / kH
    )
    SE = math.sqrt(SE2)
    drop, low, high = (100 * (1 - math.exp(D + shift)) for shift in (0, 1.96 * SE, -1.96 * SE))
    return {"D": D, "SE": SE, "z": -D / SE, "drop": drop, "low": low, "high": high, "nH": nH, "nW": nW}
