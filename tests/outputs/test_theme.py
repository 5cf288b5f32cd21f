"""The colours agree with Streamlit's copy and can be read by everybody."""

import tomllib
from itertools import product

import pytest

from outputs.theme import DARK, LIGHT, SERIES_STYLES, Palette, contrast
from tests.sources import ROOT

THEMES = {"light": LIGHT, "dark": DARK}
CONFIGURED = {
    "primaryColor": "accent",
    "backgroundColor": "page",
    "secondaryBackgroundColor": "panel",
    "textColor": "ink",
    "borderColor": "line",
    "redColor": "error",
    "redBackgroundColor": "error_tint",
    "orangeColor": "note",
    "orangeBackgroundColor": "note_tint",
    "greenColor": "good",
    "blueBackgroundColor": "accent_tint",
    "grayColor": "muted",
}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_streamlit_has_the_same_colours(name: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"][name]
    colours = THEMES[name]
    assert {key: theme[key] for key in CONFIGURED} == {
        key: getattr(colours, token) for key, token in CONFIGURED.items()
    }
    assert tuple(theme["chartCategoricalColors"]) == colours.series


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_text_can_be_read_on_every_ground_it_stands_on(colours: Palette) -> None:
    plain = product((colours.ink, colours.muted), (colours.page, colours.panel))
    tinted = [
        (colours.error, colours.error_tint),
        (colours.note, colours.note_tint),
        (colours.accent, colours.accent_tint),
        (colours.good, colours.page),
        *product((colours.ink, colours.muted), (colours.left, colours.right)),
    ]
    poor = {pair: contrast(*pair) for pair in (*plain, *tinted) if contrast(*pair) < 4.5}
    assert poor == {}


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_series_stand_out_from_the_page(colours: Palette) -> None:
    assert min(contrast(colour, colours.page) for colour in colours.series) >= 2.9


def test_series_differ_by_more_than_colour() -> None:
    assert len(SERIES_STYLES) == len(LIGHT.series) == len(DARK.series)
    assert len({style.marker for style in SERIES_STYLES}) == len(SERIES_STYLES)
    assert len({style.pattern for style in SERIES_STYLES}) == len(SERIES_STYLES)
