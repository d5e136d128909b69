-- The events after a position, in order: at most p_limit, and while their sealed parts stay within p_bytes; always one.
--
-- A page comes from the index in its order, whatever the statistics say: with bitmap or sequential scans at hand, a plan
-- made for a small log could read and sort all of a large one.
create or replace function es.read_after(p_authority uuid, p_position bigint, p_limit integer, p_bytes bigint)
returns setof es.event
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
    return query
        select
            p.authority, p.position, p.case_id, p.fact, p.version, p.copy, p.schema_version, p.recorded_at,
            p.type, p.kind, p.request_digest, p.leaf, p.sealed, p.third_parties
        from (
            select
                e.*,
                sum(coalesce(octet_length(e.sealed), 0) + coalesce(octet_length(e.third_parties), 0))
                    over (order by e.position rows unbounded preceding) as bytes,
                row_number() over (order by e.position) as n
            from (
                select * from es.event x
                where x.authority = p_authority and x.position > p_position
                order by x.position
                limit p_limit
            ) as e
        ) as p
        where p.bytes <= p_bytes or p.n = 1
        order by p.position;
end
$$;
