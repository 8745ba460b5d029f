"""Drops: a channel's latest posts against its own history, the decision, and the episode it opens or closes."""
