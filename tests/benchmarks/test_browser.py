"""The benchmark of pages in a browser: what it makes of its times."""

from benchmarks.browser import AIM, CONTROL, Figure

NODES = (10, 20)


def test_a_page_misses_the_aim_only_by_the_medians() -> None:
    assert Figure("compare", "opened", (1, 2, 100), (2, 4, 9), NODES).met
    missed = Figure("compare", "opened", (1, 2, 100), (2, AIM * 2.1, 9), NODES)
    assert not missed.met
    assert missed.line().endswith("missed")


def test_the_control_has_no_aim() -> None:
    assert Figure(CONTROL, "opened", (1,), (9,), NODES).met


def test_a_line_says_medians_ratio_and_the_middle_of_the_pairs() -> None:
    figure = Figure("trends", "turned to", (100, 100, 100), (100, 150, 200), NODES)
    assert figure.line().split() == [
        "trends",
        "turned",
        "to",
        "100",
        "150",
        "1.50",
        "(1.00–2.00)",
        "10",
        "20",
    ]
    assert "(1.50–1.50)" in Figure("trends", "opened", (100,), (150,), NODES).line()
