"""Figures of five real reports on 2020, typed from their text: tables 三 and 四, and amounts."""

from form.report import Report
from tests.checks.reports import made
from tests.checks.test_tally import BEIDAIHE, LIAOCHENG
from tests.measures.frames import of

_UNKNOWN = "?0|. ?0|. ?0|. ?0|. ?0|."
ERQI = f"""
    new_received            22 0 0 0 0 0 22
    carried_over             0 0 0 0 0 0  0
    granted                 19 {_UNKNOWN} 19
    partial                  0 {_UNKNOWN}  0
    denied_third_party       2 {_UNKNOWN}  2
    unable_not_held          1 0 0 0 0 0  1
    total_processed         22 0 0 0 0 0 22
    carried_forward          0 0 0 0 0 0  0
    review                   . . . . .
    litigation_direct        0 0 0 1 1
    litigation_after_review  1 0 0 0 1
    government_procurement   8 39.3156万元
"""
FUXIN = """
    new_received            13 2 0 0 0 0 15
    granted                 13 2 0 0 0 0 15
    total_processed         13 2 0 0 0 0 15
    review                   0 1 0 0 1
    litigation_direct        1 0 0 0 1
    government_procurement   5 1858万元
"""
CHENGDE = """
    new_received             5 0 0 0 0 0 5
    granted                  5 0 0 0 0 0 5
    total_processed          5 0 0 0 0 0 5
    government_procurement  58 8477万元
"""
LIAOCHENG_NAME = "聊城市自然资源和规划局"
ERQI_NAME = "郑州市自然资源和规划局二七分局"
FUXIN_NAME = "阜新市自然资源局"
CHENGDE_NAME = "承德高新区"
BEIDAIHE_NAME = "北戴河区自然资源和规划局"


def seeds() -> list[Report]:
    """Return the five reports; their ids in frames are 1 to 5."""
    return [
        of(made(LIAOCHENG + "government_procurement 19 4156.93万元"), LIAOCHENG_NAME),
        of(made(ERQI), ERQI_NAME),
        of(made(FUXIN, rest="0"), FUXIN_NAME),
        of(made(CHENGDE, rest="0"), CHENGDE_NAME),
        of(made(BEIDAIHE), BEIDAIHE_NAME),
    ]
