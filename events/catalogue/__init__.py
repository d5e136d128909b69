"""Every event type Planclock knows, one module a topic, and the envelope they travel in."""
