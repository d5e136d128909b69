alter table rm.batch_case enable row level security;
alter table rm.batch_case force row level security;
create policy own_authority on rm.batch_case for select
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on rm.batch_case to planclock_worker using (true) with check (true);
