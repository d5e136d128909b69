create trigger reference_only_grows before update or delete or truncate on es.reference
for each statement execute function es.refuse_change();
alter table es.reference enable always trigger reference_only_grows;
