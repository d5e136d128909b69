grant usage on schema es to planclock_worker;
grant select on es.authority, es.event, es.block, es.reference, es.erasure to planclock_worker;
grant execute on function es.read_after, es.read_case, es.cases, es.head, es.chain_at, es.position_at to planclock_worker;
