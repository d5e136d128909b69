alter table es.authority enable row level security;
alter table es.authority force row level security;
create policy own_authority on es.authority
    using (id = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (id = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on es.authority for select to planclock_worker using (true);
