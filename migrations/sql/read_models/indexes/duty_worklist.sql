create index duty_worklist on rm.duty (authority, generation, outcome, dated desc, ordered_at, duty)
where stands and month is null;
