"""A drop against a channel's own history: judged, moved on, explained."""
