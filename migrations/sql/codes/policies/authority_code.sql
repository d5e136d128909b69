alter table es.authority_code enable row level security;
alter table es.authority_code force row level security;
create policy own_authority on es.authority_code
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
-- For es.same_world alone, which runs as the owner: the setting is empty outside of it, and means nothing to others.
create policy same_world on es.authority_code for select to planclock_owner
    using (world = nullif(current_setting('planclock.world', true), '')::uuid);
