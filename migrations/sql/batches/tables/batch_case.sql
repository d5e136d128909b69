-- What one batch found in one case, once. Dates may tell a birthday: what changes is sealed under the case's key.
create table rm.batch_case (
    batch uuid not null references rm.batch (id),
    case_id uuid not null,
    authority uuid not null,
    outcome text not null check (outcome in ('same', 'changed', 'erased', 'failed')),
    sealed bytea check ((sealed is not null) = (outcome = 'changed')),
    failed_by text check ((failed_by is not null) = (outcome = 'failed')), -- what sort of error and where
    primary key (batch, case_id)
);
