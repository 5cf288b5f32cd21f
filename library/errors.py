"""The one error of this package that is meant for people."""

from __future__ import annotations


class LibraryError(Exception):
    """Something that cannot be done, with a sentence for people in `message`."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
