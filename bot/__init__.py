"""The program people talk to."""
