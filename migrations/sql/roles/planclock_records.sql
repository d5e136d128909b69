-- Records officers' tooling: may do nothing but erase.
-- Roles belong to the whole cluster: created if absent, never dropped.
do $$
begin
    if not exists (select from pg_roles where rolname = 'planclock_records') then
        create role planclock_records nologin;
    end if;
exception
    when duplicate_object or unique_violation then null; -- another database of this cluster was migrated at the same moment
end
$$;
