"""Pages to read: plain HTML that needs no script, and nothing from anywhere else."""
