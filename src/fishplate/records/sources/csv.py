"""CSV and its kin: one record a row, any delimiter and encoding, quoted values as RFC 4180 has them."""

from fishplate.records.framing import Dialect
from fishplate.records.source import SourceFormat
from fishplate.settings.project import Source


def dialect(source: Source) -> Dialect:
    """How the lines of a source's files are written, as the project states it."""
    return Dialect(source.delimiter, source.quote, source.encoding)


SOURCE = SourceFormat("csv", dialect, shapes={})
