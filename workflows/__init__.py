"""Durable timers in Temporal. Nothing here yet: until it is, duties come from SQL and no timer runs."""
