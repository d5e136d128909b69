-- The service: reads one authority at a time and writes only through es.append and the clock functions.
-- Roles belong to the whole cluster: created if absent, never dropped.
do $$
begin
    if not exists (select from pg_roles where rolname = 'planclock_app') then
        create role planclock_app nologin;
        -- A hung process must not hold up an authority.
        alter role planclock_app set lock_timeout = '10s';
        alter role planclock_app set statement_timeout = '30s';
        alter role planclock_app set idle_in_transaction_session_timeout = '10s';
    end if;
exception
    when duplicate_object or unique_violation then null; -- another database of this cluster was migrated at the same moment
end
$$;
