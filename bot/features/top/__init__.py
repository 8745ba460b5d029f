"""The best and the weakest posts of a period."""
