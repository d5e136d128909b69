-- What was lawfully erased. The digests let the leaf of an erased event still be proved; who asked for it, when and why
-- is told by an event.
create table es.erasure (
    authority uuid not null,
    position bigint not null,
    part text not null check (part in ('case', 'third_parties')),
    digest bytea not null,
    primary key (authority, position, part)
);
