-- How far each read model of each authority has come. A generation is one build of the whole model: a new one is made
-- beside the one that serves, and takes its place in one transaction.
create table rm.checkpoint (
    read_model text not null,
    authority uuid not null,
    generation integer not null check (generation > 0),
    status text not null check (status in ('building', 'live', 'retired', 'halted')),
    serves boolean not null default false, -- lists are read from this generation, even while it is halted
    position bigint not null default 0 check (position >= 0),
    swept_to uuid, -- cases up to this id are done anew, later ones not yet; null when there is nothing to do anew
    swept bigint not null default 0, -- how many events the sweep has read
    sweep_at timestamptz, -- when a change of policy already told of comes into force, and every case is done anew
    lease_owner text,
    lease_epoch bigint not null default 0, -- rises with each new holder; who writes must still hold it
    lease_until timestamptz,
    last_error text, -- what halted it: the sort of error and where, never a value
    moved_at timestamptz not null default clock_timestamp(),
    primary key (read_model, authority, generation),
    check (status <> 'live' or serves),
    check (status not in ('building', 'retired') or not serves)
);
