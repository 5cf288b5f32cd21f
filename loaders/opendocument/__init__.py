"""OpenDocument: spreadsheets (.ods) and texts (.odt), packed or flat."""
