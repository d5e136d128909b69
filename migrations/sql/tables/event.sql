-- The log. Positions run 1, 2, 3 … in each authority without a gap and in commit order.
-- What stands here in clear are ids, hashes, the type and the time; all else is sealed under the case's keys.
create table es.event (
    authority uuid not null,
    position bigint not null,
    case_id uuid not null,
    fact uuid not null,
    version integer not null,
    copy smallint not null,
    schema_version smallint not null,
    recorded_at timestamptz not null,
    type text not null,
    kind text not null,
    request_digest bytea not null,
    leaf bytea not null,
    sealed bytea, -- null once erased
    third_parties bytea, -- null when it tells of none, or once erased
    primary key (authority, position),
    unique (authority, case_id, version),
    unique (authority, fact, copy)
);

-- Ciphertext does not compress: do not try.
alter table es.event alter column sealed set storage external;
alter table es.event alter column third_parties set storage external;
-- Rows only arrive, so statistics and the visibility map must follow arrivals.
alter table es.event set (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
