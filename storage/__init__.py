"""What is kept, and how it comes in."""
