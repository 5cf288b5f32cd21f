"""What an agency's name alone tells: what it is, how high it stands, and where."""
