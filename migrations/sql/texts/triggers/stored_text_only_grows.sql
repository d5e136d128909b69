create trigger stored_text_only_grows before update or delete or truncate on es.stored_text
for each statement execute function es.refuse_change();
alter table es.stored_text enable always trigger stored_text_only_grows;
