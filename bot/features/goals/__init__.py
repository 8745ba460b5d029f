"""Goals of channels: set in plain words, plan against fact."""
