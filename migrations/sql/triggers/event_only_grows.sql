create trigger event_only_grows before delete or truncate on es.event
for each statement execute function es.refuse_change();
alter table es.event enable always trigger event_only_grows;
