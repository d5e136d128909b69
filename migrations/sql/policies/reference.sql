alter table es.reference enable row level security;
alter table es.reference force row level security;
create policy own_authority on es.reference
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on es.reference for select to planclock_worker using (true);
