-- The chain of the block that holds a position; null where there is none.
--
-- Only index scans, for the reason that read_after gives.
create or replace function es.chain_at(p_authority uuid, p_position bigint)
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
    return (
        select b.chain from es.block b
        where b.authority = p_authority and b.last_position >= p_position
        order by b.last_position
        limit 1
    );
end
$$;
