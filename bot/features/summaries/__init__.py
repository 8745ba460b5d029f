"""Summaries: what the day, the week or the month was like in every channel of a workspace, in one message."""
