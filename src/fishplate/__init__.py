"""Fishplate makes the join between two health and care services a thing in its own right.

A join has an owner, a clock, a confirmation from the person, and a track record. Looking back, Fishplate finds the
joins in the records that organisations already hold. Carrying forward, it runs them. Both halves use the words of
`fishplate.care`; begin with `fishplate/care/joins.py`.
"""

__version__ = "0.1.0"
