"""Numbers. Pure functions over a table of posts; values and codes come out, never sentences."""
