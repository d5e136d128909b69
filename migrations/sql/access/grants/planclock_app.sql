grant select on es.access to planclock_app;
grant execute on function es.record_access to planclock_app;
