"""MTProto on loopback: what Telegram's own server answers a bot that asks for messages by their numbers."""
