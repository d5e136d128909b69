-- Keeps the wrapped keys offered for a case unless it has keys already; returns those that count, whoever was first.
create or replace function keys.keep_case_keys(p_authority uuid, p_case uuid, p_purpose text[], p_wrapped bytea[])
returns setof keys.case_key
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into keys.case_key (authority, case_id, purpose, wrapped)
    select p_authority, p_case, offered.purpose, offered.wrapped
    from unnest(p_purpose, p_wrapped) as offered (purpose, wrapped)
    on conflict do nothing;
    return query select * from keys.case_key k where k.authority = p_authority and k.case_id = p_case;
end
$$;
