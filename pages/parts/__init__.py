"""What several pages share: the frame's parts, access to the library, pickers, tables, charts."""
