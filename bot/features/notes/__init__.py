"""Notes on days: marks on charts, and beside the causes of a fall."""
