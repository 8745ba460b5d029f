"""Bytes -> cells: encodings, archives, workbooks, delimited text."""
