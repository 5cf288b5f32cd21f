"""A whole library as one file, made while it is in use, and a library made of such a file again."""
