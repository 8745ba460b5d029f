"""Exact counters of one's own channels, asked for by the numbers of their posts."""
