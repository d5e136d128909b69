alter table es.access enable row level security;
alter table es.access force row level security;
create policy own_authority on es.access
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on es.access for select to planclock_worker using (true);
