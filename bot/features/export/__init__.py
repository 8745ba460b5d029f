"""What is kept of a channel, as files of its owner's own."""
