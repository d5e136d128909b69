alter table rm.reconciliation enable row level security;
alter table rm.reconciliation force row level security;
create policy own_authority on rm.reconciliation for select
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on rm.reconciliation to planclock_worker using (true) with check (true);
