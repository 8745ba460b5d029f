"""One file a conversation: resolve who asks, call one report, answer."""
