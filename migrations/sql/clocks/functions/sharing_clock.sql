-- The sandboxes that share the clock of one, itself among them, oldest first; none for a real authority.
create or replace function es.sharing_clock(p_authority uuid)
returns setof uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'an authority may only ask about its own clock' using errcode = 'insufficient_privilege';
    end if;
    perform set_config('planclock.clock', coalesce(a.clock_id::text, ''), true)
    from es.authority a where a.id = p_authority;
    return query
        select a.id from es.authority a
        where a.clock_id = nullif(current_setting('planclock.clock', true), '')::uuid
        order by a.number;
    perform set_config('planclock.clock', '', true);
end
$$;
