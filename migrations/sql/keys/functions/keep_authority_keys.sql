-- Keeps the wrapped keys offered for an authority unless it has keys already; returns those that count.
create or replace function keys.keep_authority_keys(p_authority uuid, p_purpose text[], p_wrapped bytea[])
returns setof keys.authority_key
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into keys.authority_key (authority, purpose, wrapped)
    select p_authority, offered.purpose, offered.wrapped
    from unnest(p_purpose, p_wrapped) as offered (purpose, wrapped)
    on conflict do nothing;
    return query select * from keys.authority_key k where k.authority = p_authority;
end
$$;
