"""A channel before money is spent in it: looked at, watched, reported on."""
