grant usage on schema es to planclock_worker;
grant select on es.authority, es.event, es.block, es.reference, es.erasure to planclock_worker;
grant execute on function es.position_at to planclock_worker;
