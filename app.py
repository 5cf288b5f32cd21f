"""The app as it is served: which script makes a page, what the browser may do, where errors end.

`streamlit run app.py` finds `app` below. The script that runs for every page is
`pages/frame/frame.py`; it lies there and not here because Streamlit takes a script that has a
folder `pages` beside it for an app of another make, and greets the first visitor of a fresh
server who asks for a page by its address with "page not found".
"""

from __future__ import annotations

from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts.boundary import show_incident
from pages.parts.registry import FRAME
from pages.parts.visitors import KnownVisitors
from pages.settings.fetching import routes

# Streamlit writes styles and small scripts into its page, and its tables compile WebAssembly.
CONTENT_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class SafeHeaders:
    """Tells the browser to fetch nothing from elsewhere and to let nobody frame the app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


app = st.App(
    FRAME,
    routes=routes(),
    middleware=[Middleware(SafeHeaders), Middleware(KnownVisitors)],
    on_script_error=show_incident,
)
