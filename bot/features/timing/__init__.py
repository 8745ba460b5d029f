"""`/when`: when the audience reads, and whether the hour of posting goes with the result."""
