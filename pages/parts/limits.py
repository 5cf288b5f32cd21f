"""What files may be brought, in words beside the box that takes them."""

from __future__ import annotations

import streamlit as st

from form.language import _
from loaders.kinds import MAX_BYTES
from pages.parts.markup import show, tag


def show_limits() -> None:
    """Show kinds of files, their largest size, and what happens to duplicates and corrections."""
    lines = (
        (
            _("可以读取"),
            _(
                "PDF、Word（docx）、Excel（xlsx）、OpenDocument（odt、ods）、网页（html）、Markdown、文本（txt）"
            ),
        ),
        (_("装有 LibreOffice 时"), _("还有旧版 Word、Excel、WPS（doc、xls、wps、et）和 RTF")),
        (_("压缩包"), _("zip，里面的文件逐份读取")),
        (
            _("大小"),
            _("每份报告不超过 {n} MB，压缩包不超过 {all} MB；份数不限").format(
                n=MAX_BYTES // 1_000_000, all=st.get_option("server.maxUploadSize")
            ),
        ),
        (_("重复的文件"), _("内容完全相同的只存一份")),
        (_("更正后的报告"), _("同一机构同一年度再次上传，存为新的一版，旧版保留")),
        (_("认不出的报告"), _("缺机构或年度的进入“待认领”，补上之前不计入统计")),
    )
    facts = (part for head, text in lines for part in (tag("dt", head), tag("dd", text)))
    show(tag("dl", *facts, classes="dd-card dd-facts"))
