grant select on es.authority_code to planclock_app;
grant execute on function es.take_code, es.same_world to planclock_app;
