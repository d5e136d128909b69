-- The time at an authority: where a sandbox's clock stands, or the real time.
create or replace function es.now(p_authority uuid)
returns timestamptz
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    _clock uuid;
begin
    select clock_id into _clock from es.authority where id = p_authority;
    if not found then
        raise exception 'there is no authority %', p_authority using errcode = 'PC404';
    end if;
    return case when _clock is null then clock_timestamp() else (select c.now from es.clock c where c.id = _clock) end;
end
$$;
