"""Backups on their way to a browser: from the disk piece by piece, never whole in memory."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from form.language import _
from library.backups import kept
from pages.parts import shelf
from pages.settings.backups import FETCHED_FROM

_NOT_THERE = 404


def fetch(request: Request) -> Response:
    """Give a backup that waits to be fetched; its name is looked up and never made a path."""
    name = request.path_params["name"]
    known = {path.name: path for path in kept.to_fetch(shelf.library())}
    if name not in known:
        return PlainTextResponse(_("这份备份已不在了。"), status_code=_NOT_THERE)
    return FileResponse(known[name], media_type="application/zip", filename=name)


def routes() -> list[Route]:
    """Return the addresses that backups are fetched from."""
    return [Route(f"/{FETCHED_FROM}/{{name}}", fetch)]
