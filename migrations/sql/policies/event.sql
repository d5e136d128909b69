-- Guards against a forgotten filter, not against SQL that sets planclock.authority itself: whose it may be is decided by
-- the service, from the token.
alter table es.event enable row level security;
alter table es.event force row level security;
create policy own_authority on es.event
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
create policy every_authority on es.event for select to planclock_worker using (true);
