-- For es.sharing_clock alone, which runs as the owner: the setting is empty outside of it, and means nothing to others.
create policy sharing_clock on es.authority for select to planclock_owner
    using (clock_id = nullif(current_setting('planclock.clock', true), '')::uuid);
