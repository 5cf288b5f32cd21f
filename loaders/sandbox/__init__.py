"""Reading in a process of its own: what a file does there costs that file alone."""
