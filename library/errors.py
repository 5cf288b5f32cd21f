"""The errors of this package that are meant for people."""

from __future__ import annotations

from form.report import Cell


class LibraryError(Exception):
    """Something that cannot be done, with a sentence for people in `message`."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Conflict(LibraryError):  # noqa: N818  it is no fault of anybody's
    """Somebody else has changed a cell meanwhile.

    `current` is what the cell says now, `seen` what was seen, `new` what was to be written, None
    where that was no number at all; `who` has changed it, None where nobody said.
    """

    def __init__(
        self,
        message: str,
        address: str,
        current: Cell,
        seen: Cell,
        new: Cell | None = None,
        who: str | None = None,
    ) -> None:
        super().__init__(message)
        self.address = address
        self.current = current
        self.seen = seen
        self.new = new
        self.who = who
