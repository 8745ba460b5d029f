"""Alerts: a drop against a channel's own history, told once, with what it rests on."""
