"""Keeping: reports, their evidence and their original files, in SQLite or PostgreSQL.

`store.Library` is the way in; `importing` fills it, `jobs` does so in the background, `frames`
gives what it holds as tidy tables. SQL stands in this package only.
"""
