"""TGStat by a workspace's own key: exact views of its public channels, and who forwards and mentions them."""
