"""Who may ask the server at all: under which name, and from whose page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from form.language import _

_OWN_NAMES: Final = frozenset({"localhost", "127.0.0.1"})
_REFUSED: Final = 403


class KnownVisitors:
    """Refuses what asks under a foreign name, or from a page that another site has served.

    Streamlit refuses both too, but of a name only its own addresses, not the page around them,
    and of an origin only after it has asked a host on the internet for this computer's address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_known(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            refusal = PlainTextResponse(_("这个地址不提供服务。"), status_code=_REFUSED)
            await refusal(scope, receive, send)


def _is_known(headers: Headers) -> bool:
    host, origin = headers.get("host"), headers.get("origin")
    if not is_host_allowed(host):
        return False
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    page = _address(origin)
    return page.hostname is not None and (
        page.netloc == host or page.hostname in {*_OWN_NAMES, *_named()}
    )


def _named() -> Iterator[str | None]:
    """Yield the hosts that whoever runs the server has named as its own or as friends."""
    for name in (
        st.get_option("browser.serverAddress"),
        *st.get_option("server.corsAllowedOrigins"),
    ):
        yield _address(name).hostname


def _address(text: str) -> SplitResult:
    """Return the parts of an origin or of a bare host name; without a host where it is neither."""
    try:
        return urlsplit(text if "//" in text else f"//{text}")
    except ValueError:
        return urlsplit("")
