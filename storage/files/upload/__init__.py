"""One upload: what is read, under which limits, and what is told of it."""
