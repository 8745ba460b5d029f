"""«How was it computed?»: an answer's own figures through their formulas, the sums and what they were divided by."""
