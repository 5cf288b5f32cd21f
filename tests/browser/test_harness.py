"""The harness itself: what the browser tests lean on must be able to say no."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.serving import QUIET
from tests.sources import ROOT

Settled = Callable[[Page], Page]


def write_app(folder: Path, body: str) -> Path:
    script = folder / "small_app.py"
    script.write_text(f"import os\nimport streamlit as st\n{body}\n", encoding="utf-8")
    return script


def test_a_small_app_is_served_and_settles(
    server, page, settled: Settled, traffic, tmp_path
) -> None:
    script = write_app(
        tmp_path,
        "import time\nst.button('按')\ntime.sleep(0.5)\nst.write('家：' + os.environ['DISCLOSURE_DESK_HOME'])",
    )
    app = server(script=script, **QUIET)
    page.goto(app.url)
    settled(page)
    assert page.get_by_text(f"家：{app.home}").is_visible()
    assert traffic.outside == []


def test_a_request_that_leaves_this_machine_is_seen(
    server, page, settled, traffic, tmp_path
) -> None:
    script = write_app(tmp_path, "st.html('<img src=\"http://outside.invalid/x.png\">')")
    url = server(script=script, **QUIET).url
    with page.expect_request("http://outside.invalid/x.png"):
        page.goto(url)
    settled(page)
    assert traffic.outside == ["http://outside.invalid/x.png"]


def test_an_error_in_the_page_is_seen(server, page, settled, traffic, tmp_path) -> None:
    broken = "st.html('<script>setTimeout(() => { throw new Error(\"planted\") })</script>', unsafe_allow_javascript=True)"
    url = server(script=write_app(tmp_path, broken), **QUIET).url
    with page.expect_event("pageerror"):
        page.goto(url)
    settled(page)
    assert any("planted" in error for error in traffic.errors)
    traffic.errors.clear()  # or the page's own check at the end would fail this test


def test_an_app_that_does_not_start_fails_with_what_it_printed(server, tmp_path) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"ended with code"):
        server(script=tmp_path / "no_such_app.py")


def test_the_settings_are_known_to_this_streamlit(server, page, settled, tmp_path) -> None:
    folder = tmp_path / ".streamlit"
    folder.mkdir()
    (folder / "config.toml").write_bytes((ROOT / ".streamlit" / "config.toml").read_bytes())
    app = server(script=write_app(tmp_path, "st.write('好')"))
    page.goto(app.url)
    settled(page)
    assert "not a valid config option" not in app.log
    assert "warning" not in app.log.lower()
