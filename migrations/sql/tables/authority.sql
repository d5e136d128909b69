-- Who uses Planclock. A sandbox is one for ever, by its creation, and goes by a clock of its own.
create table es.authority (
    id uuid primary key,
    number integer not null generated always as identity unique, -- the second half of the advisory lock's key
    name text not null,
    kind text not null check (kind in ('real', 'sandbox')),
    clock_id uuid references es.clock (id),
    created_at timestamptz not null default clock_timestamp(),
    check ((kind = 'sandbox') = (clock_id is not null))
);
