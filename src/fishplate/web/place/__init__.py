"""The planning pages: de-identified, suppressed, and open no further than pseudonymous journeys."""
