"""The messenger: who asks, where, with which rights, and how they are answered."""
