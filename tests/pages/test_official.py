"""Blank forms and single reports in the official layout are offered where people look for them."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage


def offered(app: AppTest) -> list[str]:
    return [item.proto.label for item in app.get("download_button")]


@pytest.mark.usefixtures("home")
def test_blank_forms_of_both_editions(open_page: OpenPage) -> None:
    assert {"2021 年版空白表样", "2019 年版空白表样"} <= set(offered(open_page("export")))


@pytest.mark.usefixtures("home")
def test_a_report_as_workbook_and_document(open_page: OpenPage) -> None:
    app = open_page("report", tab="原始文件")
    assert {"按表样下载（Excel）", "按表样下载（Word）"} <= set(offered(app))
