"""Files that cannot be read, or are no reports: what they are, and what is said about them."""
