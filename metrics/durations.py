"""Seconds in an hour and in a day."""

HOUR_S = 3600
DAY_S = 24 * HOUR_S
