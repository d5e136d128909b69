-- The last block of an authority; nothing while its log is empty.
--
-- Only index scans, for the reason that read_after gives.
create or replace function es.head(p_authority uuid)
returns setof es.block
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
    return query
        select * from es.block b where b.authority = p_authority order by b.last_position desc limit 1;
end
$$;
