"""The source formats, one module or package each, found by walking: none knows another."""

import importlib
import pkgutil
from functools import cache

from fishplate.records.source import SourceFormat


@cache
def formats() -> dict[str, SourceFormat]:
    """Every source format by its name."""
    found = (importlib.import_module(f"{__name__}.{module.name}").SOURCE for module in pkgutil.iter_modules(__path__))
    return {source.name: source for source in sorted(found, key=lambda source: str(source.name))}
