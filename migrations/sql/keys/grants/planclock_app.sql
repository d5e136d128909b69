grant usage on schema keys to planclock_app;
grant select, insert on keys.case_key, keys.authority_key to planclock_app;
grant execute on function keys.keep_case_keys, keys.keep_authority_keys to planclock_app;
