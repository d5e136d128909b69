-- The public code by which other authorities of the same world address one: all real ones, or sandboxes of one clock.
create table es.authority_code (
    authority uuid primary key references es.authority (id),
    world uuid not null, -- the shared clock of sandboxes; zero for real authorities, which never meet them
    code text not null check (code ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
    unique (world, code)
);
