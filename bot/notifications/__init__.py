"""What is sent without being asked for: when it is due, and the one door through which it leaves, at least once."""
