create trigger access_only_grows before update or delete or truncate on es.access
for each statement execute function es.refuse_change();
alter table es.access enable always trigger access_only_grows;
