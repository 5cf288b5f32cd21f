"""How fast files are read whole, beside the plainest parse of each kind, and how fast imported."""
