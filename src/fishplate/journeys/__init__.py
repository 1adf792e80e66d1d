"""What happened: each person's legs in order, what followed what, and the journey as a whole."""
