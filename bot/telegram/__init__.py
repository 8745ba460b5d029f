"""The messenger: updates kept and handled in order, who asks and with which rights, and how they are answered."""
