-- Every case of an authority by id, its own stream among them: skips from one to the next in the index.
--
-- Only index scans, for the reason that read_after gives.
create or replace function es.cases(p_authority uuid)
returns setof uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
begin
    return query
        with recursive walk as (
            (select e.case_id from es.event e where e.authority = p_authority order by e.case_id limit 1)
            union all
            select (
                select e.case_id from es.event e
                where e.authority = p_authority and e.case_id > w.case_id
                order by e.case_id
                limit 1
            )
            from walk w
            where w.case_id is not null
        )
        select w.case_id from walk w where w.case_id is not null;
end
$$;
