"""The official form of a whole jurisdiction as the sum of its organs' forms, and why it differs.

`members` says who is added up, `adding` adds, `tracing` looks for what stands behind the cells in
which the sum is not what the parent printed, `wording` says it, `telling` is the interface.
"""

from __future__ import annotations
