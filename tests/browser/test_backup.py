"""A backup from the page: made beside the server, fetched whole, restored; no name leads elsewhere."""

import http.client
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page, expect

from library.backups.restoring import restore
from library.importing import import_file
from library.store import Library
from tests.browser.test_app import REAL_REPORTS, foreign_texts
from tests.serving import Server

TRICKS = (
    "last.json",
    "..%2Flast.json",
    "..%2F..%2F..%2Flibrary.sqlite",
    "%2Fetc%2Fpasswd",
    "nothing.zip",
)


def answer(server: Server, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and the beginning of one answer."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 0)
    connection.request("GET", path, headers=headers)
    given = connection.getresponse()
    body = given.read()
    connection.close()
    return given.status, body[:15].lower()


def test_a_backup_is_made_fetched_and_restored(
    server, page: Page, settled, traffic, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with Library(home=home) as library:
        for path in REAL_REPORTS[:2]:
            import_file(library, path.name, path.read_bytes())
    served = server(home=home)
    page.goto(f"{served.url}/settings")
    expect(page.get_by_text("还没有备份过")).to_be_visible()
    page.get_by_role("button", name="立即备份").click()
    expect(page.get_by_text("此后资料库没有改动")).to_be_visible()
    settled(page)
    assert foreign_texts(page) == set()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 资料库备份").click()
    fetched = tmp_path / "fetched.zip"
    waiting.value.save_as(fetched)
    assert waiting.value.suggested_filename.startswith("资料库备份_")
    done = restore(fetched, tmp_path / "new")
    with Library(home=home) as one, Library(done.url) as other:
        assert [one.original(number) for number in (1, 2)] == [
            other.original(number) for number in (1, 2)
        ]
    name = quote(waiting.value.suggested_filename)
    assert answer(served, f"/backup/{name}") == (200, fetched.read_bytes()[:15].lower())
    assert answer(served, f"/backup/{name}", Host="evil.example")[0] == 403
    for trick in TRICKS:
        status, body = answer(served, f"/backup/{trick}")
        # What no address of ours matches gets the page of the app, as any unknown address does.
        assert status in (400, 404) or (status, body) == answer(served, "/nowhere"), trick
    assert traffic.outside == []
