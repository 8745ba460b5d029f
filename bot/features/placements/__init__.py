"""Bought posts: told in a line, given a link of their own, looked at by themselves at each age."""
