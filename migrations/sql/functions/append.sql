-- Appends a group of commands of one authority: one call, one transaction, one block.
--
-- Each command comes whole or not at all, with an outcome of its own, in this order of precedence: 'repeated' (one of
-- its facts is in the log already), 'stale' (a case it checks has another version), 'reference_taken' (a reference
-- means another case), 'appended'. None of these is an exception. A group holds at most one command for a case, a
-- fact or a reference; one that breaks this is refused whole by the unique indexes.
--
-- Of the accepted commands the events take the positions first_position, first_position + 1, … in the order given, and
-- are recorded a microsecond apart from first_recorded_at on. `actual` holds the version found for each check, negative
-- when the case was erased: such a case is stale for ever, whoever still holds its key.
--
-- Each look-up is a scalar one for each element: joins against the arrays fall into hash plans that grow with the log.
create or replace function es.append(
    p_authority uuid,
    p_commands integer,
    p_check_command integer[], p_check_case uuid[], p_check_version integer[],
    p_reference_command integer[], p_reference_hash bytea[], p_reference_case uuid[],
    p_command integer[], p_case uuid[], p_version integer[], p_fact uuid[], p_copy smallint[],
    p_type text[], p_kind text[], p_schema_version smallint[], p_request_digest bytea[],
    p_leaf bytea[], p_sealed bytea[], p_third_parties bytea[],
    out outcome text[], out actual integer[], out first_position bigint, out first_recorded_at timestamptz
)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    _lock constant integer := 1886151011; -- 'plnc': no other advisory lock of this database uses it
    _number integer;
    _clock uuid;
    _ordered boolean;
    _seen boolean[];
    _holder uuid[];
    _last es.block;
    _count bigint;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'es.append must run at READ COMMITTED, not %', current_setting('transaction_isolation')
            using errcode = 'invalid_transaction_state';
    end if;
    if p_authority is distinct from nullif(current_setting('planclock.authority', true), '')::uuid then
        raise exception 'es.append may only write for the authority of its transaction'
            using errcode = 'insufficient_privilege';
    end if;
    select a.number, a.clock_id into _number, _clock from es.authority a where a.id = p_authority;
    if not found then
        raise exception 'there is no authority %', p_authority using errcode = 'PC404';
    end if;

    perform pg_advisory_xact_lock(_lock, _number);

    -- From here on each statement sees all that was committed before the lock was ours.
    select
        array(
            select (
                select true from es.event e where e.authority = p_authority and e.fact = t.fact and e.copy = t.copy
            )
            from unnest(p_fact, p_copy) with ordinality as t (fact, copy, n)
            order by t.n
        ),
        array(
            select coalesce((
                select case when e.sealed is null then -e.version else e.version end from es.event e
                where e.authority = p_authority and e.case_id = t.case_id
                order by e.version desc
                limit 1
            ), 0)
            from unnest(p_check_case) with ordinality as t (case_id, n)
            order by t.n
        ),
        array(
            select (
                select r.case_id from es.reference r
                where r.authority = p_authority and r.reference_hash = t.reference_hash
            )
            from unnest(p_reference_hash) with ordinality as t (reference_hash, n)
            order by t.n
        ),
        not exists (
            select
            from (
                select t.case_id, t.version - row_number() over (partition by t.case_id order by t.n) as version
                from unnest(p_case, p_version) with ordinality as t (case_id, version, n)
            ) as before
            where before.version is distinct from p_check_version[array_position(p_check_case, before.case_id)]
        ),
        case when _clock is null then clock_timestamp() else (select c.now from es.clock c where c.id = _clock) end
    into _seen, actual, _holder, _ordered, first_recorded_at;
    if not _ordered then
        raise exception 'the versions of a case must follow the version that is checked' using errcode = 'check_violation';
    end if;

    outcome := array_fill('appended'::text, array[p_commands]);
    for i in 1 .. cardinality(_holder) loop
        if _holder[i] <> p_reference_case[i] then
            outcome[p_reference_command[i]] := 'reference_taken';
        end if;
    end loop;
    if actual <> p_check_version then
        for i in 1 .. cardinality(actual) loop
            if actual[i] <> p_check_version[i] then
                outcome[p_check_command[i]] := 'stale';
            end if;
        end loop;
    end if;
    if true = any (_seen) then
        for i in 1 .. cardinality(_seen) loop
            if _seen[i] then
                outcome[p_command[i]] := 'repeated';
            end if;
        end loop;
    end if;
    if 'appended' <> all (outcome) then
        return;
    end if;

    select * into _last from es.block b where b.authority = p_authority order by b.last_position desc limit 1;
    first_position := coalesce(_last.last_position, 0) + 1;
    first_recorded_at := greatest(
        first_recorded_at, _last.recorded_at + (first_position - _last.first_position) * interval '1 microsecond'
    );

    insert into es.event (
        authority, position, case_id, fact, version, copy, schema_version,
        recorded_at, type, kind, request_digest, leaf, sealed, third_parties
    )
    select
        p_authority, first_position + t.place, t.case_id, t.fact, t.version, t.copy, t.schema_version,
        first_recorded_at + t.place * interval '1 microsecond',
        t.type, t.kind, t.request_digest, t.leaf, t.sealed, t.third_parties
    from (
        select e.*, row_number() over (order by e.n) - 1 as place
        from unnest(
            p_command, p_case, p_fact, p_version, p_copy, p_schema_version,
            p_type, p_kind, p_request_digest, p_leaf, p_sealed, p_third_parties
        ) with ordinality as e (
            command, case_id, fact, version, copy, schema_version,
            type, kind, request_digest, leaf, sealed, third_parties, n
        )
        where outcome[e.command] = 'appended'
    ) as t;
    get diagnostics _count = row_count;

    if cardinality(_holder) > 0 then
        insert into es.reference (authority, reference_hash, case_id, block)
        select p_authority, t.reference_hash, t.case_id, first_position + _count - 1
        from unnest(p_reference_command, p_reference_hash, p_reference_case, _holder)
            as t (command, reference_hash, case_id, holder)
        where outcome[t.command] = 'appended' and t.holder is null;
    end if;

    insert into es.block (authority, first_position, last_position, recorded_at, root, chain)
    select
        p_authority, first_position, first_position + _count - 1, first_recorded_at, bound.root,
        sha256(
            'planclock.chain.1'::bytea
            || uuid_send(p_authority)
            || coalesce(_last.chain, decode(repeat('00', 32), 'hex'))
            || int8send(first_position) || int8send(first_position + _count - 1)
            || int8send((extract(epoch from first_recorded_at) * 1000000)::bigint)
            || bound.root
        )
    from (
        select sha256(
            'planclock.root.1'::bytea
            || string_agg(t.leaf, '' order by t.n)
            || coalesce((
                select string_agg(
                    sha256('planclock.reference.1'::bytea || uuid_send(p_authority) || r.reference_hash || uuid_send(r.case_id)),
                    '' order by r.reference_hash
                )
                from unnest(p_reference_command, p_reference_hash, p_reference_case, _holder)
                    as r (command, reference_hash, case_id, holder)
                where outcome[r.command] = 'appended' and r.holder is null
            ), '')
        ) as root
        from unnest(p_command, p_leaf) with ordinality as t (command, leaf, n)
        where outcome[t.command] = 'appended'
    ) as bound;
end
$$;
