-- Moves the clock of a sandbox, and of those that joined it, forward. To where it stands already is no error.
create or replace function es.advance_clock(p_authority uuid, p_to timestamptz)
returns void
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
    if _clock is null then
        raise exception 'only a sandbox has a clock that can be moved' using errcode = 'PC403';
    end if;
    update es.clock set now = p_to where id = _clock and now <= p_to;
    if not found then
        raise exception 'a clock only goes forward' using errcode = 'PC409';
    end if;
end
$$;
