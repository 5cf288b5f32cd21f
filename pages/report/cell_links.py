"""Where the cells of an official table lead."""

from __future__ import annotations

from form.language import _
from outputs.official_table import TableCell
from outputs.table_html import Link, Links
from pages.parts.report_choice import Choice, choice_href
from pages.report.finding_cards import FINDING, card_id


def finding_links(choice: Choice) -> Links:
    """Let each marked cell lead to the first finding that marks it."""

    def link(cell: TableCell) -> Link | None:
        if not cell.findings:
            return None
        number = cell.findings[0]
        address = choice_href(choice, card_id(number), **{FINDING: number})
        return Link(address, _("看第 {n} 条问题").format(n=number))

    return link
