"""The care pages: identified, for a named worker with a purpose and a relationship, each read in the audit."""
