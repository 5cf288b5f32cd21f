"""Files that are no annual report, for tests: what must not be taken for one."""

from collections.abc import Mapping
from typing import Final

from sample_reports.marks import INVENTED_MARK

_EXPLANATION: Final = f"""{INVENTED_MARK}

一图读懂甲市税务局2022年政府信息公开年报

甲市税务局公布了2022年政府信息公开工作年度报告，本文介绍其中几个数字怎么看。

一、申请为什么增加

新收申请比上年多，主要是税费征收方面的咨询转成了申请。

二、办理结果怎么看

予以公开的占四成左右，其余多为本机关不掌握相关政府信息。

三、报告在哪里看

报告全文见政府网站“政府信息公开年报”栏目。
"""

_NOTICE: Final = f"""<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>关于报送2023年政府信息公开工作年度报告的通知</title></head>
<body>
<h1>关于报送2023年政府信息公开工作年度报告的通知</h1>
<p>{INVENTED_MARK}</p>
<p>各街道办事处、区直各部门：请按附表的时间报送年度报告，并核对表内勾稽关系。</p>
<table border="1">
<tr><td>单位</td><td>报送截止日期</td><td>份数</td></tr>
<tr><td>丁街道办事处</td><td>2024年1月15日</td><td>2</td></tr>
<tr><td>丙区住房和城乡建设局</td><td>2024年1月20日</td><td>2</td></tr>
</table>
<p>丙区人民政府办公室</p>
<p>2023年12月20日</p>
</body>
</html>
"""

NOT_REPORTS: Final[Mapping[str, str]] = {
    "甲市税务局2022年报解读.txt": _EXPLANATION,
    "关于报送2023年报的通知.html": _NOTICE,
}
"""File name → text in UTF-8."""
