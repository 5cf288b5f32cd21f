"""What can be compared, and comparison, trend and share over the library's frames."""
