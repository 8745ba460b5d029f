"""Buttons: what stands on them and what they carry."""
