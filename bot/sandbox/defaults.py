"""What a sandbox has when nothing else is said."""

# Shaped like Telegram's, so that what redacts tokens has something to redact.
DEFAULT_TOKEN = "700000001:AAsandbox-token-that-opens-nothing-00"  # noqa: S105 it opens nothing
DEFAULT_PORT = 8081
