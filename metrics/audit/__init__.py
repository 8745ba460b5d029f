"""Evidence of a fake audience: indicators with their usual ranges, families, points, a verdict, and what an ad costs.

A clean result means that no known pattern was found, never that an audience is real: views bought within the first
hours of a post look natural (docs/evidence.md, section 4.3).
"""

from metrics.audit.channel import Audit, check_channel

__all__ = ["Audit", "check_channel"]
