create trigger authority_only_grows before update or delete or truncate on es.authority
for each statement execute function es.refuse_change();
alter table es.authority enable always trigger authority_only_grows;
