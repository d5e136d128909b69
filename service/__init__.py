"""The service: HTTP, identity, settings and the `planclock` command."""
