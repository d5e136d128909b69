grant select, insert on rm.batch to planclock_worker;
grant update (state, ended_at, summary) on rm.batch to planclock_worker;
grant select, insert on rm.batch_case to planclock_worker;
