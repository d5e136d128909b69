create trigger event_changes_by_erasure before update on es.event
for each row execute function es.allow_only_erasure();
alter table es.event enable always trigger event_changes_by_erasure;
