"""How a channel comes to a chat, who reads it there, how many subscribers it has, and how it leaves."""
