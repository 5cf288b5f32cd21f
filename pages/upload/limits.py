"""What files may be brought, in words beside the box that takes them: the readers' own data."""

from __future__ import annotations

import streamlit as st

from form.figures import grouped
from form.language import _
from loaders import archive, package
from loaders.endings import in_words
from loaders.kinds import MAX_BYTES
from loaders.opendocument.ods import MAX_CELLS
from loaders.pdf import MAX_PAGES
from loaders.sandbox.limits import LIMITS
from loaders.text.encoding import MAX_CHARACTERS
from pages.parts.markup import show, tag

_MB = 1_000_000


def show_limits() -> None:
    """Show kinds of files, what they may cost, and what happens to duplicates and corrections."""
    facts = (
        part
        for head, text in (*_kinds(), *_sizes(), *_versions())
        for part in (tag("dt", head), tag("dd", text))
    )
    show(tag("dl", *facts, classes="dd-card dd-facts"))


def _kinds() -> tuple[tuple[str, str], ...]:
    return (
        (_("可以读取"), in_words(converted=False)),
        (_("装有 LibreOffice 时"), _("还有{kinds}").format(kinds=in_words(converted=True))),
        (
            _("压缩包"),
            _("zip，里面的文件逐份读取，最多 {files} 份，解开后不超过 {all} MB").format(
                files=grouped(archive.MAX_FILES), all=package.MAX_BYTES // _MB
            ),
        ),
    )


def _sizes() -> tuple[tuple[str, str], ...]:
    upload = st.get_option("server.maxUploadSize")
    return (
        (
            _("大小"),
            _(
                "每份报告不超过 {n} MB（解开后 {all} MB），压缩包不超过 {upload} MB；份数不限"
            ).format(n=MAX_BYTES // _MB, all=package.MAX_BYTES // _MB, upload=upload),
        ),
        (
            _("篇幅"),
            _("PDF 不超过 {pages} 页，文字不超过 {letters} 万字，表格不超过 {cells} 万格").format(
                pages=MAX_PAGES, letters=MAX_CHARACTERS // 10_000, cells=MAX_CELLS // 10_000
            ),
        ),
        (
            _("读取"),
            _("每份不超过 {wall} 秒、内存不超过 {memory} MB，超过的单独停止并说明原因").format(
                wall=round(LIMITS.wall), memory=LIMITS.memory >> 20
            ),
        ),
    )


def _versions() -> tuple[tuple[str, str], ...]:
    return (
        (_("重复的文件"), _("内容完全相同的只存一份")),
        (
            _("更正后的报告"),
            _("同一机构同一年度再次上传，存为新的一版，旧版保留；同一批里不止一份的由人选定"),
        ),
        (_("认不出的报告"), _("机构或年度定不下来的进入“待认领”，由人确认之前不计入统计")),
    )
