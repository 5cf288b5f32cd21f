"""The named fields of letters: what a template may ask for, the one place where they are listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from form.language import _

DocumentKind = Literal["check", "remind", "corrections"]
"""check: 核验意见; remind: 催报函; corrections: 更正说明, old and new figures of a new version."""
DOCUMENT_KINDS: Final[tuple[DocumentKind, ...]] = ("check", "remind", "corrections")

# The names are what an office types into Word, so they stay what they are in any language.
_OF_ALL: Final = ("机关名称", "年度", "报告名称", "文号", "发函日期", "发函机关", "联系方式")
PLAIN: Final[Mapping[DocumentKind, tuple[str, ...]]] = {
    "check": (
        *_OF_ALL,
        *("第几次", "版本", "问题数", "情况", "请求", "期限", "不要求更正", "另请核实"),
    ),
    "remind": (*_OF_ALL, "第几次", "应报日期", "期限"),
    "corrections": (*_OF_ALL, "旧版", "新版", "结论", "改动数"),
}
ITEMS: Final[Mapping[DocumentKind, tuple[str, ...]]] = {
    "check": ("序号", "问题", "算式", "可能有误的格", "要求"),
    "remind": (),
    "corrections": ("序号", "位置", "原数", "新数", "性质"),
}
"""Fields that are there once for each item: their row of a table, or their paragraphs, repeat."""


def document_names() -> dict[DocumentKind, str]:
    """Return what people call each kind of document."""
    return {"check": _("核验意见"), "remind": _("催报函"), "corrections": _("更正说明")}


def meanings() -> dict[str, str]:
    """Return what each field holds, for those who write a template."""
    return {
        "机关名称": _("收函机关的全称"),
        "年度": _("报告是哪一年度的，如 2024"),
        "报告名称": _("报告的标题，带书名号"),
        "文号": _("这封函的文号"),
        "发函日期": _("如 2025年2月10日"),
        "发函机关": _("设置里填写的署名"),
        "联系方式": _("设置里填写的科室和电话"),
        "第几次": _("同一年度给同一机关的第几次函，如（第 2 次）；第一次为空"),
        "版本": _("核对的是第几版"),
        "问题数": _("要求更正的有几处"),
        "情况": _("核对的结果，一句话，含几处错误"),
        "请求": _("请对方做什么，一句话，接在期限之后"),
        "期限": _("请在哪一天以前回复"),
        "不要求更正": _("与相邻年度不一致而依据在另一份报告的，写在这里；没有则为空"),
        "另请核实": _("不算错误、请一并说明的问题；没有则为空"),
        "应报日期": _("这份报告应在哪一天以前报送"),
        "旧版": _("原来的一版和文件名"),
        "新版": _("新的一版和文件名"),
        "结论": _("改好几处、仍错几处、新错几处、另改几格"),
        "改动数": _("两版不同的有几格"),
        "序号": _("第几处，从 1 起"),
        "问题": _("错在哪里，一句话"),
        "算式": _("印出的数不相等的等式"),
        "可能有误的格": _("哪些格可能填错，应为多少"),
        "要求": _("请对方做什么"),
        "位置": _("哪一格"),
        "原数": _("旧版印的数"),
        "新数": _("新版印的数"),
        "性质": _("改好、仍错、新错或另改"),
    }
