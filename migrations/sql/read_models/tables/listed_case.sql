-- The case list: one row a case. Team and worker are keyed hashes, to be found by equality only; what they are called
-- is sealed under the case's key with the rest of what is shown.
create table rm.listed_case (
    authority uuid not null,
    generation integer not null,
    case_id uuid not null,
    version integer not null,
    opened bigint not null, -- position of its first event: the order of the list
    stage text not null,
    category text,
    flags text[] not null,
    team uuid,
    worker uuid,
    meetings uuid[] not null, -- keyed hashes of the meetings it has part in
    sealed bytea not null,
    digest bytea not null, -- of the whole row before sealing, keyed: equal rows of two generations have equal ones
    primary key (authority, generation, case_id)
);
