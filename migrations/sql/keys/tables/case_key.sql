-- The keys of each case, wrapped by the key service. A destroyed one stays as a mark that it was.
create table keys.case_key (
    authority uuid not null,
    case_id uuid not null,
    purpose text not null check (purpose in ('case', 'third_parties')),
    wrapped bytea,
    created_at timestamptz not null default clock_timestamp(),
    destroyed_at timestamptz,
    primary key (authority, case_id, purpose),
    check ((wrapped is null) = (destroyed_at is not null))
);
