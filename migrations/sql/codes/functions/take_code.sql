-- Gives an authority the code by which others of its world address it, for ever. False when another has that code, or
-- it has one already.
create or replace function es.take_code(p_authority uuid, p_code text)
returns boolean
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    _world uuid;
begin
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'an authority may only take a code of its own' using errcode = 'insufficient_privilege';
    end if;
    select coalesce(clock_id, '00000000-0000-0000-0000-000000000000') into _world
    from es.authority where id = p_authority;
    if not found then
        raise exception 'there is no authority %', p_authority using errcode = 'PC404';
    end if;
    insert into es.authority_code (authority, world, code) values (p_authority, _world, p_code) on conflict do nothing;
    return exists (select from es.authority_code where authority = p_authority and code = p_code);
end
$$;
