from datetime import date

import pytest

from form.agencies.terms import Term, Whose, kind_of, term_of


@pytest.mark.parametrize(
    ("agency", "last"),
    [
        ("甲市水务局", date(2021, 1, 31)),
        ("甲市发展和改革委员会", date(2021, 1, 31)),
        ("甲市国资委", date(2021, 1, 31)),
        ("甲市人民政府外事办公室", date(2021, 1, 31)),
        ("壬市人民政府办公室", date(2021, 1, 31)),
        ("北戴河区自然资源和规划局", date(2021, 1, 31)),
        ("高新区管理委员会财政局", date(2021, 1, 31)),
        ("甲市税务局", date(2021, 1, 31)),
        ("乙县人民政府", date(2021, 3, 31)),
        ("北戴河区", date(2021, 3, 31)),
        # Of these the regulation says nothing.
        ("辛镇人民政府", None),
        ("丁街道办事处", None),
        ("承德高新区", None),
        ("高新区管理委员会", None),
        # What they are, nobody knows.
        ("某县第一中学", None),
        (None, None),
    ],
)
def test_the_term_follows_the_kind(agency: str | None, last: date | None) -> None:
    term = term_of(agency)
    assert (term.last_day(2020) if term else None) == last


def test_what_a_person_said_counts() -> None:
    assert kind_of("某中心", Whose(kind="department")) == "department"
    term = term_of("某中心", Whose(kind="department"))
    assert term is not None
    assert term.last_day(2020) == date(2021, 1, 31)
    assert term_of("乙县教育局", Whose(kind="township")) is None


def test_a_local_term_counts() -> None:
    local = Term(2, 20, "岳阳市政府信息公开工作年度报告制度")
    assert term_of("辛镇人民政府", Whose(term=local)) == local
