"""A money formula and its answer in words."""
