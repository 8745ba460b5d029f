"""What every bot talks about: the start, help, the language, privacy, taking a question back, and what nobody understood."""
