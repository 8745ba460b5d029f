"""`/er`: how an audience responds, over a period."""
