-- Fell due before the authority carried the case: shown, and counted nowhere.
alter table rm.duty add column inherited boolean not null default false;
