"""Alerts: a drop is told once, with what it rests on and what it is not."""
