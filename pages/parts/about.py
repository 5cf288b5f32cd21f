"""Which program and which rules made a file: what a reader needs to make it again."""

from __future__ import annotations

import hashlib
import tomllib

from checks.catalogue import SEVERITIES
from form.rules import RULES
from pages.parts.registry import ROOT

_DIGITS = 8


def app_version() -> str:
    """Return the version of this program."""
    with (ROOT / "pyproject.toml").open("rb") as source:
        return str(tomllib.load(source)["project"]["version"])


def rules_version() -> str:
    """Return a short text that changes whenever a rule or its severity does."""
    told = repr((RULES, sorted(SEVERITIES.items())))
    return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]
