"""资料库: every report and version, those that wait for a name, those thrown away; the agencies."""

from __future__ import annotations

from form.figures import grouped
from form.language import _
from pages.library.agencies import show_agencies
from pages.library.rereading import show_rereading
from pages.library.views import show_bin, show_queue, show_reports
from pages.parts import shelf
from pages.parts.heading import chip, open_page
from pages.parts.picker import pick_one
from pages.parts.reread_notice import REREADING, offer_rereading, part_name

summary = shelf.summary()
chips = [chip(_("{n} 份计入统计").format(n=grouped(summary.counted)))]
if summary.queued:
    chips.append(chip(_("{n} 份待认领").format(n=grouped(summary.queued)), "note"))
if summary.recycled:
    chips.append(chip(_("回收站 {n} 份").format(n=grouped(summary.recycled))))
open_page("library", chips=chips)

names = {
    "reports": _("全部报告"),
    "agencies": _("机关"),
    "queue": _("待认领"),
    "bin": _("回收站"),
    REREADING: part_name(),
}
part = pick_one(_("资料库的部分"), list(names.values()), "part")
if part != names[REREADING]:
    offer_rereading()
if part == names[REREADING]:
    show_rereading()
elif part == names["queue"]:
    show_queue(shelf.reports())
elif part == names["bin"]:
    show_bin()
elif part == names["agencies"]:
    show_agencies(*shelf.agencies())
else:
    show_reports(shelf.reports())
