-- The worklist: one row for each case a duty concerns, of which one stands for the duty. What a duty has come to with
-- time (missed, lapsed, chased) is not stored: it follows from ordered_at and the authority's clock.
create table rm.duty (
    authority uuid not null,
    generation integer not null,
    case_id uuid not null,
    duty uuid not null, -- keyed hash of the duty's id: the same for every case of a meeting
    rule uuid not null, -- keyed hash of the rule's id, which may give away an age
    owner text not null,
    outcome text not null check (outcome in ('live', 'met', 'met_late', 'missed', 'cancelled', 'suspended')),
    dated boolean not null,
    incalculable boolean not null,
    lapses boolean not null, -- unmet, it counts for nothing once its date has passed
    ordered_at timestamptz, -- when a dated duty will have been missed; the day an undated one begins; null if withheld
    month uuid, -- where the date would tell a birthday: keyed hash of its month, found by equality only
    shared boolean not null, -- about a meeting: other cases may have rows of the same duty
    leads boolean not null,
    stands boolean not null, -- this row stands for the duty; the three lists below are true of the whole duty then
    cases uuid[] not null,
    teams uuid[] not null,
    workers uuid[] not null,
    sealed bytea not null,
    digest bytea not null, -- of the whole row before sealing, keyed: equal rows of two generations have equal ones
    primary key (authority, generation, case_id, duty),
    check ((ordered_at is null) = (month is not null))
);
