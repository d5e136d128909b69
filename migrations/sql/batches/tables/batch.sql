-- Work over every case of an authority: a draft tried, or what an activation changed. It is fixed when it is asked for
-- (up to which position cases are read, at which instant they are assessed, what is compared with what), so that it
-- comes to the same however often it is interrupted.
create table rm.batch (
    id uuid primary key,
    authority uuid not null,
    kind text not null check (kind in ('policy_tried', 'policy_activated', 'calendar_tried', 'calendar_activated')),
    what text not null check (length(what) <= 250), -- the pack or the calendar, with its version
    draft text references es.stored_text (digest), -- what is tried; null where it was activated
    pack text, -- the name of the pack that is tried
    effective_from date,
    recalculates_open boolean not null,
    compares_with bigint not null, -- what was in force up to this position is how it was before
    position bigint not null, -- what is in force up to this position is how it is, and cases are read up to it
    assessed_at timestamptz not null,
    cases integer not null, -- how many there were
    state text not null check (state in ('asked', 'running', 'paused', 'done')),
    asked_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz check ((ended_at is not null) = (state = 'done')),
    summary jsonb -- how many changes there are of each clause, once it is done; of no case by itself
);
create index batch_latest on rm.batch (authority, asked_at desc);
