-- What was lawfully erased. The digests let the leaf of an erased event still be proved.
create table es.erasure (
    authority uuid not null,
    position bigint not null,
    part text not null check (part in ('case', 'third_parties')),
    case_id uuid not null,
    digest bytea not null check (octet_length(digest) = 32),
    erased_at timestamptz not null,
    erased_by text not null,
    primary key (authority, position, part)
);
