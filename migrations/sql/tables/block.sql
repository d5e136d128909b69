-- One committed group of commands. A leaf binds an event's own content; the block binds order, positions and times:
-- its first event was recorded at recorded_at and each later one a microsecond after the one before.
create table es.block (
    authority uuid not null,
    first_position bigint not null,
    last_position bigint not null,
    recorded_at timestamptz not null,
    root bytea not null,
    chain bytea not null,
    primary key (authority, last_position)
);
