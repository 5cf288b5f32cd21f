"""更正说明: what a new version of a report says otherwise than the old one, old and new side by side."""

from __future__ import annotations

from checks.resubmission import Resubmission, fate_names
from form.figures import grouped
from outputs.compared_table import print_of
from outputs.letters.draft import Draft, Head, head_values


def corrections_draft(head: Head, found: Resubmission, old: str, new: str) -> Draft:
    """Return a 更正说明 of two versions of a report, called `old` and `new` (第 1 版 …)."""
    names = fate_names()
    items = tuple(
        {
            "序号": grouped(at),
            "位置": item.difference.place,
            "原数": print_of(item.address, item.difference.old),
            "新数": print_of(item.address, item.difference.new),
            "性质": names[item.fate],
        }
        for at, item in enumerate(found.cells, 1)
    )
    values = {
        **head_values(head),
        "旧版": old,
        "新版": new,
        "结论": found.sentence,
        "改动数": grouped(len(items)),
    }
    return Draft("corrections", values, items)
