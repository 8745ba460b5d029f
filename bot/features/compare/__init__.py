"""Several channels side by side, and each beside its own past."""
