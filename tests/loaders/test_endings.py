"""What people are told can be read is what the readers read."""

from loaders import xlsx
from loaders.converted.formats import Converted
from loaders.endings import in_words, kinds
from loaders.kinds import readers
from loaders.opendocument import ods, odt
from loaders.pdf import page
from loaders.text import encoding
from loaders.unreadable.formats import refusal


def test_every_reader_has_its_kind_and_every_kind_its_reader() -> None:
    converted = {reader.KIND: isinstance(reader, Converted) for reader in readers()}
    assert {kind.key: kind.converted for kind in kinds()} == converted


def test_every_kind_stands_in_one_of_the_two_lists() -> None:
    lists = in_words(converted=False), in_words(converted=True)
    for kind in kinds():
        words = f"{kind.name}（{'、'.join(kind.endings)}）"
        assert [words in one for one in lists] == [not kind.converted, kind.converted]


def test_a_file_of_no_kind_is_told_all_of_them() -> None:
    message = refusal(b"\x00\x01\x02").message
    assert all(kind.name in message for kind in kinds())


def test_a_limit_that_is_told_once_holds_for_every_kind() -> None:
    assert ods.MAX_CELLS == odt.MAX_CELLS == xlsx.MAX_CELLS
    assert page.MAX_CHARACTERS == encoding.MAX_CHARACTERS
