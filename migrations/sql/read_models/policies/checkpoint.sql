alter table rm.checkpoint enable row level security;
alter table rm.checkpoint force row level security;
create policy own_authority on rm.checkpoint for select
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on rm.checkpoint to planclock_worker using (true) with check (true);
