alter table es.block enable row level security;
alter table es.block force row level security;
create policy own_authority on es.block
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on es.block for select to planclock_worker using (true);
