alter table es.erasure enable row level security;
alter table es.erasure force row level security;
create policy own_authority on es.erasure
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on es.erasure for select to planclock_worker using (true);
