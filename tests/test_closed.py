"""The server is closed by default: it listens here only, and refuses what comes from elsewhere.

Every refusal has a control beside it, so that it cannot pass for another reason.
"""

import http.client
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving import HERE, Server, StartServer
from tests.waiting import HANGS

WEBSOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==",
    "Sec-WebSocket-Protocol": "streamlit",
}
STREAM = "/_stcore/stream"
PAGES = (
    "/",
    "/report",
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/index.html",
    "/media/x",
)

# Loaded by Python itself as it starts: writes down every look at the world outside, and forbids it.
RECORDER = f"""
import os, sys

def heard(event, arguments):
    if event == "socket.connect" or event == "socket.sendto":
        there = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        there = arguments[:1]
    else:
        return
    host = there[0] if isinstance(there, tuple) else ""
    if host and host not in {{"{HERE}", "localhost", "::1"}}:
        with open(os.path.join(os.path.dirname(__file__), "heard"), "a") as file:
            print(host, file=file)
        raise ConnectionRefusedError(host)

sys.addaudithook(heard)
"""


def answer(
    server: Server, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, str]:
    """Status and text of one answer; names of headers with underscores."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=HANGS)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    if body:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    got = connection.getresponse()
    # An open websocket has no end that could be waited for.
    text = "" if got.status == http.client.SWITCHING_PROTOCOLS else got.read().decode()
    connection.close()
    return got.status, text


def websocket(server: Server, **headers: str) -> int:
    return answer(
        server, STREAM, **{k.replace("-", "_"): v for k, v in WEBSOCKET.items()} | headers
    )[0]


class Watched:
    """A server together with the outside hosts that it has asked for so far."""

    def __init__(self, start: StartServer, folder: Path, **settings: object) -> None:
        self._heard = folder / "heard"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(RECORDER)
        self.server: Server = start(PYTHONPATH=str(folder), **settings)

    @property
    def asked(self) -> set[str]:
        return set(self._heard.read_text().split()) if self._heard.exists() else set()


@pytest.fixture
def desk(server: StartServer, tmp_path: Path) -> Watched:
    return Watched(server, tmp_path / "recorder")


FOREIGN_ORIGINS = (
    "http://evil.example",
    "https://127.0.0.1.evil.example",
    "http://10.0.0.7:8501",
    "http://[::2]:8501",
    "http://[",
    "null",
    "",
)


def test_a_foreign_origin_is_refused_and_nobody_outside_is_asked(desk: Watched) -> None:
    for origin in FOREIGN_ORIGINS:
        assert websocket(desk.server, Origin=origin) == 403, origin
        for path in PAGES:
            assert answer(desk.server, path, Origin=origin)[0] == 403, (origin, path)
    for own in (desk.server.url, desk.server.url.replace(HERE, "localhost")):
        assert websocket(desk.server, Origin=own) == 101
        assert answer(desk.server, "/report", Origin=own)[0] == 200
    assert websocket(desk.server) == 101
    assert desk.asked == set()


def test_the_recorder_hears_what_streamlit_alone_would_ask(
    server: StartServer, tmp_path: Path
) -> None:
    script = tmp_path / "small.py"
    script.write_text("import streamlit as st\nst.write('好')\n", encoding="utf-8")
    bare = Watched(server, tmp_path / "recorder", script=script)
    assert bare.asked == set()
    assert websocket(bare.server, Origin="http://evil.example") == 403
    assert any("checkip" in host for host in bare.asked)


def test_who_runs_the_server_names_its_friends(server: StartServer, tmp_path: Path) -> None:
    named = Watched(
        server,
        tmp_path / "recorder",
        STREAMLIT_SERVER_ALLOWED_HOSTS=f"desk.example {HERE}",
        STREAMLIT_BROWSER_SERVER_ADDRESS="www.desk.example/desk",
    )
    assert answer(named.server, "/", Host="desk.example")[0] == 200
    assert answer(named.server, "/", Host="localhost")[0] == 403
    # A proxy may ask under its own name for the server and pass on the browser's origin.
    assert websocket(named.server, Host=f"{HERE}:1", Origin="https://www.desk.example") == 101
    assert websocket(named.server, Host=f"{HERE}:1", Origin="https://desk.example") == 403
    assert named.asked == set()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "169.254.169.254", ""])
def test_a_foreign_name_is_refused_everywhere(desk: Watched, host: str) -> None:
    for path in PAGES:
        status, text = answer(desk.server, path, Host=host)
        assert (status, text) == (403, "这个地址不提供服务。"), path
    assert websocket(desk.server, Host=host) == 403
    assert answer(desk.server, "/", Host="localhost:1")[0] == 200


def test_an_upload_without_the_token_of_the_page_is_refused(desk: Watched) -> None:
    address = urlsplit(desk.server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=HANGS)
    connection.request("GET", "/_stcore/health")
    found = re.search(r"_streamlit_xsrf=([^;]+)", str(connection.getresponse().headers))
    assert found is not None
    token = found[1]
    path = "/_stcore/upload_file/0/1"
    kind = "multipart/form-data; boundary=b"
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n1\r\n--b--\r\n'
    sent = {"method": "PUT", "body": body, "Content_Type": kind}
    for headers in (
        {},
        {"Cookie": f"_streamlit_xsrf={token}"},
        {"X_Xsrftoken": token},
        {"X_Xsrftoken": "2|a|b|1", "Cookie": f"_streamlit_xsrf={token}"},
    ):
        assert answer(desk.server, path, **sent, **headers)[0] == 403, headers
        assert answer(desk.server, path, method="DELETE", **headers)[0] == 403, headers
    whole = {"X_Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
    assert answer(desk.server, path, **sent, **whole)[0] == 400  # there is no such session


def listening(pid: int) -> Iterator[str]:
    """Yield the addresses, as the kernel writes them, on which a process waits for connections."""
    own = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in own:
                yield fields[1].partition(":")[0]


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="this system has no /proc")
def test_only_this_computer_is_listened_to(server: StartServer) -> None:
    assert set(listening(server().pid)) == {"0100007F"}
    with socket.create_server(("127.0.0.2", 0)):
        assert "0200007F" in set(listening(os.getpid()))


def test_no_traceback_and_no_path_leaves_the_server(desk: Watched) -> None:
    for path in (
        "/_stcore/../../etc/passwd",
        "/media/../app.py",
        "/_stcore/upload_file/%00/%ff",
        "/component/%2e%2e/%2e%2e/app.py",
        "/report?agency=%ff%00&year=x",
        "/_stcore/bidi-components/x/y",
    ):
        status, text = answer(desk.server, path)
        assert status < 500, path
        for leak in ("Traceback", "site-packages", "/home", str(desk.server.home), "KnownVisitors"):
            assert leak not in text, (path, leak)
