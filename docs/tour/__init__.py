"""The tour for people: a scripted walk over the sandbox in each language, written down with its pictures."""
