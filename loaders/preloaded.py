"""Imported once by the process that children are forked from: it has all the readers loaded."""

import ctypes  # noqa: F401  what a child needs of it must be there before its limits are
import gc

from loaders.kinds import readers

readers()
# Else the first collection in every child would copy the memory that it shares with the others.
gc.collect()
gc.freeze()
