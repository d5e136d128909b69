grant usage on schema rm to planclock_worker;
grant select, insert, update, delete on rm.checkpoint, rm.listed_case, rm.duty to planclock_worker;
