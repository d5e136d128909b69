alter table rm.batch enable row level security;
alter table rm.batch force row level security;
create policy own_authority on rm.batch
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on rm.batch to planclock_worker using (true) with check (true);
