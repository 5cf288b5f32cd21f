"""The lines that mark every sample as a sample, in the text of the report itself."""

from typing import Final

REAL_MARK: Final = "样例文件：表内数字取自公开年报，文字为本项目所写。"
INVENTED_MARK: Final = "样例文件：机构与数字均为虚构。"
