"""The one door through which messages leave that nobody asked for: from the outbox to Telegram, at least once."""
