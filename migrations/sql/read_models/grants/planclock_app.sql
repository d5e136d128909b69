grant usage on schema rm to planclock_app;
grant select on rm.checkpoint, rm.listed_case, rm.duty to planclock_app;
