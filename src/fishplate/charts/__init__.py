"""Rows to SVG text, pure: each chart comes with the sentence that says the same in words."""
