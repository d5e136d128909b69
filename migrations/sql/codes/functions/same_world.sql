-- Everybody of an authority's world who has a code, itself among them, by code: real ones, or sandboxes of one clock.
create or replace function es.same_world(p_authority uuid)
returns table (authority uuid, code text)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'an authority may only ask about its own world' using errcode = 'insufficient_privilege';
    end if;
    perform set_config('planclock.world', coalesce(a.clock_id, '00000000-0000-0000-0000-000000000000')::text, true)
    from es.authority a where a.id = p_authority;
    return query
        select c.authority, c.code from es.authority_code c
        where c.world = nullif(current_setting('planclock.world', true), '')::uuid
        order by c.code;
    perform set_config('planclock.world', '', true);
end
$$;
