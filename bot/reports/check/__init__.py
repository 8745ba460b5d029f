"""The answer to a check of a channel before money is spent on it."""
