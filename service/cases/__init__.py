"""What can be done with cases: read one, tell of it, decide about it, correct it. Knows nothing of HTTP."""
