"""The composition roots: the only places that name concrete parts and put them together."""
