-- Who looked at which case, in which role, by which call, up to which position, and when in real time.
create table es.access (
    id bigint generated always as identity primary key,
    authority uuid not null,
    case_id uuid not null,
    looked_at timestamptz not null default clock_timestamp(),
    subject text not null,
    role text not null,
    purpose text not null,
    position bigint not null,
    request text not null
);
create index access_of_case on es.access (authority, case_id, id);
