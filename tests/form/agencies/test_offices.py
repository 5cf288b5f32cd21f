"""Who reports for a government."""

import pytest

from form.agencies.names import read_name
from form.agencies.offices import reports_for_government


@pytest.mark.parametrize(
    ("agency", "does"),
    [
        ("阜新市人民政府", True),
        ("乙县人民政府办公室", True),
        ("内蒙古自治区人民政府办公厅", True),
        ("甲市政府办公室", True),
        ("甲市人民政府政务公开办公室", True),
        ("甲市政务公开办公室", True),
        ("甲市水务局", False),
        ("甲市政务服务中心", False),
        ("甲市政务公开工作领导小组办公室", False),
        ("甲市人民政府国有资产监督管理委员会", False),
    ],
)
def test_a_government_and_the_office_that_reports_for_it(agency: str, does: bool) -> None:
    assert reports_for_government(read_name(agency)) is does
