"""Cells -> meaning: headers, columns, numbers, dates, posts."""
