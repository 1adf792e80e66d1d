"""Where a text stands in a JSON record: a small path algebra with two interpreters that agree exactly.

`take(path, record)` reads a decoded record in plain Python and is the oracle; `sql(path, column)` gives the DuckDB
expression that reads the same text from a column of JSON. Both give None (NULL) where there is nothing. The grammar,
and what a path means, is in `grammar.py`.
"""

from fishplate.records.paths.grammar import Path, parse
from fishplate.records.paths.querying import sql
from fishplate.records.paths.taking import take

__all__ = ["Path", "parse", "sql", "take"]
