-- Destroys the keys of a case for the purposes given. What was sealed under them can never be read again.
create or replace function keys.destroy_case_keys(p_authority uuid, p_case uuid, p_purpose text[])
returns bigint
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    _destroyed bigint;
begin
    update keys.case_key k
    set wrapped = null, destroyed_at = clock_timestamp()
    where k.authority = p_authority and k.case_id = p_case and k.purpose = any (p_purpose) and k.wrapped is not null;
    get diagnostics _destroyed = row_count;
    return _destroyed;
end
$$;
