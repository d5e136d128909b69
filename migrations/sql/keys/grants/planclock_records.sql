grant usage on schema keys to planclock_records;
grant execute on function keys.destroy_case_keys to planclock_records;
