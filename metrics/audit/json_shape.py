"""An audit as the data that `otklik check --json` prints for one channel."""

from dataclasses import asdict
from typing import Any

from metrics.audit.channel import Audit
from metrics.json_shape import channel_json as summary_json


def channel_json(checked: Audit, name: str | None) -> dict[str, Any]:
    """Returns an audit as JSON-ready data; nothing in it is NaN."""
    return {
        "name": name,
        "verdict": checked.verdict,
        "points": checked.points,
        "confidence": checked.confidence,
        "findings": [asdict(finding) for finding in checked.findings],
        "usual": [asdict(finding) for finding in checked.usual],
        "not_checked": [asdict(missing) for missing in checked.not_checked],
        "expected_views_24h": asdict(checked.expected_views_24h),
        "cpm": asdict(checked.cpm),
        "facts": asdict(checked.facts),
        "rate": summary_json(checked.summary, name),
        "compliance": list(checked.compliance),
    }
