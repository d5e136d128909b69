"""What the events of one case mean: its state, its duties, its findings, and what may be decided next."""
