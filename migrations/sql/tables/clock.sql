-- The clocks of sandboxes. They stand still between calls; sandboxes that joined share one.
create table es.clock (
    id uuid primary key,
    now timestamptz not null
);
