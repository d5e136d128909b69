"""How Planclock is run."""
