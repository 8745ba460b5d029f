"""`/growth`: how many subscribers came and went, from where, and who stayed."""
