-- Workers that follow every authority: they read all of them.
-- Roles belong to the whole cluster: created if absent, never dropped.
do $$
begin
    if not exists (select from pg_roles where rolname = 'planclock_worker') then
        create role planclock_worker nologin;
    end if;
exception
    when duplicate_object or unique_violation then null; -- another database of this cluster was migrated at the same moment
end
$$;
