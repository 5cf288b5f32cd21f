"""What people look at and take away: the official table, charts, workbooks."""
