"""`/benchmark`: a channel beside others of its size, and beside what was published, each in a part of its own."""
