"""Who is asking, for which authority, and what they may do."""
