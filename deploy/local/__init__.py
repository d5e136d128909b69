"""A whole Planclock on one machine: an embedded PostgreSQL and what watches over the parts."""
