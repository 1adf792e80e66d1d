"""What we were sent: files kept with their hash, read by a declared mapping, every row traceable, nothing lost."""
