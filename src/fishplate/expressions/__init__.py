"""The one language of conditions over named columns, for standards and measures: read and judged here, and no code."""
