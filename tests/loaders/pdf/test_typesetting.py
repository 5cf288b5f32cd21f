"""From placed characters to text."""

from loaders.pdf.typesetting import Piece, apart, lines, paragraphs, runs


def typed(text: str, x: float = 0, top: float = 0, size: float = 10, pitch: float | None = None):
    """The characters of a text, each as wide as high unless `pitch` says how far apart they are."""
    step = size if pitch is None else pitch
    return [
        Piece(sign, x + index * step, top, x + index * step + size, top + size)
        for index, sign in enumerate(text)
    ]


def read(*texts: list[Piece]) -> list[str]:
    return [line.text for line in lines(runs([piece for text in texts for piece in text]))]


def test_touching_characters_are_one_run_and_blanks_are_not() -> None:
    assert [run.text for run in runs(typed("年报 43"))] == ["年报", " ", "43"]


def test_a_gap_is_a_blank() -> None:
    assert read(typed("12"), typed("34", x=24)) == ["12 34"]
    assert read(typed("12"), typed("34", x=22)) == ["1234"]


def test_lines_go_down_and_runs_go_right_whatever_their_order() -> None:
    assert read(typed("丁", 40, 20), typed("乙", 40), typed("丙", 0, 20), typed("甲")) == [
        "甲 乙",
        "丙 丁",
    ]


def test_a_raised_note_stays_on_its_line() -> None:
    assert read(typed("43"), typed("1", x=20, top=-2, size=6)) == ["431"]


def test_a_letter_without_room_above_and_below_stays_in_its_word() -> None:
    flat = Piece("一", 10, 4.5, 20, 5.5)
    assert read(typed("第"), [flat], typed("批", x=21)) == ["第一批"]


def side_by_side(*texts: list[Piece]) -> list[list[str]]:
    pieces = runs([piece for text in texts for piece in text])
    return [[piece.text for piece in field] for field in apart(pieces)]


def test_fields_stand_apart_by_more_than_a_blank() -> None:
    assert side_by_side(typed("信息 内容", pitch=10), typed("43", x=60)) == [
        ["信息", " ", "内容"],
        ["43"],
    ]


def test_what_is_printed_over_each_other_stays_apart() -> None:
    assert side_by_side(typed("43"), typed("8", x=5)) == [["43"], ["8"]]
    assert side_by_side(typed("43"), typed("43", x=0.4)) == [["43", "43"]]


def test_letters_below_each_other_are_lines() -> None:
    column = [piece for row, sign in enumerate("结果") for piece in typed(sign, top=12 * row)]
    assert read(column) == ["结", "果"]


def test_bold_by_striking_twice_is_read_once() -> None:
    assert read(typed("43"), typed("43", x=0.4)) == ["43"]
    letter_by_letter = [
        piece for n, sign in enumerate("43") for x in (0, 0.4) for piece in typed(sign, x + 10 * n)
    ]
    assert read(letter_by_letter) == ["43"]


def test_equal_digits_side_by_side_stay() -> None:
    assert read(typed("00", pitch=6)) == ["00"]


def test_equal_digits_below_each_other_stay() -> None:
    assert read(typed("0"), typed("0", top=12)) == ["0", "0"]


def joined(*page_lines: Piece) -> list[str]:
    return [piece.text for piece in paragraphs(page_lines, 0, 200)]


def line(text: str, row: float, x0: float = 0, x1: float = 200, height: float = 10) -> Piece:
    return Piece(text, x0, 16 * row, x1, 16 * row + height)


def test_full_lines_go_on_until_a_short_one_or_an_indent() -> None:
    assert joined(line("甲", 0, x0=20), line("乙", 1, x1=80), line("丙", 2)) == ["甲乙", "丙"]
    assert joined(line("甲", 0, x0=20), line("乙", 1), line("丙", 2, x0=20)) == ["甲乙", "丙"]


def test_a_wide_gap_or_another_size_ends_a_paragraph() -> None:
    assert joined(line("甲", 0), line("乙", 2)) == ["甲", "乙"]
    assert joined(line("题", 0, height=14), line("乙", 1)) == ["题", "乙"]


def test_letters_are_parted_where_a_line_ends_and_digits_and_signs_are_not() -> None:
    assert joined(line("open", 0), line("data", 1)) == ["open data"]
    assert joined(line("2023", 0), line("年", 1)) == ["2023年"]
