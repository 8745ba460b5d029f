"""`/digest` and `/alerts`: what comes unasked, and when; the time zone of a chat."""
