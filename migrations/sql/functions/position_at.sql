-- The last position recorded at or before an instant; 0 when there is none. recorded_at rises strictly with position, so
-- a search by halves over the primary key finds it without an index of its own.
create or replace function es.position_at(p_authority uuid, p_instant timestamptz)
returns bigint
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    _low bigint := 0;
    _high bigint;
    _middle bigint;
    _recorded_at timestamptz;
begin
    select e.position into _high from es.event e where e.authority = p_authority order by e.position desc limit 1;
    while _low < _high loop
        _middle := (_low + _high + 1) / 2;
        select e.recorded_at into _recorded_at from es.event e where e.authority = p_authority and e.position = _middle;
        if not found then
            raise exception 'position % is missing from the log', _middle using errcode = 'PC500';
        elsif _recorded_at <= p_instant then
            _low := _middle;
        else
            _high := _middle - 1;
        end if;
    end loop;
    return _low;
end
$$;
