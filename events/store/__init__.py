"""The log in PostgreSQL: append, read, verify, seal, keys; read models and their checkpoints."""
