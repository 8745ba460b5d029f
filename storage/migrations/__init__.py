"""Alembic's revisions. Run by `python -m storage.migrations` (the database's URL on stdin), see `storage.upgrade`."""
