"""Updates: kept before they are acknowledged, handled in order within a chat, each to its end."""
