alter table rm.duty enable row level security;
alter table rm.duty force row level security;
create policy own_authority on rm.duty for select
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on rm.duty to planclock_worker using (true) with check (true);
