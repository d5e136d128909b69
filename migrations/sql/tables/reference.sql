-- Which case a caller's reference means. The reference itself stands nowhere: only a hash under the authority's key.
create table es.reference (
    authority uuid not null,
    reference_hash bytea not null,
    case_id uuid not null,
    block bigint not null, -- last position of the block whose root binds this row
    primary key (authority, reference_hash)
);
