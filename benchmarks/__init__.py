"""What it costs, beside the least it could cost, measured in the same run."""
