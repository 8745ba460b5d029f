"""What comes without being asked for: when, set how, put into which words."""
