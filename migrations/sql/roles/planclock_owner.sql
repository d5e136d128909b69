-- Owns everything in the log and cannot log in.
-- Roles belong to the whole cluster: created if absent, never dropped.
do $$
begin
    if not exists (select from pg_roles where rolname = 'planclock_owner') then
        create role planclock_owner nologin;
    end if;
exception
    when duplicate_object or unique_violation then null; -- another database of this cluster was migrated at the same moment
end
$$;
-- Whoever migrates without being a superuser must be able to become the owner.
do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        execute format('grant planclock_owner to %I', current_user);
    end if;
end
$$;
