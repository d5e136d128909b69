grant usage on schema es to planclock_records;
grant execute on function es.erase to planclock_records;
