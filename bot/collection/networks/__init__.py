"""Channels of other networks, read with a key of each: VK, YouTube. docs/collection.md says how a source is added."""
