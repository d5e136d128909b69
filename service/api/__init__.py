"""The HTTP interface: routes, bodies, problems, and the description of them all."""
