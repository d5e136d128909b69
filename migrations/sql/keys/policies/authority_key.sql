alter table keys.authority_key enable row level security;
alter table keys.authority_key force row level security;
create policy own_authority on keys.authority_key
    using (authority = nullif(current_setting('planclock.authority', true), '')::uuid)
    with check (authority = nullif(current_setting('planclock.authority', true), '')::uuid);
