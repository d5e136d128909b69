-- The events of a case after a version and up to another, in order: at most p_limit, and while their sealed parts stay
-- within p_bytes; always one.
--
-- Only index scans, for the reason that read_after gives.
create or replace function es.read_case(p_authority uuid, p_case uuid, p_after integer, p_upto integer, p_limit integer, p_bytes bigint)
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
                    over (order by e.version rows unbounded preceding) as bytes,
                row_number() over (order by e.version) as n
            from (
                select * from es.event x
                where x.authority = p_authority and x.case_id = p_case and x.version > p_after and x.version <= p_upto
                order by x.version
                limit p_limit
            ) as e
        ) as p
        where p.bytes <= p_bytes or p.n = 1
        order by p.version;
end
$$;
