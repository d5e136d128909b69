"""The domain of Planclock: what happened, what it means, and where it is kept. No clock, no framework."""
