create trigger block_only_grows before update or delete or truncate on es.block
for each statement execute function es.refuse_change();
alter table es.block enable always trigger block_only_grows;
