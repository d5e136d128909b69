"""Procedures as versioned data: the packs, the model they are checked against, and what is in force when."""
