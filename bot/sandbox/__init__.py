"""A Bot API server on loopback with a chat page: the demo, and the tests' Telegram."""
