"""Every threshold of the search for causes, in one place. Effects are differences of logs; shares are percent of the fall.

They were set on made-up channels (`benchmarks/causes.py`): what is injected is named first, and next to nothing is named
where a level falls for a reason that the data does not hold.
"""

from collections.abc import Mapping
from types import MappingProxyType

LEAST_POSTS, LEAST_POSTS_BEFORE = 3, 8
FALL_LOG = -0.105  # ten percent: less is the usual
KNOWN_FALL_LOG = -0.03  # where an answer has already said that the level is below its own
FALL_Z = 2.0

NAMED_SHARE = 15.0  # of the fall: a smaller part explains nothing
NAMED_LOG = -0.03
TRAIT_Z = 2.6  # eight traits are looked at

# How far the levels of a trait may lie apart: sd of the log, before any post is seen.
TRAIT_SD: Mapping[str, float] = MappingProxyType(
    {
        "format": 0.35,
        "length": 0.25,
        "hour": 0.15,
        "weekday": 0.07,
        "gap_to_next": 0.25,
        "ad_nearby": 0.25,
        "holiday": 0.3,
        "missed": 0.3,
        "boost": 1.0,
        "earlier": 1.0,
    }
)
KNOWN_SHARE = 0.8  # of the posts carry a trait, else it is not looked at
LEVEL_POSTS = 3  # a level of a trait with fewer has no effect of its own
CLIP_MADS, CLIP_AT_LEAST = 5.0, 1.0
MAD_TO_SD, LEAST_SPREAD = 1.4826, 0.05

# A level that was all but absent and has all but taken over: what it does can't be told from what else changed then.
SWITCHED_TO, SWITCHED_FROM = 0.8, 0.1
SPAN_SHARE = 0.5  # of the posts lie in a holiday, or in a time without updates

# One post that lifted the average of a side.
GIVEAWAY_SDS, GIVEAWAY_TIMES, GIVEAWAY_PART = 3.5, 2.5, 0.08
GIVEAWAYS = 2

# Days in a row that lie above the history around them: a repost, a mention, an ad elsewhere.
BOOST_LOG, BOOST_Z = 0.262, 4.5  # 30 percent
BOOST_DAYS, BOOST_POSTS = (2, 28), 3
BOOST_MOST = 0.5  # of the history's posts: more is the usual itself
SIDE_DAYS, SIDE_POSTS, SIDE_Z = 4, 8, 2.5  # of the days on either side of a run, or of an earlier fall

OFF_POSTS_SHARE = 0.5  # of the earlier posts had some of it
OFF_EXPECTED = 5.0  # as many were to come, and none did

OTHERS_LEAST, OTHERS_FELL_SHARE, OTHERS_FELL_LOG = 3, 2 / 3, -0.1
PURGE_SHARE, PURGE_DAYS = 0.05, 3
FEWER_RATIO, FEWER_Z = 0.7, 2.5
DELETED_LEAST = 1

# Hours from a post to the next: under one the next covers it at once.
GAP_EDGES_H = (0.0, 1.0, 3.0, 8.0)
AD_NEAR_H = (-6.0, 12.0)
HOUR_STARTS = (0, 7, 12, 16, 19)  # docs/evidence.md#2.2
