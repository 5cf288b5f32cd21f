"""What is noted of a season, on each engine: of an agency's year, and undoable."""

from datetime import date, timedelta

import pytest

from form.receipts import Publication, Receipt, publication_of, receipts_of
from form.today import today
from library.errors import LibraryError
from library.log_frame import log_lines
from library.store import Library

DAY = date(2024, 1, 23)


def test_what_is_noted_is_there_and_can_be_taken_back(library: Library) -> None:
    first, second = library.season.receive(
        ["甲局", "乙局", "甲局"], 2023, DAY, "paper", "x", "盖章"
    )
    published = library.season.publish("甲局", 2023, DAY, " https://example.cn/1 ", "x")
    entries = library.season.entries(2023)
    assert entries == library.season.entries() == library.log.entries()
    own = [item for item in entries if item.agency == "甲局"]
    assert receipts_of(own) == (Receipt(DAY, "paper", "盖章", first.number),)
    assert publication_of(own) == Publication(DAY, "https://example.cn/1", "", published.number)
    undo = library.log.undo(published.number, "x")
    own = [item for item in library.season.entries(2023) if item.agency == "甲局"]
    assert publication_of(own) is None
    library.log.undo(undo.number, "x")
    library.log.undo(second.number, "x")
    entries = library.season.entries(2023)
    assert publication_of(item for item in entries if item.agency == "甲局") is not None
    assert receipts_of(item for item in entries if item.agency == "乙局") == ()
    assert library.season.entries(2022) == ()
    assert library.log.verify() == ()


def test_an_agency_is_noted_by_the_name_that_it_goes_by_now(library: Library) -> None:
    library.agencies.link("旧局", "新局", "name", "x")
    (entry,) = library.season.receive(["旧局"], 2023, DAY, "mail", "x")
    assert entry.agency == "新局"


def test_what_cannot_be_is_refused(library: Library) -> None:
    for on in (today() + timedelta(days=1), date(2022, 12, 31)):
        with pytest.raises(LibraryError, match=r"日期|不会"):
            library.season.receive(["甲局"], 2023, on, "mail", "x")
    with pytest.raises(LibraryError, match="方式"):
        library.season.receive(["甲局"], 2023, DAY, "pigeon", "x")  # type: ignore[arg-type]
    with pytest.raises(LibraryError, match="选择"):
        library.season.receive([" "], 2023, DAY, "mail", "x")
    assert library.log.entries() == ()


def test_the_log_says_it_in_words(library: Library) -> None:
    library.season.receive(["甲局"], 2023, DAY, "paper", "x", "盖章")
    library.season.publish("甲局", 2023, DAY, "https://example.cn/1", "x")
    lines = [line.split(" ", 3)[-1] for line in log_lines(library.log.entries(), {}, {})]
    assert lines == [
        "x 登记收件 甲局 2023 收到 → 纸质 2024-01-23 盖章",
        "x 登记公布 甲局 2023 公布 → https://example.cn/1 2024-01-23",
    ]
