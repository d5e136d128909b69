grant select, insert on rm.batch to planclock_app;
grant select on rm.batch_case to planclock_app;
