-- The keys under which an authority's items and references are hashed, wrapped by the key service.
create table keys.authority_key (
    authority uuid not null,
    purpose text not null check (purpose in ('items', 'references')),
    wrapped bytea not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (authority, purpose)
);
