-- What each comparison of the timers expected from the log with those held in Temporal found at one authority. Only ever
-- added to. Cases are named by their random ids.
create table rm.reconciliation (
    id bigint generated always as identity primary key,
    authority uuid not null,
    nightly boolean not null, -- every case was assessed, rather than those that looked amiss
    ended_at timestamptz not null default clock_timestamp(),
    expected integer not null, -- cases with an open duty
    held integer not null, -- lifecycles that ran
    missing uuid[] not null, -- an open duty, and no lifecycle
    surplus uuid[] not null, -- a lifecycle, and no open duty
    mistimed uuid[] not null, -- a lifecycle that waited for another date than the log gives
    late uuid[] not null -- something was due and had not been said
);
create index reconciliation_latest on rm.reconciliation (authority, ended_at desc);
