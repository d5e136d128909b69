"""Durable timers in Temporal: an alarm clock for each case, and what keeps them true to the log."""
