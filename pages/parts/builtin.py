"""Texts that Streamlit builds in, in English only, and what stands in their place.

`assets/frame.js` puts them in; a text that is not listed here stays as it is.
"""

from __future__ import annotations

from typing import Final

from form.language import _


def texts() -> dict[str, str]:
    """Return Chinese for whole texts: labels, tips and what screen readers are told."""
    return {
        "Upload": _("选择文件"),
        "Add files": _("继续添加文件"),
        "Drag and drop files here": _("松开即可添加文件"),
        "file upload": _("选择文件"),
        "Drag and drop a file here": _("松开即可添加文件"),
        "No results": _("没有匹配的选项"),
        "Sidebar": _("侧栏"),
        "Open": _("展开选项"),
        "Choose an option": _("请选择"),
        "Choose options": _("请选择"),
        "Clear value": _("清除"),
        "Clear all": _("全部清除"),
        "Select all": _("全选"),
        "Selected values": _("已选"),
        "Selectbox": _("选择框"),
        "Selectbox options": _("选项"),
        "Multiselect": _("多选框"),
        "Multiselect options": _("选项"),
        "Previous page": _("上一页"),
        "Next page": _("下一页"),
        "Pagination": _("分页"),
        "Fullscreen": _("全屏"),
        "Close fullscreen": _("退出全屏"),
        "Collapse sidebar": _("收起菜单"),
        "Expand sidebar": _("展开菜单"),
        "Skip to main content": _("跳到正文"),
        "Main menu": _("设置菜单"),
        "Toolbar action": _("工具"),
        "Scroll tabs left": _("向左查看标签"),
        "Scroll tabs right": _("向右查看标签"),
        "Close": _("关闭"),
        "Notifications": _("提示"),
        "Delete": _("删除"),
        "Page not found": _("没有这一页"),
        "The page that you have requested does not seem to exist. Running the app's main page.": _(
            "您要的页面不存在，已打开总览。"
        ),
        "Connecting": _("正在连接"),
        "Connection error": _("连接中断"),
        "Running...": _("正在处理"),
        "Stop": _("停止"),
        "Rerun": _("重新运行"),
        "Settings": _("设置"),
        "Print": _("打印"),
        "Theme": _("外观"),
        "Appearance": _("外观"),
        "Use system setting": _("跟随系统"),
        "System": _("跟随系统"),
        "Light": _("浅色"),
        "Dark": _("深色"),
        "Wide mode": _("宽屏"),
        "Please wait...": _("请稍候"),
        "Press Enter to apply": _("按回车键确认"),
        "Press Ctrl+Enter to apply": _("按 Ctrl+回车键确认"),
        "Press Enter to submit form": _("按回车键提交"),
        "Press Ctrl+Enter to submit form": _("按 Ctrl+回车键提交"),
        "Show/hide columns": _("显示或隐藏列"),
        "Download as CSV": _("下载 CSV"),
        "Search": _("查找"),
        "Increment": _("加一"),
        "Decrement": _("减一"),
        "Network error": _("网络中断"),
        "Choose date": _("选择日期"),
        "Previous": _("上一月"),
        "Next": _("下一月"),
        "File type not allowed.": _("不支持这种文件"),
    }


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def patterns() -> list[tuple[str, str]]:
    """Return pairs of a JavaScript expression for a whole text and its replacement."""
    return [
        (r"^([\d.]+)\s*([KMG]B) per file.*$", _("单个文件不超过 $1 $2")),
        (r"^Shortcut (.+)$", _("快捷键 $1")),
        (r"^Help for (.+)$", _("$1：说明")),
        (r"^Remove (.+)$", _("移除 $1")),
        (r"^Add: (.+)$", _("添加：$1")),
        (r"^Select (\d+) matches$", _("选中 $1 项")),
        (r"^(\d+) options? available\.$", _("有 $1 个选项")),
        *(
            (
                rf"^Selected Date: {name} (\d+), (\d+)$",
                _("已选日期：$2 年 {month} 月 $1 日").format(month=month),
            )
            for month, name in enumerate(_MONTHS, 1)
        ),
        (r"^day, (.+)$", _("日，$1")),
        (r"^month, (.+)$", _("月，$1")),
        (r"^year, (.+)$", _("年，$1")),
        (r"^(.+) — start$", _("$1：从")),
        (r"^(.+) — end$", _("$1：到")),
        (r"^Page (\d+)$", _("第 $1 页")),
        (r"^Press (.+) to apply$", _("按 $1 确认")),
        (r"^File must be (.+) or smaller\.$", _("文件不能超过 $1")),
        (r"^(.+) files are not allowed\.$", _("不支持 $1 文件")),
    ]
