"""The bank holidays of England and Wales, which no clock of working days counts.

Source: the dates that the government gives at gov.uk/bank-holidays, for England and Wales; recalled, not read, and held
in a test to the rule behind them (Banking and Financial Dealings Act 1971, schedule 1, with the substitute days given
by proclamation). A year outside the table has none that Fishplate knows of: add it here before its joins are judged.
"""

from datetime import date
from typing import Final

ENGLAND_AND_WALES: Final = frozenset(
    date.fromisoformat(on)
    for on in (
        # 8 May 2023 was for the coronation.
        "2023-01-02", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25",
        "2023-12-26",
        "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26", "2024-12-25", "2024-12-26",
        "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26",
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
    )
)  # fmt: skip
