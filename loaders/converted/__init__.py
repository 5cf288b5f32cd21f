"""Old office files: an office program turns them into kinds that are read here."""
