-- The texts of packs and calendars, each under its SHA-256 for ever. They belong to no authority: an activation on an
-- authority's own stream names the one it means, and whoever cannot name a text cannot read it.
create table es.stored_text (
    digest text primary key check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
    content text not null check (octet_length(content) <= 4194304),
    stored_at timestamptz not null default clock_timestamp()
);
