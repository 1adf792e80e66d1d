"""What a page may be told: rows as values, one file for planning and one for care, between the tables and the web."""
