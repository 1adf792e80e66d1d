"""How well: measures of experience, outcomes and resources, and what of them may leave the building."""
