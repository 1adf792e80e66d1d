"""Who a record is about: certain rules now, and codes that are given once."""
